import type { Intent, Language } from '../../../src-shared/taxonomy.ts'

/** Words that articles on an intent use, whatever the customer called it. They count less than the customer's own. */
export const INTENT_TERMS: Readonly<Partial<Record<Intent, Readonly<Record<Language, string>>>>> = {
  balance: { en: 'balance available account', zh: '余额 账户' },
  transactions: { en: 'transaction payment pending refund', zh: '交易 明细 流水' },
  interest_rates: { en: 'interest rate deposit savings', zh: '利率 利息 存款' },
  repayment_due: { en: 'repayment due date minimum payment', zh: '还款 还款日 最低还款' },
  card_lost: { en: 'lost stolen card block replacement', zh: '挂失 补卡 冻结' },
  card_activate: { en: 'activate new card', zh: '激活 新卡' },
  card_limit: { en: 'card limit increase daily', zh: '额度 限额 调整' },
  transfer_status: { en: 'transfer status arrival pending', zh: '转账 到账 汇款' },
  transfer_large: { en: 'large transfer limit verification', zh: '大额 转账 限额' },
  pin_password: { en: 'pin password reset login', zh: '密码 重置 登录' },
  personal_details: { en: 'change address phone details', zh: '修改 资料 手机号 地址' },
  account_open: { en: 'open account documents', zh: '开户 证件' },
  account_close: { en: 'close account', zh: '销户 注销' },
  fees: { en: 'fee charge cost', zh: '手续费 年费 收费' },
  statement: { en: 'statement certificate download', zh: '账单 对账单 证明' },
  branch_atm: { en: 'branch atm opening hours', zh: '网点 营业时间 取款机' },
  appointment: { en: 'appointment book adviser', zh: '预约 时间' },
  wealth_product: { en: 'investment fund risk grade suitability', zh: '理财 基金 风险 等级' },
  loan_apply: { en: 'loan apply documents eligibility', zh: '贷款 申请 材料 条件' },
  loan_status: { en: 'loan application status approval', zh: '贷款 进度 审批' },
  mortgage_prepay: { en: 'early repayment mortgage prepay', zh: '提前还款 房贷 违约金' },
  insurance_claim: { en: 'claim documents accident', zh: '理赔 报案 材料' },
  policy_status: { en: 'policy premium renewal cover', zh: '保单 保费 续保' },
  fraud_report: { en: 'fraud unauthorised block report', zh: '诈骗 盗刷 冻结' },
  complaint: { en: 'complaint handling', zh: '投诉 处理' },
  contract_dispute: { en: 'contract dispute terms', zh: '合同 争议 条款' },
  aml_enquiry: { en: 'source of funds review restriction', zh: '资金来源 反洗钱 核查' }
}
