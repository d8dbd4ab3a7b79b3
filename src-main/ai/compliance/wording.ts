/** What an agent (and a customer) says when a step of the conversation is done. */
export type Step =
  | 'greeting'
  | 'recording'
  | 'identity_question'
  | 'identity_confirmed'
  | 'risk'
  | 'goodbye'
  | 'anything_else'
  | 'nothing_else'
  | 'refuses'

export const WORDING: readonly (readonly [Step, string])[] = [
  [
    'greeting',
    `
    hello | hi | hey | good morning/afternoon/evening/day | welcome | my name is | how can i help | how may i help |
    how can i assist | how may i assist | thank you for calling | thanks for calling | thank you for contacting |
    you are speaking to/with | speaking how | 您好 | 你好 | 早上好 | 上午好 | 下午好 | 晚上好 | 欢迎 | 很高兴为您 | 请问有什么 |
    有什么可以帮 | 为您服务 | 工号`
  ],
  [
    'recording',
    `
    call/conversation/line/chat ~ recorded/monitored | recorded line | recording this/the call/conversation | record this/the call |
    recorded for ~ quality/training/purposes | may be recorded | 通话 ~ 录音 | 录音 | 对话 ~ 记录 | 将被 ~ 记录 | 电话 ~ 录音`
  ],
  [
    'identity_question',
    `
    confirm/verify/check/tell/give/have/provide/need ~ date of birth | date of birth |
    verify/confirm ~ identity/name/details/address/postcode/phone | who am i speaking | may/can/could i have/get/take ~ name |
    full name | last four digits | last 4 digits | security question | mother maiden name | maiden name | make sure ~ speaking |
    prove ~ identity | answer ~ security | few security questions | first line of ~ address | verify you | verify it is you |
    confirm who | 核实/核对/确认/验证 ~ 身份/信息/姓名/本人 | 身份证 ~ 后四位/后六位/号码/末四位 | 请问您贵姓 | 怎么称呼 |
    您的姓名 | 您的全名 | 出生日期 | 出生年月 | 预留 ~ 手机/电话/号码/地址 | 卡号后四位 | 尾号 ~ 多少 | 请问是 ~ 本人 | 是本人吗 |
    是您本人 | 报 ~ 后四位 | 安全问题`
  ],
  [
    'identity_confirmed',
    `
    you are verified | youre verified | identity ~ confirmed/verified | verified ~ identity/you | passed ~ security |
    security ~ passed/complete/completed | thank you for confirming/verifying | thanks for confirming/verifying |
    thats all verified | all verified | details match | everything matches | verification ~ complete/successful/passed |
    核实 ~ 通过/无误/完成/成功 | 身份 ~ 已核实/已确认/验证通过/核对无误 | 核对无误 | 验证 ~ 通过/成功 | 信息 ~ 一致/无误/正确 |
    已为您核实 | 感谢您的配合`
  ],
  [
    'risk',
    `
    value ~ fall/down/decrease/drop | go down as well as up | fall as well as rise | lose money |
    lose ~ principal/capital/part/some/money/all | may lose | could lose | loss of ~ capital/principal | not guaranteed |
    cannot guarantee | cant guarantee | dont guarantee | no guarantee | past performance | risk ~ loss |
    carries/involves/has/have/bears ~ risk/risks | subject to ~ risk | investment risk | market risk | not ~ deposit |
    not principal protected | not capital protected | at risk | not covered by ~ deposit insurance | risk disclosure |
    risk warning | 理财有风险 | 投资有风险 | 有风险 | 投资需谨慎 | 不保本 | 不保证 ~ 收益/本金/保本 | 非保本 | 不承诺 | 不能保证 |
    无法保证 | 可能 ~ 亏损/损失/亏 | 本金 ~ 损失/亏损 | 过往业绩 | 历史业绩 | 不代表未来 | 不等于存款 | 不同于存款 | 风险揭示 |
    风险提示 | 净值 ~ 波动 | 亏损 ~ 可能 | 风险自担 | 市场风险`
  ],
  [
    'goodbye',
    `
    have a great/good/nice/lovely/wonderful day/evening/afternoon/weekend/one | goodbye | bye | take care | thank you for calling |
    thanks for calling | thank you for contacting | thanks for contacting | thank you for your patience | thank you for choosing |
    thank you for banking | enjoy ~ day/evening/weekend | all the best | 再见 | 祝您 | 感谢您的来电 | 感谢您 ~ 致电 |
    感谢您 ~ 支持 | 感谢来电 | 生活愉快 | 拜拜 | 不打扰您 | 谢谢您的来电 | 工作顺利`
  ],
  [
    'anything_else',
    `
    anything else | something else ~ help | is there ~ else | other questions | further questions |
    还有 ~ 可以帮/需要帮/别的/其他/什么 | 其他 ~ 问题/需要/帮 | 还需要`
  ],
  [
    'nothing_else',
    `
    no thanks | no thank you | thats all | thats it | thats everything | nothing else | no thats | all good | im good | bye |
    没有了 | 没了 | 没别的 | 就这些 | 没其他 | 不用了 | 再见 | 好的谢谢`
  ],
  [
    'refuses',
    `
    wont tell | not telling | dont want to ~ say/tell/give | refuse | why do you need | none of your business | 不想说 | 不方便 |
    不告诉 | 凭什么 | 为什么要`
  ]
]
