import type { Cues } from './lexicon.ts'

export const MONEY_CUES = {
  interest_rates: [
    [
      3.8,
      `
      interest rate | rate ~ deposit/savings/loan/mortgage/account/fixed | deposit/savings/mortgage/loan/fixed rate | apr | apy |
      how much interest | interest ~ savings/deposit/earn/pay | current/best/latest rate | what ~ rate | rates ~ today/now |
      higher/better rate | annual percentage | 利率 | 年利率 | 利息 ~ 多少/怎么算/几 | 多少 ~ 利息 | 存款 ~ 利息/利率 |
      定期 ~ 利率/利息/多少 | 年化 ~ 多少 | 几个点 | 贷款 ~ 利率 | 利息`
    ],
    [2.4, `interest | percent | basis points | yield ~ deposit | 年化 | 大额存单 | 定存`],
    [2, `利率 | rates`],
    [1.2, `rates | fixed deposit | term deposit | time deposit | 定期 | 存款`],
    [
      -2,
      `
      exchange rate | =interested | success rate | crime rate | interest certificate | contract | hidden | complaint | fund | 汇率 |
      基金 | 合同 | 违约`
    ],
    [-5, `exchange rate | exchange rates | 汇率`]
  ],
  transfer_status: [
    [
      4,
      `
      transfer ~ arrive/arrived/status/pending/received/stuck/delayed/delay/gone/failed/missing/yet/declined/late |
      where ~ transfer/money/payment/wire | not/hasnt/havent/didnt/never ~ arrive/arrived |
      still/yet ~ receive/received/arrive/arrived/pending | hasnt/havent/not ~ receive/received ~ transfer/money/payment/wire |
      recipient/beneficiary/payee/landlord/friend/mother ~ not/hasnt/havent/didnt/never/says | sent ~ not/hasnt/never |
      status of ~ transfer/payment/wire | track ~ transfer/payment/wire | how long ~ transfer/wire/payment |
      when ~ transfer ~ arrive/land/come/there/through | cancel ~ transfer | transfer ~ cancel/reverse/recall |
      wrong/incorrect account/person/recipient | transfer ~ go through |
      转账 ~ 到账/没到/没有到/未到/收到/状态/多久/失败/退回/成功/撤回/撤销 | 汇款 ~ 到/没到/进度/状态/多久/收到/查 |
      没/还没/没有/未 ~ 到账 | 转 ~ 没收到 | 对方 ~ 没收到/没有收到/说没 | 多久 ~ 到账 | 什么时候 ~ 到账 | 到账 | 钱 ~ 到哪 | 转错 |
      转出去 ~ 还 | 转过去 ~ 没`
    ],
    [
      3.4,
      `
      cancel/revert/undo/reverse/stop ~ transfer/transaction/payment i made | cancel/revert/undo ~ transaction | wrong payment |
      recall ~ payment | did ~ transfer ~ go | money ~ gone through | has ~ transfer ~ gone | wire ~ delayed`
    ],
    [2.4, `wire | transfer | sent ~ money | remittance | i sent | iban | swift | 转账 | 汇款 | 汇出 | 跨行 | 对方`],
    [1, `pending | arrive | recipient | payee | send ~ money | 收到 | 在途 | 没收到 | 转给`],
    [
      -1.6,
      `
      large | big | limit | fee | salary | refund | didnt make | fund transfer policy | transfer me | put me through | claim |
      to a person | representative | loan | 大额 | 手续费 | 工资 | 退款 | 转人工 | 不是我 | 理赔 | 贷款 | 赔款 | 放款`
    ]
  ],
  transfer_large: [
    [
      4,
      `
      large/big/huge/substantial transfer/payment/amount/sum | large sum |
      transfer/send/wire/move ~ thousand/million/hundred/everything | transfer/send/wire/move ~ savings/everything |
      all my savings | down payment | deposit ~ house | transfer limit | limit ~ transfer/transfers | wire ~ overseas/abroad |
      transfer ~ overseas/abroad | maximum ~ transfer | how much can i ~ transfer/send | transfer ~ today ~ urgent |
      urgent/urgently ~ transfer | transfer ~ urgent/urgently | 大额 ~ 转账/汇款/转出/转 | 转 ~ 万 | 转账 ~ 限额 | 转账 ~ 万 |
      汇 ~ 万 | 一次 ~ 转 | 转 ~ 全部 | 全部 ~ 转 | 最多 ~ 转 | 转账限额 | 单笔 ~ 限额 | 首付 ~ 转 | 转 ~ 首付 | 马上 ~ 转 |
      急着 ~ 转 | 全部存款 | 转到 ~ 国外 | 汇到 ~ 国外`
    ],
    [
      3.9,
      `
      stop/stopped/block/blocked/hold/held/declined ~ transfer | let ~ transfer ~ through | transfer ~ go through ~ now/today |
      half a million | put ~ transfer ~ through | 拦/拦截/拦了/卡住 ~ 转账 | 限制 ~ 转账 | 转账 ~ 被拦/拦截/拦 | 转 ~ 房款 |
      转 ~ 货款 | 凑首付 | 转 ~ 整 | 转走 ~ 万`
    ],
    [
      1.8,
      `
      transfer ~ to | send ~ to | wire | make a transfer | move ~ money | i want/need/like ~ transfer/send/wire | 要转 | 想转 |
      大额 | 转一笔 | 想汇 | 转给`
    ],
    [
      -2,
      `
      didnt | not/hasnt/havent/never ~ arrive/arrived/receive/received | where | yesterday | status | sent | pending | transfer me |
      credit limit | fee | to a human/person/agent | 到账 | 没收到 | 手续费 | 人工 | 昨天 | 不是我 | 被转`
    ]
  ],
  wealth_product: [
    [
      4,
      `
      invest/investing ~ money/savings/in/fund | investment product/fund/advice/option/plan/portfolio |
      mutual/index/bond/money-market/equity fund | wealth management/product | structured deposit/product |
      buy/sell/redeem ~ fund/stock/bond/shares | redeem | fund ~ risk/performance/return/redeem/value |
      risk ~ product/fund/assessment/grade/level | what return | annuity | my portfolio | portfolio | etf | treasury | brokerage |
      put ~ money ~ work | grow ~ money/savings | retirement plan/fund | 理财 | 基金 | 净值 | 赎回 | 申购 | 认购 | 投资 | 收益率 |
      债券 | 国债 | 结构性存款 | 风险评估 | 风险测评 | 风险等级 | 年金 | 分红险 | 定投 | 黄金 ~ 买/投资/积存`
    ],
    [
      3.6,
      `
      one of your funds | put ~ thousand ~ in | your fund | balanced/growth/income fund | funds | high/higher return/returns/yield |
      earn more than ~ deposit | 闲钱 | 预期 ~ 收益 | 产品 ~ 风险 | 净值型`
    ],
    [2, `invest | fund | bond | stocks | returns | retirement | pension | gold | 收益 | 股票 | 预期收益 | 保本 | 亏了`],
    [
      -2,
      `
      source of funds | refund | insufficient funds | available funds | invested ~ scam | fund transfer | 投资诈骗 | 杀猪盘 |
      资金来源`
    ]
  ],
  aml_enquiry: [
    [
      4.2,
      `
      source of funds/income/wealth/money | where ~ money ~ come from | origin of ~ money/funds | money laundering | aml |
      compliance ~ review/letter/team/department/check/ask/questions | account ~ frozen/restricted/suspended/review/blocked |
      freeze/froze/restricted/suspended ~ account/funds/money | sanction | anti money | know your customer | kyc | due diligence |
      beneficial owner | prove ~ income | suspicious activity report | funds ~ held/frozen | 资金来源 | 反洗钱 | 洗钱 |
      账户 ~ 冻结/管控/限制/风控/止付 | 冻结 ~ 账户/资金 | 尽职调查 | 合规 ~ 审查/部门/核查 | 非柜面 | 只收不付 | 被 ~ 风控 |
      受益所有人 | 司法冻结 | 解冻`
    ],
    [1.5, `frozen | questionnaire | compliance | restricted | 冻结 | 风控 | 管控 | 合规`],
    [
      -2,
      `
      freeze ~ card | card ~ frozen | stolen | lost | password | pin | app ~ frozen/freezes | attempts | 冻结 ~ 卡 | 丢 | 密码 |
      盗刷 | 被盗`
    ]
  ]
} as const satisfies Record<string, Cues>
