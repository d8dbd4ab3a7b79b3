import type { HandoffReason, Tried } from '../../src-shared/front-desk.ts'
import { catalogue } from './catalogue.svelte.ts'
import { conversationText } from './conversation.ts'

type What = Tried['what']
type Outcome = Tried['outcome']

/** What a person who takes over is given. Sentences in the package itself are in the conversation's language. */
export const handoffText = catalogue(
  {
    whisper: 'Say the handoff in my ear',
    whisperHelp:
      'One sentence about who comes and why, while it rings. Never during a call. It comes out of the system’s own output: only with your headset as that.',
    title: 'Handed over',
    from: (name: string) => `by ${name}`,
    fromFrontDesk: 'by the front desk',
    fromColleague: 'by a colleague',
    note: 'In their words',
    identity: 'Identity',
    wanted: 'Wanted',
    tried: 'Done and tried',
    gathered: 'Gathered',
    promised: 'Promised',
    next: 'Next step',
    mood: 'Mood',
    verified: 'Verified',
    notVerified: 'Not verified',
    verification: { none: 'Not verified', started: 'Verification was begun', verified: 'Verified', failed: 'Verification failed' },
    verifiedBy: (how: string) => `Verified: ${how}`,
    how: { one_time_code: 'one-time code' } as Record<string, string>,
    copy: (value: string) => `Copy ${value}`,
    copied: 'Copied',
    by: (when: string) => `until ${when}`,
    because: {
      requested: 'Asked for a person',
      human_only: 'A person has to decide',
      strain: 'The customer is upset',
      risk: 'Risk of fraud',
      not_understood: 'Not understood',
      verification_failed: 'Identity not confirmed',
      refused: 'Refused by the bank',
      bank_unavailable: 'The bank did not answer',
      not_for_front_desk: 'Not for the front desk',
      passed_on: 'Passed on by a colleague'
    } satisfies Record<HandoffReason, string> as Record<HandoffReason, string>,
    what: {
      balance: 'Balance',
      transactions: 'Transactions',
      rates: 'Interest rates',
      repayment_date: 'Repayment date',
      fees: 'Fees',
      statement_send: 'Statement sent',
      card_block: 'Card block',
      transfer_status: 'Transfer status',
      loan_status: 'Loan status',
      policy_status: 'Policy status',
      branches: 'Branches',
      appointment_slots: 'Free appointments',
      appointment_book: 'Appointment',
      code_send: 'One-time code sent',
      code_check: 'One-time code checked',
      question: 'Question',
      verification: 'Identity check',
      article: 'Article'
    } satisfies Record<What, string> as Record<What, string>,
    outcome: { done: 'done', refused: 'refused', failed: 'failed', not_understood: 'not understood' } satisfies Record<
      Outcome,
      string
    > as Record<Outcome, string>,
    /** The bank's codes, where there is nothing else to tell. */
    detail: {
      not_found: 'nothing found',
      refused: 'refused',
      wrong_code: 'wrong code',
      code_expired: 'the code had expired',
      unavailable: 'no answer'
    } as Record<string, string>,
    fact: {
      tail: 'Last four digits',
      product: 'Product',
      amount: 'Amount',
      date: 'Date',
      card: 'Card',
      phone: 'Phone',
      policy: 'Policy',
      code: 'Number'
    } as Record<string, string>
  },
  {
    whisper: '耳语播报交接内容',
    whisperHelp: '振铃时用一句话播报客户是谁、为何转来，通话中不播报。声音从系统默认设备播放，请将耳机设为默认设备。',
    title: '转接交接',
    from: (name) => `来自 ${name}`,
    fromFrontDesk: '来自智能前台',
    fromColleague: '来自同事',
    note: '转接说明',
    identity: '身份',
    wanted: '诉求',
    tried: '已办理',
    gathered: '已知信息',
    promised: '已承诺',
    next: '下一步',
    mood: '情绪',
    verified: '已核实',
    notVerified: '未核实',
    verification: { none: '未核实', started: '核实未完成', verified: '已核实', failed: '核实未通过' },
    verifiedBy: (how) => `已核实：${how}`,
    how: { one_time_code: '动态验证码' },
    copy: (value) => `复制 ${value}`,
    copied: '已复制',
    by: (when) => `${when} 前`,
    because: {
      requested: '要求人工服务',
      human_only: '需人工决定',
      strain: '客户情绪激动',
      risk: '疑似诈骗',
      not_understood: '未能理解',
      verification_failed: '身份核实未通过',
      refused: '银行未予办理',
      bank_unavailable: '银行系统无应答',
      not_for_front_desk: '前台不办理',
      passed_on: '同事转来'
    },
    what: {
      balance: '余额',
      transactions: '交易明细',
      rates: '利率',
      repayment_date: '还款日',
      fees: '费用',
      statement_send: '发送账单',
      card_block: '挂失卡片',
      transfer_status: '转账进度',
      loan_status: '贷款进度',
      policy_status: '保单状态',
      branches: '网点',
      appointment_slots: '可预约时间',
      appointment_book: '预约',
      code_send: '发送验证码',
      code_check: '校验验证码',
      question: '提问',
      verification: '身份核实',
      article: '知识条目'
    },
    outcome: { done: '已完成', refused: '被拒绝', failed: '失败', not_understood: '未理解' },
    detail: {
      not_found: '没有找到',
      refused: '被拒绝',
      wrong_code: '验证码错误',
      code_expired: '验证码已过期',
      unavailable: '无应答'
    },
    fact: {
      tail: '末四位',
      product: '产品',
      amount: '金额',
      date: '日期',
      card: '卡号',
      phone: '电话',
      policy: '保单',
      code: '号码'
    }
  },
  {
    whisper: '耳語播報交接內容',
    whisperHelp: '振鈴時用一句話播報客戶是誰、為何轉來，通話中不播報。聲音由系統預設裝置播放，請將耳機設為預設裝置。',
    title: '轉接交接',
    from: (name) => `來自 ${name}`,
    fromFrontDesk: '來自智慧前台',
    fromColleague: '來自同事',
    note: '轉接說明',
    identity: '身分',
    wanted: '需求',
    tried: '已辦理',
    gathered: '已知資訊',
    promised: '已承諾',
    next: '下一步',
    mood: '情緒',
    verified: '已核實',
    notVerified: '未核實',
    verification: { none: '未核實', started: '核實未完成', verified: '已核實', failed: '核實未通過' },
    verifiedBy: (how) => `已核實：${how}`,
    how: { one_time_code: '一次性驗證碼' },
    copy: (value) => `複製 ${value}`,
    copied: '已複製',
    by: (when) => `${when} 前`,
    because: {
      requested: '要求專員服務',
      human_only: '須由專員決定',
      strain: '客戶情緒激動',
      risk: '疑似詐騙',
      not_understood: '未能理解',
      verification_failed: '身分核實未通過',
      refused: '銀行未予辦理',
      bank_unavailable: '銀行系統無回應',
      not_for_front_desk: '前台不辦理',
      passed_on: '同事轉來'
    },
    what: {
      balance: '餘額',
      transactions: '交易明細',
      rates: '利率',
      repayment_date: '還款日',
      fees: '費用',
      statement_send: '寄送對帳單',
      card_block: '掛失卡片',
      transfer_status: '轉帳進度',
      loan_status: '貸款進度',
      policy_status: '保單狀態',
      branches: '分行',
      appointment_slots: '可預約時段',
      appointment_book: '預約',
      code_send: '發送驗證碼',
      code_check: '檢查驗證碼',
      question: '提問',
      verification: '身分核實',
      article: '知識條目'
    },
    outcome: { done: '已完成', refused: '被拒絕', failed: '失敗', not_understood: '未理解' },
    detail: {
      not_found: '查無資料',
      refused: '被拒絕',
      wrong_code: '驗證碼錯誤',
      code_expired: '驗證碼已過期',
      unavailable: '無回應'
    },
    fact: {
      tail: '末四碼',
      product: '產品',
      amount: '金額',
      date: '日期',
      card: '卡號',
      phone: '電話',
      policy: '保單',
      code: '號碼'
    }
  }
)

const wordIn = (texts: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(texts, key) ? texts[key] : undefined

/** Why a person takes over; an id that this version does not know is shown as it is. */
export const becauseWord = (because: string): string => wordIn(handoffText().because, because) ?? because

/** How somebody was verified: by a person's choice, by the front desk, or as whoever did it wrote. */
export const howWord = (how: string): string => wordIn(conversationText().verifyHow, how) ?? wordIn(handoffText().how, how) ?? how

/** What came of something that was tried: a code of the bank in words, a sentence as it is. */
export const detailWords = (detail: string): string => wordIn(handoffText().detail, detail) ?? howWord(detail)

/** What a gathered fact is; one that this version has no word for is shown by its value alone. */
export const factWord = (name: string): string | undefined => wordIn(handoffText().fact, name)
