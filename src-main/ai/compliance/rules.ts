import type { Intent, Language } from '../../../src-shared/taxonomy.ts'

/** One thing that is looked for in what is said. Data, so that a compliance officer can read and change it. */
export interface Rule {
  rule: string
  /** Raised with every change of meaning; a finding can be traced to the wording that made it. */
  version: number
  language: Language
  speaker: 'agent' | 'customer'
  severity: 'info' | 'caution' | 'bad'
  /** What the conversation must be about for the rule to hold. */
  products: 'all' | readonly Intent[]
  /** ISO date from which the newest of its sources binds. */
  appliesFrom: string
  /** Law or guidance behind the rule. */
  source: string
  /** True when a negation before the phrase ("we cannot guarantee ...") makes it harmless. */
  negatable: boolean
  /** Phrases parted by `|`, written as text/cues.ts says. */
  cues: string
}

export const CN_WEALTH =
  'Guiding Opinions on Regulating the Asset Management Business (PBoC 2018, no. 106), art. 2 and 6; Supervision Measures on Wealth Management of Commercial Banks (CBIRC 2018, no. 6), art. 26; Taiwan: Financial Consumer Protection Act, art. 8'
export const FAIR =
  'MiFID II (2014/65/EU) art. 24(3); FCA COBS 4.2.1R (fair, clear and not misleading); FINRA Rule 2210(d)(1)(B) (no false or promissory statements)'
export const CN_CONSUMER =
  'Measures on Consumer Protection of Banking and Insurance Institutions (CBIRC 2022, no. 9), art. 21 to 23; Consumer Rights Protection Law, art. 8 and 9'
export const PRIVACY = 'PCI DSS 4.0 req. 3.3 and 3.4; GDPR art. 5(1)(f)'
export const CN_PRIVACY = 'Personal Information Protection Law (2021), art. 28 and 51'
const APP_FRAUD = 'PSR policy statement PS23/3 (authorised push payment fraud); UK Finance Take Five guidance'
const CN_FRAUD = 'Anti-Telecom and Online Fraud Law (2022), art. 15 to 20'

export const RULES: readonly Rule[] = [
  {
    rule: 'forbidden_promise',
    version: 1,
    language: 'en',
    speaker: 'agent',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2018-01-03',
    source: FAIR,
    negatable: true,
    cues: `
      guaranteed/guarantee ~ return/returns/profit/profits/yield/gain/gains/income/interest |
      return/returns/profit/profits/yield/gains/principal/capital ~ guaranteed | i/we guarantee ~ profit/earn/gain/money/grow |
      risk free | no risk | zero risk | without ~ risk | without risk | cant lose | cannot lose | never lose/loses | wont lose |
      impossible to lose | nothing to lose | principal protected/guaranteed/safe | capital protected/guaranteed |
      principal is ~ protected/guaranteed | always goes up | only goes up | sure thing | safe bet |
      certain to rise/grow/earn/profit | sure to rise/grow/earn/profit | guaranteed approval | approval ~ guaranteed |
      guaranteed ~ approved | definitely ~ approved | as safe as ~ deposit/cash/bank/savings | just like ~ deposit |
      double your money | promise ~ return/returns/profit/gain/percent | cannot go wrong | cant go wrong | hundred percent safe |
      completely safe ~ investment | make money for sure | sold out ~ tonight | claim ~ definitely ~ paid |
      guarantee ~ claim ~ paid`
  },
  {
    rule: 'forbidden_promise',
    version: 1,
    language: 'zh',
    speaker: 'agent',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2018-09-26',
    source: CN_WEALTH,
    negatable: true,
    cues: `
      保本保息 | 保本 | 保息 | 保证 ~ 收益/本金/赚/盈利/回报/不亏 | 稳赚 | 稳赚不赔 | 零风险 | 无风险 | 没有风险 | 没有任何风险 |
      没风险 | 毫无风险 | 不会亏 | 不可能亏 | 绝对不亏 | 绝对安全 | 绝不会亏 | 包赚 | 包赔 | 肯定 ~ 赚/涨/赔付/批 |
      一定 ~ 赚/涨/能批/赔 | 必涨 | 只赚不赔 | 稳赢 | 刚性兑付 | 刚兑 | 兜底 | 跟存款一样 | 和存款一样 | 等同于存款 | 等于存款 |
      承诺 ~ 收益/保本/回报 | 百分之百 ~ 安全/赔/收益/批 | 百分百 ~ 安全/赔/收益/批 | 本金 ~ 不会 ~ 损失 | 包过 | 包批 | 翻倍 |
      什么都赔 | 全都能赔 | 返佣 | 返还 ~ 佣金`
  },
  {
    rule: 'asks_secret',
    version: 1,
    language: 'en',
    speaker: 'agent',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2024-10-07',
    source: `${PRIVACY}; ${APP_FRAUD}`,
    negatable: true,
    cues: `
      tell/give/read/send/confirm/share/provide ~ pin/password/passcode/cvv/cvc |
      tell/give/read/send/share/provide ~ security/verification/one-time code |
      tell/give/read/send/share ~ code ~ sent/received/text/phone | what ~ your ~ pin/password/passcode/cvv |
      what ~ full card number | read ~ full card number`
  },
  {
    rule: 'asks_secret',
    version: 1,
    language: 'zh',
    speaker: 'agent',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2022-12-01',
    source: `${CN_PRIVACY}; ${CN_FRAUD}`,
    negatable: true,
    cues: `
      告诉/报/提供/发/说 ~ 密码/验证码/安全码 | 密码/验证码/安全码 ~ 告诉我/报给我/发给我/发我/说一下/报一下 | 密码是多少 |
      验证码是多少`
  },
  {
    rule: 'pressure',
    version: 1,
    language: 'en',
    speaker: 'agent',
    severity: 'caution',
    products: 'all',
    appliesFrom: '2023-07-31',
    source: 'FCA PRIN 2A (Consumer Duty), cross-cutting rules',
    negatable: true,
    cues: `
      last chance | only today | today only | you must decide | decide now | act now | before it is too late | everyone is buying |
      dont need to read | no need to read | just sign | skip ~ questionnaire | answer ~ questionnaire ~ for you`
  },
  {
    rule: 'pressure',
    version: 1,
    language: 'zh',
    speaker: 'agent',
    severity: 'caution',
    products: 'all',
    appliesFrom: '2023-03-01',
    source: CN_CONSUMER,
    negatable: true,
    cues: `
      最后一天 | 最后机会 | 今天必须 | 马上就没了 | 错过就没 | 大家都在买 | 不用看 ~ 合同/条款 | 不用细看 | 直接签 | 先签字 |
      风险测评 ~ 帮您填 | 随便填 | 赶快买 | 赶紧买`
  },
  {
    rule: 'rude',
    version: 1,
    language: 'en',
    speaker: 'agent',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2018-01-01',
    source: 'ISO 18295-1:2017, 5.3 (conduct toward customers)',
    negatable: true,
    cues: `
      calm down | not my problem | not my job | your own fault | i dont care | you are lying | shut up | stupid | idiot |
      you should have read | stop shouting | whatever you say`
  },
  {
    rule: 'rude',
    version: 1,
    language: 'zh',
    speaker: 'agent',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2023-03-01',
    source: CN_CONSUMER,
    negatable: true,
    cues: `
      不关我的事 | 不归我管 | 跟我没关系 | 你自己的问题 | 爱办不办 | 随便你 | 你有完没完 | 听不懂人话 | 你冷静 | 说了你也不懂 |
      闭嘴 | 白痴 | 你去投诉吧 | 烦不烦`
  },
  {
    rule: 'coached',
    version: 1,
    language: 'en',
    speaker: 'customer',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2024-10-07',
    source: APP_FRAUD,
    negatable: true,
    cues: `
      safe account | secure account | holding account | told me ~ not to tell | told me ~ say/lie/move/transfer/withdraw |
      told/asked me to ~ transfer/move/withdraw/buy/download/install | dont tell ~ bank | not tell ~ bank/anyone/family |
      keep ~ secret | he/she/they ~ on the other line | on the other phone | still on the phone with |
      on the phone with ~ police/officer/bank/investigator |
      officer/policeman/police/investigator/prosecutor ~ told/said/asked/needs | my account ~ under investigation |
      help ~ investigation | gift cards | he/she/they says/said ~ i must/should/have | guaranteed by ~ online friend | met online |
      met ~ on ~ app | crypto ~ platform | verify my funds | pay ~ fee ~ release`
  },
  {
    rule: 'coached',
    version: 1,
    language: 'zh',
    speaker: 'customer',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2022-12-01',
    source: CN_FRAUD,
    negatable: true,
    cues: `
      安全账户 | 公检法 | 警官 ~ 让/叫/说 | 警察 ~ 让我/叫我/说我 | 让我 ~ 转/汇/下载/保密/取 | 叫我 ~ 转/汇/下载/保密/取 |
      不让我 ~ 告诉/说 | 不要告诉 ~ 别人/银行/家人 | 保密 | 不能 ~ 告诉 ~ 银行/家人 | 涉嫌 ~ 洗钱/犯罪 | 资金核查 | 刷流水 | 刷单 |
      网上认识 | 网友 ~ 投资/转/带我 | 投资群 | 老师 ~ 带 ~ 投资 | 解冻费 | 保证金 ~ 才能 | 他们 ~ 说 ~ 必须 ~ 转 | 清查资金 |
      验资 | 客服 ~ 让我 ~ 转 | 虚拟币 | 注销 ~ 校园贷 | 影响征信 ~ 转`
  },
  {
    rule: 'screen_sharing',
    version: 1,
    language: 'en',
    speaker: 'customer',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2024-10-07',
    source: APP_FRAUD,
    negatable: true,
    cues: `
      share/shared/sharing ~ screen | screen share/sharing | anydesk | teamviewer | remote access | remote control |
      control ~ my ~ computer/phone/laptop | see/sees/watching ~ my screen |
      install/installed/download/downloaded ~ app ~ told/asked/sent/help | quick support | took over ~ computer/phone`
  },
  {
    rule: 'screen_sharing',
    version: 1,
    language: 'zh',
    speaker: 'customer',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2022-12-01',
    source: CN_FRAUD,
    negatable: true,
    cues: `
      屏幕共享 | 共享屏幕 | 共享 ~ 屏幕 | 远程控制 | 远程操作 | 远程协助 | 控制 ~ 我 ~ 手机/电脑 | 下载了 ~ 会议 | 看得到我 ~ 屏幕 |
      向日葵 | 开了 ~ 共享`
  },
  {
    rule: 'gave_secret',
    version: 1,
    language: 'en',
    speaker: 'customer',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2024-10-07',
    source: APP_FRAUD,
    negatable: true,
    cues: `
      gave/told/sent/read ~ code/pin/password/passcode | gave ~ card details | entered ~ details/password/code ~ link/site/page |
      clicked ~ link | typed ~ pin/password`
  },
  {
    rule: 'gave_secret',
    version: 1,
    language: 'zh',
    speaker: 'customer',
    severity: 'bad',
    products: 'all',
    appliesFrom: '2022-12-01',
    source: CN_FRAUD,
    negatable: true,
    cues: `
      验证码/密码 ~ 给了/告诉了/发给/说了/报给 | 把 ~ 验证码/密码 ~ 给/告诉/发/报 | 点了 ~ 链接 | 点开 ~ 链接 |
      告诉了 ~ 验证码/密码 | 填了 ~ 密码/验证码`
  },
  {
    rule: 'regulator',
    version: 1,
    language: 'en',
    speaker: 'customer',
    severity: 'caution',
    products: 'all',
    appliesFrom: '2016-06-30',
    source: 'FCA DISP 1.3 (complaints handling)',
    negatable: true,
    cues: `
      ombudsman | regulator | my lawyer | solicitor | sue you | take you to court | legal action | newspaper | journalist |
      consumer protection`
  },
  {
    rule: 'regulator',
    version: 1,
    language: 'zh',
    speaker: 'customer',
    severity: 'caution',
    products: 'all',
    appliesFrom: '2023-03-01',
    source: CN_CONSUMER,
    negatable: true,
    cues: `银保监 | 金融监管 | 消保 | 消费者协会 | 律师 | 起诉 | 法院 | 曝光 | 媒体 | 12378 | 12363 | 人民银行 ~ 投诉`
  },
  {
    rule: 'vulnerable',
    version: 1,
    language: 'en',
    speaker: 'customer',
    severity: 'caution',
    products: 'all',
    appliesFrom: '2021-02-23',
    source: 'FCA FG21/1 (fair treatment of vulnerable customers)',
    negatable: true,
    cues: `
      kill myself | end my life | suicide | cant go on | lost my job | passed away |
      my husband/wife/mother/father/son/daughter ~ died | bereavement | cancer | cant afford ~ food/rent/eat/medicine |
      no money for ~ food/rent | dementia | widow | domestic abuse`
  },
  {
    rule: 'vulnerable',
    version: 1,
    language: 'zh',
    speaker: 'customer',
    severity: 'caution',
    products: 'all',
    appliesFrom: '2023-03-01',
    source: CN_CONSUMER,
    negatable: true,
    cues: `不想活 | 活不下去 | 自杀 | 失业 | 去世 | 过世 | 癌症 | 救命钱 | 看病 ~ 没钱 | 没钱 ~ 吃饭/看病/交房租 | 老年痴呆 | 家暴`
  }
]
