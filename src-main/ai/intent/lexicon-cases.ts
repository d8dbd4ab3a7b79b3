import type { Cues } from './lexicon.ts'

export const CASE_CUES = {
  complaint: [
    [
      4.2,
      `
      complaint | complain | file/make/lodge/raise ~ complaint | ombudsman | regulator | financial conduct | consumer protection |
      escalate ~ issue/case |
      terrible/awful/poor/bad/worst/unacceptable/appalling/horrible/disgraceful service/treatment/experience | rude |
      nobody/noone ~ help/helped/call/called | no one ~ help/helped/call/called/calls/replied | this ~ unacceptable | staff ~ rude |
      not happy with ~ service/way | unhappy ~ service/with | report ~ employee/staff/agent | compensation | called ~ times |
      promised ~ call/callback ~ never | social media | 投诉 | 举报 | 银保监 | 银监会 | 金融监管 | 消保 | 消费者协会 | 服务态度 |
      态度 ~ 差/恶劣/不好 | 服务 ~ 差/太差/恶劣 | 要 ~ 说法 | 给 ~ 说法 | 没人管 | 踢皮球 | 推来推去 | 赔偿 ~ 损失 | 曝光 | 差评 |
      打了 ~ 次 ~ 电话 | 12378 | 12363`
    ],
    [
      3,
      `
      third/fourth/fifth/sixth time ~ call/calling/called | nothing happens | nobody ~ helps/listens/cares | everyone says sorry |
      speak ~ about ~ service | 第三次/第四次/第五次 ~ 打 | 没有人 ~ 处理 | 服务 ~ 态度 | 都 ~ 没人 | 每次都 ~ 说`
    ],
    [
      1.8,
      `
      third time | fed up | unacceptable | ridiculous | disgusted | apology | the manager | your supervisor | disappointed | 不满 |
      太过分 | 道歉 | 领导 | 一直拖 | 没解决`
    ],
    [-1, `no complaint | cant complain | 没有投诉`]
  ],
  contract_dispute: [
    [
      4.2,
      `
      contract ~ dispute/terms/clause/signed/wrong/unfair/void/breach/never/says/says | dispute ~ contract/agreement/clause/terms |
      terms and conditions ~ changed/unfair/never | clause | breach | breach of contract | agreement ~ signed/never/changed/says |
      never signed/agreed | didnt agree/sign | mis-sold | missold | mis sold | misled | mislead | lawyer |
      legal action | sue | court | take ~ court | not what ~ signed/agreed | small print | fine print | arbitration |
      合同 ~ 纠纷/条款/争议/违约/无效/不一样/没写/写的/不符 | 条款 | 误导 ~ 销售 | 销售误导 | 误导 | 律师 | 起诉 | 法院 | 打官司 |
      仲裁 | 没签 ~ 字/合同 | 签的合同 | 霸王条款 | 根本没写 | 合同 ~ 根本/没有写 | 签字 ~ 不是我 | 代签 | 没有 ~ 签过 | 违约责任 | 隐瞒`
    ],
    [
      2.2,
      `
      contract ~ say/says/said | not say ~ owe | changed after i signed | never agreed | not ~ in ~ contract |
      合同 ~ 没写/根本/写明/里/上 | 根本没写 | 没同意过 | 从来没同意 | 签完`
    ],
    [2, `contract | agreement | solicitor | attorney | legal | unfair | terms | 合同 | 协议 | 霸王 | 违约 | 法律`],
    [-1, `where ~ contract ~ download | copy of ~ contract`]
  ],
  human_agent: [
    [
      4,
      `
      speak/talk/chat/connect ~ human/person/agent/representative/someone/somebody/operator/advisor/adviser/staff/manager/supervisor |
      real person/human | live agent/person/chat | human agent/being | human | transfer me | put me through | connect me |
      customer service/representative | representative | operator | not a robot/machine/bot | dont ~ robot/machine/bot |
      are you ~ robot/bot/human/machine | stop ~ robot/bot | 人工 | 转人工 | 真人 | 人工客服 | 找 ~ 客服 | 客服 ~ 接 | 机器人 |
      转接 | 接线员 | 找个人`
    ],
    [
      3.6,
      `
      talk/speak/connect ~ real | someone real | person ~ please | a real human | actual person | i want a person |
      talk to you ~ human`
    ],
    [1.5, `agent | call me | call back | someone ~ help | supervisor | robot | bot | 客服 | 回电 | 有人吗`]
  ]
} as const satisfies Record<string, Cues>
