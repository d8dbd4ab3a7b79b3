import type { Intent, Language, Mood } from '../../../src-shared/taxonomy.ts'

type Both = Readonly<Record<Language, string>>

/** What an agent did or promised, with the words that show it. A "will" before them makes a promise of them; `ahead` is its English. */
export const ACTS: readonly (Both & { ahead: string; cues: string })[] = [
  {
    en: 'identity confirmed',
    ahead: 'confirm identity',
    zh: '已核实身份',
    cues: `
      you are verified | youre verified | verified ~ identity | identity ~ verified/confirmed | passed ~ security |
      thank you for confirming/verifying | thanks for confirming/verifying | 核实 ~ 通过/无误/完成 | 身份 ~ 已核实/已确认/验证通过 |
      核对无误 | 验证 ~ 通过/成功`
  },
  {
    en: 'card blocked',
    ahead: 'block the card',
    zh: '卡片已挂失或冻结',
    cues: `
      block/blocked/blocking ~ card | card ~ blocked/frozen | freeze/froze/frozen ~ card | cancel/cancelled/canceled ~ card |
      card ~ cancelled/canceled | 挂失 | 冻结 ~ 卡 | 卡 ~ 冻结 | 停用 ~ 卡 | 卡 ~ 停用 | 锁 ~ 卡`
  },
  {
    en: 'replacement card ordered',
    ahead: 'order a replacement card',
    zh: '已申请补发新卡',
    cues: `
      order/ordered/send/sent/issue/issued ~ replacement/new card | replacement/new card ~ ordered/way/issued/arrive/sent/reach |
      补发 | 补办 | 新卡 ~ 寄/送/邮 | 寄 ~ 新卡 | 制卡`
  },
  {
    en: 'transfer stopped',
    ahead: 'stop the transfer',
    zh: '已拦截转账',
    cues: `
      stop/stopped/cancel/cancelled/recall/recalled/hold/held ~ transfer/payment/wire |
      transfer/payment ~ stopped/cancelled/recalled/held | 拦截 | 撤销 ~ 转账/汇款 | 止付 | 撤回 ~ 转账`
  },
  {
    en: 'transfer traced',
    ahead: 'trace the transfer',
    zh: '已发起转账查询',
    cues: `
      trace/traced/track/tracked/investigate/investigated ~ transfer/payment/wire | trace ~ started/opened | 查询函 | 追查 | 查复 |
      跟踪 ~ 转账/汇款`
  },
  {
    en: 'fraud case opened',
    ahead: 'open a fraud case',
    zh: '已登记诈骗案件',
    cues: `
      open/opened/raise/raised/report/reported/log/logged ~ fraud/dispute/case | fraud/dispute case | fraud team |
      登记 ~ 案件/盗刷/诈骗 | 反诈 | 争议 ~ 登记/受理 | 上报 ~ 风险`
  },
  {
    en: 'claim registered',
    ahead: 'register the claim',
    zh: '已登记理赔报案',
    cues: `
      open/opened/register/registered/file/filed/submit/submitted/log/logged ~ claim |
      claim ~ registered/opened/filed/submitted/logged | 报案 ~ 登记/受理/成功 | 登记 ~ 报案/理赔 | 受理 ~ 理赔 |
      理赔 ~ 已受理/已登记/已提交`
  },
  {
    en: 'complaint recorded',
    ahead: 'record the complaint',
    zh: '已登记投诉',
    cues: `
      log/logged/record/recorded/register/registered/raise/raised/file/filed ~ complaint |
      complaint ~ logged/recorded/registered/raised/filed | 登记 ~ 投诉 | 投诉 ~ 登记/受理/记录 | 记录 ~ 投诉`
  },
  {
    en: 'limit changed',
    ahead: 'change the limit',
    zh: '已调整额度',
    cues: `
      raise/raised/increase/increased/change/changed/lower/lowered ~ limit | limit ~ raised/increased/changed/lowered |
      调整 ~ 额度/限额 | 额度/限额 ~ 调整/提高/调到/提升 | 提高 ~ 额度`
  },
  {
    en: 'details updated',
    ahead: 'update the details',
    zh: '已更新资料',
    cues: `
      update/updated/change/changed ~ address/phone/number/email/details | address/phone/email/details ~ updated/changed |
      更新 ~ 地址/手机/资料/信息 | 修改 ~ 地址/手机/资料/信息`
  },
  {
    en: 'password or PIN reset',
    ahead: 'reset the password or PIN',
    zh: '已重置密码',
    cues: `
      reset ~ password/pin/passcode | password/pin ~ reset | unlock/unlocked/unblock/unblocked ~ account/access | 重置 ~ 密码 |
      密码 ~ 重置 | 解锁`
  },
  {
    en: 'fee refunded',
    ahead: 'refund the fee',
    zh: '已退还费用',
    cues: `
      refund/refunded/waive/waived/reverse/reversed/credit/credited ~ fee/charge | fee/charge ~ refunded/waived/reversed |
      退还 ~ 费 | 减免 | 免除 ~ 费 | 退回 ~ 费`
  },
  {
    en: 'card activated',
    ahead: 'activate the card',
    zh: '已激活卡片',
    cues: `activate/activated ~ card | card ~ activated/active | 激活 | 卡 ~ 启用`
  },
  {
    en: 'appointment booked',
    ahead: 'book an appointment',
    zh: '已预约',
    cues: `
      book/booked/schedule/scheduled/arrange/arranged ~ appointment/meeting/slot | appointment ~ booked/scheduled/confirmed/set |
      预约 ~ 好了/成功/登记 | 帮您 ~ 预约 | 为您 ~ 预约 | 已 ~ 预约`
  },
  {
    en: 'documents sent',
    ahead: 'send documents',
    zh: '已发送资料',
    cues: `
      send/sent/email/emailed/post/posted/mail/mailed ~ statement/documents/form/link/details/summary/certificate/letter/quote |
      statement/documents/form/link ~ sent/emailed | 发送 ~ 账单/资料/链接/表格/证明/清单 | 发 ~ 邮箱 | 寄 ~ 账单/资料/证明 |
      短信 ~ 发 | 发 ~ 短信`
  },
  {
    en: 'transferred to a specialist',
    ahead: 'transfer to a specialist',
    zh: '已转接专员',
    cues: `
      transfer/transferring/transferred/pass/passing/connect/connecting/put ~ specialist/expert/colleague/team/adviser/advisor/manager |
      hand ~ over | escalate/escalated/escalating | 转接 | 转给 ~ 专家/同事/专员/部门/经理 | 升级 ~ 处理 | 上报`
  },
  {
    en: 'call back',
    ahead: 'call back',
    zh: '回电',
    cues: `
      call ~ back | call you ~ monday/tuesday/wednesday/thursday/friday/tomorrow/today/week/later/morning/afternoon | ring ~ back |
      callback | get back to you | contact you | be in touch | let you know | 回电 | 回复您 | 联系您 | 给您 ~ 打电话 | 致电您 |
      通知您 | 给您答复`
  },
  {
    en: 'application submitted',
    ahead: 'submit the application',
    zh: '已提交申请',
    cues: `
      submit/submitted/file/filed/send/sent ~ application/request | application/request ~ submitted | 提交 ~ 申请 | 申请 ~ 提交 |
      受理 ~ 申请`
  },
  {
    en: 'account closed',
    ahead: 'close the account',
    zh: '已销户',
    cues: `close/closed ~ account | account ~ closed | 销户 ~ 成功/完成/办理 | 注销 ~ 账户`
  },
  {
    en: 'risk explained',
    ahead: 'explain the risk',
    zh: '已提示风险',
    cues: `
      value ~ fall/down | go down as well as up | not guaranteed | cannot guarantee | may/could lose | 有风险 | 不保本 |
      可能 ~ 亏损 | 风险提示 | 不保证`
  }
]

/** Words before an act that make it a promise. */
export const PROMISE = /\b(?:will|shall|going to|plan to)\b|'ll\b|(?:会|将|稍后|之后|马上|尽快)/
/** Words that make it an offer or a question, which is neither done nor promised. */
export const OFFER =
  /\b(?:can|could|would|may|should|shall|want me to|like me to|if|do you|did you|have you|please|need to|let me)\b|可以|要不要|是否|如果|需要您|请您|能不能|您可|您要|想要|麻烦您/

export const TEXTS: Readonly<
  Record<
    Language,
    Readonly<
      Record<
        | 'wanted'
        | 'facts'
        | 'done'
        | 'promised'
        | 'open'
        | 'mood'
        | 'nothing'
        | 'unanswered'
        | 'identity'
        | 'separator'
        | 'colon'
        | 'openQuote'
        | 'closeQuote'
        | 'dash',
        string
      >
    >
  >
> = {
  en: {
    wanted: 'Wanted',
    facts: 'Facts',
    done: 'Done',
    promised: 'Promised',
    open: 'Open',
    mood: 'Mood',
    nothing: 'nothing noted yet',
    unanswered: 'unanswered',
    identity: 'identity not confirmed',
    separator: '; ',
    colon: ': ',
    openQuote: '"',
    closeQuote: '"',
    dash: ' - '
  },
  zh: {
    wanted: '诉求',
    facts: '要点',
    done: '已办',
    promised: '承诺',
    open: '待办',
    mood: '情绪',
    nothing: '暂无记录',
    unanswered: '尚未答复',
    identity: '身份尚未核实',
    separator: '；',
    colon: '：',
    openQuote: '“',
    closeQuote: '”',
    dash: '：'
  }
}

export const MOOD_NAMES: Readonly<Record<Mood, Both>> = {
  satisfied: { en: 'satisfied', zh: '满意' },
  calm: { en: 'calm', zh: '平静' },
  worried: { en: 'worried', zh: '担忧' },
  frustrated: { en: 'frustrated', zh: '不耐烦' },
  angry: { en: 'angry', zh: '愤怒' },
  abusive: { en: 'abusive', zh: '辱骂' }
}

export const INTENT_NAMES: Readonly<Record<Intent, Both>> = {
  balance: { en: 'account balance', zh: '查询余额' },
  transactions: { en: 'transactions', zh: '查询交易' },
  interest_rates: { en: 'interest rates', zh: '咨询利率' },
  repayment_due: { en: 'repayment due', zh: '还款查询' },
  card_lost: { en: 'lost or stolen card', zh: '卡片挂失' },
  card_activate: { en: 'card activation', zh: '卡片激活' },
  card_limit: { en: 'card limit', zh: '额度调整' },
  transfer_status: { en: 'status of a transfer', zh: '转账进度' },
  transfer_large: { en: 'large transfer', zh: '大额转账' },
  pin_password: { en: 'PIN or password', zh: '密码问题' },
  personal_details: { en: 'change of details', zh: '修改资料' },
  account_open: { en: 'opening an account', zh: '开户' },
  account_close: { en: 'closing an account', zh: '销户' },
  fees: { en: 'fees', zh: '费用咨询' },
  statement: { en: 'statement', zh: '账单或证明' },
  branch_atm: { en: 'branch or ATM', zh: '网点查询' },
  appointment: { en: 'appointment', zh: '预约' },
  wealth_product: { en: 'investment product', zh: '理财产品' },
  loan_apply: { en: 'loan application', zh: '申请贷款' },
  loan_status: { en: 'status of a loan', zh: '贷款进度' },
  mortgage_prepay: { en: 'early repayment', zh: '提前还款' },
  insurance_claim: { en: 'insurance claim', zh: '保险理赔' },
  policy_status: { en: 'insurance policy', zh: '保单查询' },
  fraud_report: { en: 'suspected fraud', zh: '疑似诈骗或盗刷' },
  complaint: { en: 'complaint', zh: '投诉' },
  contract_dispute: { en: 'contract dispute', zh: '合同争议' },
  aml_enquiry: { en: 'account review', zh: '账户核查' },
  human_agent: { en: 'to speak to a person', zh: '要求人工服务' },
  unknown: { en: 'not clear yet', zh: '尚不明确' }
}
