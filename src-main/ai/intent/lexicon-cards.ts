import type { Cues } from './lexicon.ts'

export const CARD_CUES = {
  card_lost: [
    [
      4.2,
      `
      atm/machine ~ kept/keep/ate/eat/took/take/swallowed/swallow/retained ~ card | card ~ out of ~ atm/machine |
      card back ~ atm/machine | atm/machine ~ give/return ~ card | card ~ trapped/jammed | atm/machine ~ swallowed/ate |
      find ~ my card | lost card | need ~ replacement | card ~ handbag/taxi/train | lose ~ card/wallet/purse |
      card/wallet/purse/bag ~ lose/lost/stolen/missing/gone | steal ~ card/wallet/purse/bag | cant find ~ card/wallet |
      left ~ card | drop/misplace ~ card/wallet | block/freeze/cancel ~ lost/stolen | report ~ lost/stolen | lost and stolen |
      swallowed/ate/kept/retained/eaten/took ~ card | card ~ swallowed/stuck/retained | replace/replacement ~ card |
      card ~ replacement | nicked ~ card/wallet | 卡 ~ 丢/弄丢/遗失/不见/掉了/被偷/被盗/找不到/丢失 |
      丢/弄丢/遗失/丢失 ~ 卡/存折/钱包 | 挂失 | 补办 | 补卡 | 吞卡 | 钱包 ~ 丢/偷/不见 | 卡 ~ 被吞 | 吞了 ~ 卡 | 找不到 ~ 卡`
    ],
    [2.6, `block/freeze ~ card | pickpocketed | mugged | wallet | 冻结 ~ 卡 | 锁 ~ 卡 | 停 ~ 卡`],
    [1, `lose | steal | missing | 丢了 | 遗失 | 被偷 | 不见了`],
    [-1.5, `lost my job | lost money | lost ~ savings | trust | policy | lose ~ patience | forget | 耐心 | 密码`]
  ],
  card_activate: [
    [
      4.2,
      `
      activate ~ card | card ~ activate/activated/activation | activation | switch on ~ card | start using ~ card |
      unlock ~ new card | turn on ~ card | got/received/arrived/have ~ new card | new card ~ arrived/came/work/use/not |
      first time ~ card | 激活 | 开卡 | 启用 ~ 卡 | 卡 ~ 启用 | 开通 ~ 卡 | 新卡 ~ 到/用/收到/开`
    ],
    [
      3.4,
      `
      order/ordered ~ card | where ~ card | card ~ delivery/delivered/mail/post | card ~ not/hasnt/havent ~ arrive/arrived/come |
      waiting for/on ~ card | track ~ card | card ~ expedited | when ~ card ~ arrive/come/get | still ~ waiting ~ card |
      sent out ~ card | start using | make ~ card work`
    ],
    [1.8, `activate | new card | card ~ come/arrive/delivered/post/mail | track ~ card | 新卡 | 卡 ~ 寄/收到 | 开通`],
    [0.6, `card | 信用卡 | 银行卡`],
    [-1.5, `lost | stolen | limit | online banking | apply | 网银 | 短信 | 额度 | 丢 | 挂失`]
  ],
  card_limit: [
    [
      4,
      `
      credit/card/spending/daily/withdrawal/purchase/contactless/cash limit | limit ~ card/credit/withdrawal/spending |
      raise/increase/lower/higher/change/reduce/extend/bump ~ limit | limit ~ raise/increase/lower/higher/too low |
      how much ~ withdraw ~ day | how much can i ~ withdraw/spend | maximum ~ withdraw/withdrawal/spend | over ~ limit |
      credit line | 额度 | 提额 | 限额 ~ 卡/取款/消费/刷 | 取款 ~ 限额/上限 | 每天 ~ 取 ~ 多少 | 一天 ~ 取/刷 ~ 多少 |
      最多 ~ 取/刷 | 信用额度 | 临时额度 | 调高/提高/降低/调低 ~ 额度/限额`
    ],
    [1.6, `limit | withdraw | 限额 | 上限 | 提现 | 取现`],
    [
      -2,
      `
      transfer limit | limit ~ transfer | transfer | time limit | policy limit | coverage | cover | 转账 | 保额 | 贷款额度 | 汇款`
    ]
  ],
  pin_password: [
    [
      4,
      `
      forget/reset/change/wrong/new/recover/block/blocked/unblock ~ pin/password/passcode/login/pincode |
      pin/password/passcode ~ forget/forgotten/blocked/wrong/locked/reset/change/not | locked out | cant log/login/sign |
      cant access ~ app/online/account/banking | log in | sign in | unable ~ log/login/access | too many attempts | username |
      account ~ locked | login ~ problem/fail/error | verification/security code ~ not/didnt/never | security question |
      忘/忘记/忘了 ~ 密码 | 密码 ~ 忘/错/锁/重置/不对/改 | 重置/修改/改/找回/重设 ~ 密码 | 密码 ~ 输错 |
      登录/登陆 ~ 不了/不上/失败 | 登不上 | 登不进 | 账号/账户 ~ 锁 | 收不到 ~ 验证码 | 验证码 ~ 收不到 | 没收到 ~ 验证码`
    ],
    [2.2, `pin | password | passcode | login | fingerprint | face id | two factor | 密码 | 登录 | 登陆 | 人脸识别 | 指纹`],
    [
      -2,
      `
      asked ~ for ~ pin/password/code | gave ~ pin/password/code | someone ~ logged | somebody ~ logged | another device |
      different city | remote | clause | 异地登录 | 异地登陆 | 不是我 | 有人 | 陌生 | 骗`
    ]
  ],
  fraud_report: [
    [
      4.2,
      `
      fraud | scam | scammed | phishing | hacked | not recognise/recognize | dont/didnt/cant recognise/recognize |
      didnt make/authorise/authorize/do/approve/buy | never made/authorised/authorized/bought/ordered | wasnt me | not me |
      not mine | unauthorised/unauthorized |
      unknown/strange/suspicious/unfamiliar/fraudulent transaction/payment/charge/login/withdrawal/device/transfer |
      someone/somebody ~ used/using/stole/took/accessed/access/logged/cloned/withdrew/transferred | stole ~ money | money ~ stolen |
      compromised | safe account | stranger | remote access | pretending ~ bank/police | claimed ~ from ~ bank/police |
      identity ~ stolen | login ~ another/different/unknown | log ~ in ~ from ~ device/city/country | clicked ~ link | gave ~ code |
      screen sharing | 诈骗 | 骗了 | 被骗 | 骗子 | 骗走 | 盗刷 | 被盗 | 盗用 | 不是我 ~ 操作/刷/转/消费/做/买/登录 |
      没有 ~ 做过/操作过/消费过 | 我没 ~ 转/刷/消费/买/操作 | 陌生 ~ 交易/设备/扣款/登录 | 异地登录 | 异地登陆 | 异常登录 |
      异常 ~ 交易/登录 | 安全账户 | 冒充 | 钓鱼 | 屏幕共享 | 共享屏幕 | 公检法 | 有人 ~ 登录/用我/盗/动了 | 可疑`
    ],
    [
      3.6,
      `
      not/dont/didnt/never ~ authorize/authorise/remember | know ~ did not | dont remember ~ doing/making |
      someone/somebody ~ withdrawal/copy/duplicate/my card/made | false ~ debit/charge/payment |
      false/bogus/fake charge/payment/transaction | did not/never ~ create/make/do/approve | i did not make |
      did not ~ recognise/recognize | unsure ~ of | what is this ~ charge/payment/withdrawal |
      dispute ~ charge/debit/transaction/payment | not sure ~ what ~ charge | money missing | something ~ fishy |
      sharing my details | 登录提醒 | 登录 ~ 不是我 | 外地 ~ 登录 | 别的 ~ 手机/设备 ~ 登录 | 在 ~ 登录了我 | 不是本人 ~ 操作 |
      刷了我 | 从没 ~ 去过/买过/开通`
    ],
    [
      1.8,
      `
      suspicious | weird | police | strange call | strange message | dispute ~ charge/transaction/payment | cloned | 警察 | 报警 |
      远程 | 不认识 | 莫名其妙 ~ 扣/转/少`
    ],
    [-1, `my claim | the insurer | source of funds | compliance`]
  ]
} as const satisfies Record<string, Cues>
