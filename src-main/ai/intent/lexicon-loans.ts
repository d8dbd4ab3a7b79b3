import type { Cues } from './lexicon.ts'

export const LOAN_CUES = {
  repayment_due: [
    [
      4,
      `
      when ~ payment/bill/instalment/installment/repayment ~ due | due date | payment/bill/instalment/installment/repayment ~ due |
      minimum payment/repayment | next payment/instalment/installment/repayment | how much ~ owe |
      missed ~ payment/instalment/installment/repayment | late ~ payment | pay ~ credit card bill | credit card bill |
      credit card payment | loan/mortgage/monthly payment/instalment/installment/repayment | amount due | overdue | pay ~ bill |
      pay ~ late | 还款日 | 最低还款 | 什么时候 ~ 还款/还 | 几号 ~ 还 | 还款 ~ 日/金额/多少/时间/提醒/逾期/到期 | 要还 ~ 多少 |
      应还 | 本期 ~ 还/账单 | 这个月 ~ 还 | 逾期 | 分期 | 月供 | 还信用卡 | 账单日 | 宽限期`
    ],
    [
      2.6,
      `
      when do i ~ pay | how much ~ pay ~ month | pay this month | statement ~ minimum | 这期 | 账单 ~ 还 | 要还 | 还多少`
    ],
    [2.2, `repayment | instalment | installment | owe | due | autopay | 还款 | 欠`],
    [0.8, `loan | mortgage | bill | 房贷 | 车贷 | 贷款`],
    [-3.5, `early | prepay | pay off`],
    [-2, ` premium | policy | renewal | 提前 | 保费 | 保单 | 一次性还清 | 结清`]
  ],
  loan_apply: [
    [
      4,
      `
      apply/applying ~ loan/mortgage/credit/overdraft/financing | get/take/need/want/looking ~ loan/mortgage | loan application |
      application ~ loan | borrow | personal/car/auto/home/business/student loan ~ apply/need/want/get |
      want/need ~ personal/car/auto/home/business/student loan | qualify ~ loan/mortgage | eligible ~ loan/mortgage |
      how much can i borrow | refinance | apply ~ credit card | new credit card | buy ~ house/home/car |
      申请 ~ 贷款/房贷/车贷/信用贷/信用卡 | 办 ~ 贷款/房贷/信用卡 | 想 ~ 贷款/贷 | 贷款 ~ 申请/条件/材料/额度/怎么办 | 借 ~ 钱/万 |
      贷 ~ 万 | 能贷 ~ 多少 | 装修贷 | 消费贷 | 经营贷 | 公积金贷款 | 抵押贷`
    ],
    [1.8, `loan | mortgage | credit score | lend | collateral | financing | 贷款 | 房贷 | 车贷 | 抵押 | 征信`],
    [
      -2.2,
      `
      status | approved | decision | progress | rejected | early | pay off | prepay | due | repayment | =applied | submitted |
      contract | dispute | rate | 进度 | 审批 | 批了 | 批下来 | 提前 | 还款 | 逾期 | 放款 | 结清 | 合同 | 利率 | 月供`
    ]
  ],
  loan_status: [
    [
      4,
      `
      status ~ loan/application/mortgage |
      loan/mortgage/application ~ status/approved/approval/progress/decision/rejected/declined/pending/review/processed |
      has ~ loan/mortgage/application ~ approved | =applied ~ loan/mortgage/card | submitted ~ application | hear ~ application |
      heard ~ back/application | my application | when ~ loan ~ paid/disbursed/released | loan ~ disbursed/paid out/released |
      loan balance | balance ~ loan/mortgage | outstanding ~ loan | left on ~ loan/mortgage | approved yet |
      贷款 ~ 进度/审批/批了/批下来/审核/放款/通过/到哪一步 | 审批 ~ 进度/结果/多久 | 放款 | 申请 ~ 进度/结果/通过/审核 | 批下来 |
      批了没 | 贷款余额 | 贷款 ~ 还剩 | 审核 ~ 多久/结果`
    ],
    [
      3.4,
      `
      heard nothing | application ~ still/yet | any news ~ loan/application | loan ~ heard | uploaded ~ documents |
      贷款 ~ 交/提交 ~ 天/周/了 | 申请 ~ 贷款 ~ 天/周/还 | 申请了 ~ 贷款 | 贷款 ~ 消息/动静/结果 | 什么时候 ~ 批`
    ],
    [1.8, `approved | approval | underwriting | disbursement | application | 审批 | 审核 | 批了 | 进度`],
    [0.8, `loan | mortgage | 贷款 | 房贷 | 车贷`],
    [-1.6, `claim | transfer | refund | complaint | 理赔 | 报案 | 转账 | 投诉 | 赔`]
  ],
  mortgage_prepay: [
    [
      4.2,
      `
      prepay/prepayment ~ loan/mortgage | prepay | prepayment | pay off ~ loan/mortgage/house/early | paying off |
      repay/repayment ~ early | early repayment/settlement/payoff/redemption | settle ~ loan/mortgage | overpay | overpayment |
      extra payment | lump sum ~ mortgage/loan | pay ~ mortgage/loan ~ early | payoff amount | clear ~ mortgage/loan |
      full settlement | pay down ~ mortgage/loan | 提前还 ~ 款/贷/房贷 | 提前还款 | 提前还贷 | 提前还 | 提前结清 | 一次性还清 |
      结清 ~ 贷款/房贷 | 还清 ~ 贷款/房贷/车贷 | 部分 ~ 提前 | 缩短 ~ 年限 | 减少 ~ 月供`
    ],
    [1.5, `early | pay off | lump sum | mortgage | 提前 | 房贷 | 结清 | 还清`],
    [-1, `status | apply | 申请房贷`]
  ],
  insurance_claim: [
    [
      4.2,
      `
      file/make/submit/start/open/report ~ claim | insurance claim |
      claim ~ status/number/paid/payout/approved/denied/rejected/form/settled/progress/pending | my claim | claim on | claim for |
      car/auto accident | crash | had ~ accident | rear-ended | hit ~ my car | flood ~ house/home/basement | water damage |
      burst pipe | hospital ~ bill/claim/cover/stay | medical ~ bill/claim | reimburse/reimbursement | payout |
      broken windscreen/windshield | claim | 理赔 | 报案 | 赔付 | 赔款 | 出险 | 报销 | 索赔 | 住院 ~ 赔/报/保险 | 车 ~ 撞/追尾/刮 |
      追尾 | 事故 | 赔 ~ 多少 | 撞车 | 赔不赔`
    ],
    [
      2.6,
      `
      water ~ kitchen/ceiling/floor | kitchen ~ flooded/flood | pipe ~ burst | stolen ~ insured | windscreen | broke ~ leg/arm |
      fell | storm ~ roof | 车被 ~ 撞/刮/砸 | 骨折 | 漏水 | 暴雨`
    ],
    [
      1.8,
      `
      accident | damage | injured | surgery | hospital | adjuster | bumper | burgled | injury | 住院 | 手术 | 受伤 | 撞 | 水淹 |
      医药费 | 摔`
    ],
    [
      -2,
      `
      they/he/she claim | caller/someone claim | claim to be | claimed to be | claiming to be | claims to be | baggage claim |
      cover ~ against`
    ]
  ],
  policy_status: [
    [
      4,
      `
      policy ~ status/active/valid/expire/expired/expires/renew/renewal/lapse/lapsed/cover/covers/coverage/number/document/force/start/end/due |
      renew/renewal ~ policy/insurance | is my policy | insurance ~ active/valid/expire/expired/cover/covers/renew/renewal |
      premium ~ due/paid/payment/increase/up/higher | my premium | coverage | proof of insurance | insurance certificate |
      am i covered | am i ~ covered | does ~ policy/insurance ~ cover/include | beneficiary ~ policy | policy ~ beneficiary |
      cancel ~ policy | surrender value | cash value | add ~ policy | insurance quote | quote ~ insurance | 保单 | 保费 | 续保 |
      保险 ~ 到期/生效/有效/过期/续/保什么/包括 | 投保 | 退保 | 现金价值 | 保额 | 保险 ~ 交/缴 | 受益人 ~ 改/变更/换 |
      保障 ~ 范围/什么 | 等待期 | 犹豫期`
    ],
    [2, `policy | premium | insurance | insured | deductible | dependent | 保险 | 车险 | 寿险 | 重疾险 | 医疗险 | 被保险人`],
    [
      -2,
      `
      claim | privacy policy | accident | crash | your policy | bank policy | company policy | complaint | scam | 理赔 | 报案 |
      事故 | 赔 | 合同纠纷 | 误导 | 追尾 | 出险`
    ]
  ]
} as const satisfies Record<string, Cues>
