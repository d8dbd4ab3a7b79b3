import type { Cues } from './lexicon.ts'

export const ACCOUNT_CUES = {
  balance: [
    [
      3.6,
      `
      account balance | check ~ balance | available balance | current balance | what ~ balance | how much ~ have ~ account |
      how much ~ left ~ account | how much ~ in ~ account/savings | how much money do i have | much do i have left | 账户余额 |
      查余额 | 查一下余额 | 查询余额 | 查/看 ~ 余额 | 还剩多少钱 | 还有多少钱 | 有多少钱 | 还剩多少 | 多少余额 | 可用余额 |
      账上 ~ 多少`
    ],
    [3.2, `tell me ~ balance | my balance | what do i have in | 余额是多少`],
    [2.4, `balance | 余额 | how much money | enough ~ account`],
    [1, `cleared funds | available funds | checking account | savings account | in my account | 账上 | 活期 | 卡里`],
    [
      -2,
      `
      transfer balance | balance transfer | loan balance | outstanding ~ loan | balance ~ loan/mortgage | 贷款余额 |
      higher/better ~ rate`
    ]
  ],
  transactions: [
    [
      3.6,
      `
      recent/last/latest ~ transaction | transaction history | list ~ transaction | charge/bill/debit twice | double charge |
      charged ~ two times | see/show/check ~ transaction | recent/last purchase/payment | pending payment/charge/transaction |
      refund ~ not/hasnt/havent/still/yet | where/when ~ refund | payment ~ pending/declined/reverted |
      salary/wages ~ come/arrive/paid/credited | 交易记录 | 交易明细 | 流水 | 查/看 ~ 交易 | 最近 ~ 交易/消费/支出 | 扣了两次 |
      重复扣/扣款 | 扣了两笔 | 收支明细 | 消费记录 | 工资 ~ 到账 | 工资/退款 ~ 到 | 退款 ~ 没/还`
    ],
    [
      3.2,
      `
      payment/purchase/card payment ~ pending | still ~ pending | refund ~ show/showing/appear/missing/arrive/statement |
      need/want/get ~ refund | missing refund | payment ~ cancelled/returned/reversed/reverted | payment ~ came/come back |
      repeated/duplicate charge/payment | charged ~ more than once | charged ~ twice/multiple | showing/show/shows up twice |
      same ~ twice | charge ~ pending | return ~ item | refunded | cancel ~ purchase/order | salary ~ come in | has my salary |
      扣了 ~ 两 | 多扣了一`
    ],
    [
      2.6,
      `
      transaction | spend ~ on | duplicate | direct debit | standing order | activity ~ account | account activity | wrong amount |
      went out of | 交易 | 明细 | 消费 | 入账 | 自动扣款 | 进账 | 这笔`
    ],
    [
      1.5,
      `
      purchase | payment | deposit | refund | merchant | cheque | paid in | what did i spend | 退款 | 商户 | 扣款 | 支出`
    ],
    [-2, `fraud | not mine | didnt make | dispute | 不是我`]
  ],
  statement: [
    [
      3.8,
      `
      bank/account/card statement | monthly/annual/paper/electronic statement | statement ~ month/year/period |
      send/get/need/download/print/email/copy ~ statement | paperless | proof of account/funds/deposit |
      certificate of deposit/balance | tax certificate | interest certificate | 对账单 | 电子账单 | 纸质账单 |
      账单 ~ 发/寄/下载/打印/邮箱 | 发/寄/下载/打印/导出 ~ 账单 | 存款证明 | 资产证明 | 开 ~ 证明 | 流水证明 | 打印 ~ 流水 | 盖章`
    ],
    [2.4, `loan/mortgage statement | get ~ statement | see ~ statement | statement | 账单`],
    [1, `pdf | copy | download | visa application | accountant | 邮箱 | 下载 | 打印 | 导出`],
    [-2.5, `minimum payment | final statement | 还款 | 最低还 | 还清`]
  ],
  personal_details: [
    [
      3.8,
      `
      change/update/edit/correct ~ address/email/name/phone/surname/details | new address/phone/email |
      move/moved house/home/apartment | moved to | phone number ~ change/changed | change/update ~ number | marry/married ~ name |
      personal/contact details/information/data | my name ~ wrong/misspelled | misspelled | wrong address |
      修改/更新/变更/更改/改/换 ~ 地址/手机号/电话/邮箱/姓名/资料/信息 | 换了手机 | 换手机号 | 换了个手机号 | 换了号码 | 搬家 |
      搬了家 | 个人信息 | 个人资料 | 预留 ~ 手机/电话 | 联系方式 | 身份证 ~ 过期/到期/更新 | 地址 ~ 变/改/换`
    ],
    [
      1.6,
      `
      address | surname | maiden name | last name | moved | relocated | i move | profile | 地址 | 手机号 | 预留 | 改名 | 资料`
    ],
    [
      -2,
      `
      phone ~ stolen/lost | lost ~ phone | branch address | limit | pin | password | address of | where | complaint | 密码 | 额度 |
      网点 | 支行`
    ]
  ],
  account_open: [
    [
      3.8,
      `
      open ~ account | opening ~ account | new/another account | become ~ customer | set up ~ account | create ~ account |
      start ~ account | sign up | joint account | apply ~ account | account for ~ child/son/daughter/business/company | 开户 |
      开 ~ 账户 | 开个户 | 开 ~ 卡 | 办 ~ 银行卡/储蓄卡/借记卡/账户 | 新开 | 申请 ~ 账户/银行卡 | 开立`
    ],
    [
      1.4,
      `
      documents ~ need | student account | business account | minimum age | how old | 需要什么材料 | 带什么 | 带哪些 | 未成年`
    ],
    [1.2, `open | register | eligible`],
    [
      -2.5,
      `
      close | what time ~ open | open on | open until | open late | open ~ saturday/sunday/weekend/today/tomorrow/now | branch |
      opening hours | open ~ claim/case | 销户 | 注销 | 几点`
    ]
  ],
  account_close: [
    [
      4,
      `
      close/closing/cancel/terminate/delete/deactivate/shut ~ account | account ~ close/closed/closure/terminated |
      leave/leaving ~ bank | switch ~ bank | cancel ~ card | stop banking | close ~ out | 销户 | 注销 | 关闭 ~ 账户 | 取消 ~ 账户 |
      销 ~ 账户 | 不想用 ~ 卡/账户 | 关掉 ~ 账户 | 销卡 | 账户 ~ 销/关`
    ],
    [
      1.2,
      `
      close | terminate | get rid | no longer want/need | dont want/need ~ anymore | another bank | 不用了 | 不再使用`
    ],
    [
      -2.5,
      `
      what time ~ close | closing time | when ~ close | branch | closest | close to | near | 附近 | 几点 | lost | stolen | fraud`
    ]
  ],
  fees: [
    [
      3.6,
      `
      monthly/annual/maintenance/overdraft/late/transfer/wire/atm/foreign/hidden/extra/service/withdrawal fee/charge | fee ~ for |
      what ~ fee | why ~ fee | why ~ charged | how much ~ cost | how much ~ charge | charge ~ fee | waive/refund/reverse ~ fee |
      fee ~ waived/refund | cost ~ transfer/send/withdraw/wire | is there/it ~ charge | is it free | commission | transfer/card/withdrawal ~ cost | cost ~ transfer | free of charge |
      charge ~ for ~ withdraw/withdrawing/transfer/using | 手续费 | 年费 | 管理费 | 服务费 | 收费 | 费用 | 工本费 | 滞纳金 |
      违约金 ~ 多少 | 为什么/怎么 ~ 扣 ~ 费 | 免 ~ 费 | 小额管理 | 要钱吗 | 收多少钱 | 跨行 ~ 费`
    ],
    [2.4, `fee | charges | surcharge | penalty | price list | tariff | 多扣 | 扣了 ~ 块/元`],
    [0.8, `cost | charge | expensive | 免费 | 多少钱`],
    [
      -2,
      `
      twice | didnt make | not recognise/recognize | dont recognise/recognize | early repayment | prepay | pay off | 提前还 | 两次`
    ]
  ],
  branch_atm: [
    [
      3.8,
      `
      nearest/closest/local branch/atm/office/machine | branch ~ near/nearby/open/hours/close/address/located/location |
      where ~ branch/atm/machine/office | opening/branch/business/office/working hours | what time ~ open/close | open on |
      open/closed ~ saturday/sunday/weekend/holiday | find ~ branch/atm | atm near/nearby | cash machine |
      when ~ branch ~ open/close | hours ~ branch/office | which atm | 附近 ~ 网点/支行/银行/取款机/柜员机 |
      网点 ~ 在哪/地址/上班/营业/几点/开 | 营业时间 | 几点 ~ 开门/关门/上班/下班 | 周末 ~ 上班/营业/开门 |
      最近的 ~ 网点/支行/银行/取款机 | 哪里有 ~ 取款机/网点/支行 | 哪里 ~ 取款 | 上班时间 | 离我`
    ],
    [2.2, `branch | atm | =hours | cash point | nearest | closest | 网点 | 支行 | 取款机 | 柜员机 | 自助机 | 几点 | 分行 | 营业`],
    [
      -1.5,
      `
      appointment | atm ~ swallowed/ate/kept/took | complaint | withdraw | fee | branch manager | staff | rude | 预约 | 投诉 |
      态度 | 吞`
    ]
  ],
  appointment: [
    [
      4,
      `
      book/make/schedule/arrange/reschedule/cancel/move/need/set/have ~ appointment | appointment |
      meet/meeting/sit ~ advisor/adviser/manager/consultant/banker | meet in person | book ~ slot/time/meeting/visit |
      schedule ~ meeting/visit/call | come in ~ talk | see ~ advisor/adviser | 预约 | 约 ~ 时间/经理/见面 | 约个 | 改期 | 改约 |
      面谈 | 当面`
    ],
    [
      3.6,
      `
      see ~ someone ~ about | meet with | speak in person | notary | sit down with |
      talk ~ financial/tax advisor/adviser ~ in person | in person | in-person`
    ],
    [
      1,
      `
      advisor | adviser | slot | available ~ monday/tuesday/wednesday/thursday/friday | schedule | 客户经理 | 理财经理`
    ],
    [-1.5, `human | complaint | 投诉`]
  ]
} as const satisfies Record<string, Cues>
