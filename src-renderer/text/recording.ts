import type { PauseReason, RecordingGap } from '../../src-shared/contract/phone.ts'
import { catalogue } from './catalogue.svelte.ts'

interface RecordingTexts {
  recording: string
  recordingLong: string
  paused: string
  pausedLeft: (time: string) => string
  pausedLong: (reason: string, time: string) => string
  resumesAt: (time: string) => string
  askedPause: string
  askedResume: string
  askedLong: string
  goesOn: string
  failed: (status: string) => string
  ended: string
  none: string
  noneLong: string
  menu: string
  pauseFor: Record<PauseReason, string>
  resume: string
  reason: Record<PauseReason, string>
  gaps: string
  gapsLong: string
  gapNow: string
  gapOf: (from: string, time: string) => string
  endedBy: Record<NonNullable<RecordingGap['endedBy']>, string>

  takePayment: string
  payment: string
  paymentLong: string
  amount: string
  reference: string
  currency: string
  notRecordedSince: (time: string) => string
  asking: string
  unsafe: string
  unsafeLong: string
  askAgain: string
  resumesBy: (time: string) => string
  runOut: string
  noRecorder: string
  paid: string
  notPaid: string
  paidNote: (amount: string, reference: string) => string
  notPaidNote: (amount: string, reference: string) => string
  noAmount: string
  cardInText: string
}

/** What is recorded of a call and what is not, and the step in which a customer pays. */
export const recordingText = catalogue<RecordingTexts>(
  {
    recording: 'Recording',
    recordingLong: 'The recorder says that this call is recorded.',
    paused: 'Not recorded',
    pausedLeft: (time) => `Not recorded ${time}`,
    pausedLong: (reason, time) => `The recorder confirmed the pause (${reason}). It resumes by itself at ${time}.`,
    resumesAt: (time) => `Resumes by itself at ${time}`,
    askedPause: 'Pause asked for…',
    askedResume: 'Resuming…',
    askedLong: 'The recorder has not confirmed it yet.',
    goesOn: 'Until then everything is recorded.',
    failed: (status) => `The recorder refused the last order (${status}).`,
    ended: 'Recording ended',
    none: 'No recorder',
    noneLong: 'Nothing is known of a recorder for this call.',
    menu: 'Recording',
    pauseFor: {
      payment: 'Pause for a payment (3 min)',
      personal: 'Pause for personal matters (1 min)',
      request: 'Pause at the customer’s request (2 min)'
    },
    resume: 'Resume recording',
    reason: { payment: 'payment', personal: 'personal matters', request: 'customer’s request' },
    gaps: 'Not recorded',
    gapsLong: 'Stretches of this call that the recorder confirmed not to have recorded',
    gapNow: 'going on',
    gapOf: (from, time) => `${from}, for ${time}`,
    endedBy: { agent: 'resumed by hand', timer: 'resumed by itself', 'step-closed': 'payment step closed', 'call-ended': 'the call ended' },

    takePayment: 'Take payment',
    payment: 'Payment',
    paymentLong:
      'Write down amount and reference only. The customer types the card on the phone’s keypad or at the bank’s terminal; never ask for the number and never type it here.',
    amount: 'Amount',
    reference: 'Reference',
    currency: 'Currency',
    notRecordedSince: (time) => `Not recorded since ${time}`,
    asking: 'The recorder is being asked to pause. Wait before anything of a card is said.',
    unsafe: 'Recording goes on: do not take card data',
    unsafeLong: 'The recorder has not confirmed the pause.',
    askAgain: 'Ask again',
    resumesBy: (time) => `Recording resumes by itself in ${time}`,
    runOut: 'The time is up and recording goes on again. Pause anew if the payment is not done.',
    noRecorder: 'This call has no recorder that is known here. Follow your bank’s rule for unrecorded payments.',
    paid: 'Paid',
    notPaid: 'Not paid',
    paidNote: (amount, reference) => `Payment taken: ${amount}${reference ? `, reference ${reference}` : ''}.`,
    notPaidNote: (amount, reference) => `Payment not completed: ${amount}${reference ? `, reference ${reference}` : ''}.`,
    noAmount: 'Enter the amount.',
    cardInText: 'This looks like a card number. Card numbers must not be written here.'
  },
  {
    recording: '录音中',
    recordingLong: '录音系统确认本通话正在录音。',
    paused: '未录音',
    pausedLeft: (time) => `未录音 ${time}`,
    pausedLong: (reason, time) => `录音系统已确认暂停（${reason}），将于 ${time} 自动恢复。`,
    resumesAt: (time) => `${time} 自动恢复`,
    askedPause: '已请求暂停…',
    askedResume: '正在恢复…',
    askedLong: '录音系统尚未确认。',
    goesOn: '确认前仍在录音。',
    failed: (status) => `录音系统拒绝了上一次请求（${status}）。`,
    ended: '录音已结束',
    none: '无录音',
    noneLong: '本通话没有已知的录音系统。',
    menu: '录音',
    pauseFor: { payment: '因付款暂停录音（3 分钟）', personal: '因私人事项暂停录音（1 分钟）', request: '应客户要求暂停录音（2 分钟）' },
    resume: '恢复录音',
    reason: { payment: '付款', personal: '私人事项', request: '客户要求' },
    gaps: '未录音时段',
    gapsLong: '录音系统确认未录音的时段',
    gapNow: '进行中',
    gapOf: (from, time) => `${from}，持续 ${time}`,
    endedBy: { agent: '手动恢复', timer: '自动恢复', 'step-closed': '付款步骤已关闭', 'call-ended': '通话已结束' },

    takePayment: '收款',
    payment: '收款',
    paymentLong: '此处仅登记金额和参考号。卡号由客户在电话按键或银行终端上输入；请勿询问卡号，也不要在此输入。',
    amount: '金额',
    reference: '参考号',
    currency: '币种',
    notRecordedSince: (time) => `自 ${time} 起未录音`,
    asking: '正在请求暂停录音，请稍候，先不要谈及卡片信息。',
    unsafe: '仍在录音：请勿收取卡片信息',
    unsafeLong: '录音系统未确认暂停。',
    askAgain: '再次请求',
    resumesBy: (time) => `${time} 后自动恢复录音`,
    runOut: '暂停时间已到，录音已恢复。若付款未完成，请重新暂停。',
    noRecorder: '本通话没有已知的录音系统，请按本行无录音收款的规定办理。',
    paid: '已付款',
    notPaid: '未付款',
    paidNote: (amount, reference) => `已收款：${amount}${reference ? `，参考号 ${reference}` : ''}。`,
    notPaidNote: (amount, reference) => `付款未完成：${amount}${reference ? `，参考号 ${reference}` : ''}。`,
    noAmount: '请输入金额。',
    cardInText: '这看起来像卡号。卡号不得写在此处。'
  },
  {
    recording: '錄音中',
    recordingLong: '錄音系統確認本通話正在錄音。',
    paused: '未錄音',
    pausedLeft: (time) => `未錄音 ${time}`,
    pausedLong: (reason, time) => `錄音系統已確認暫停（${reason}），將於 ${time} 自動恢復。`,
    resumesAt: (time) => `${time} 自動恢復`,
    askedPause: '已請求暫停…',
    askedResume: '正在恢復…',
    askedLong: '錄音系統尚未確認。',
    goesOn: '確認前仍在錄音。',
    failed: (status) => `錄音系統拒絕了上一次請求（${status}）。`,
    ended: '錄音已結束',
    none: '無錄音',
    noneLong: '本通話沒有已知的錄音系統。',
    menu: '錄音',
    pauseFor: { payment: '因付款暫停錄音（3 分鐘）', personal: '因私人事項暫停錄音（1 分鐘）', request: '應客戶要求暫停錄音（2 分鐘）' },
    resume: '恢復錄音',
    reason: { payment: '付款', personal: '私人事項', request: '客戶要求' },
    gaps: '未錄音時段',
    gapsLong: '錄音系統確認未錄音的時段',
    gapNow: '進行中',
    gapOf: (from, time) => `${from}，持續 ${time}`,
    endedBy: { agent: '手動恢復', timer: '自動恢復', 'step-closed': '付款步驟已關閉', 'call-ended': '通話已結束' },

    takePayment: '收款',
    payment: '收款',
    paymentLong: '此處僅登記金額和參考號。卡號由客戶在電話按鍵或銀行終端機上輸入；請勿詢問卡號，也不要在此輸入。',
    amount: '金額',
    reference: '參考號',
    currency: '幣別',
    notRecordedSince: (time) => `自 ${time} 起未錄音`,
    asking: '正在請求暫停錄音，請稍候，先不要談及卡片資訊。',
    unsafe: '仍在錄音：請勿收取卡片資訊',
    unsafeLong: '錄音系統未確認暫停。',
    askAgain: '再次請求',
    resumesBy: (time) => `${time} 後自動恢復錄音`,
    runOut: '暫停時間已到，錄音已恢復。若付款未完成，請重新暫停。',
    noRecorder: '本通話沒有已知的錄音系統，請依本行無錄音收款的規定辦理。',
    paid: '已付款',
    notPaid: '未付款',
    paidNote: (amount, reference) => `已收款：${amount}${reference ? `，參考號 ${reference}` : ''}。`,
    notPaidNote: (amount, reference) => `付款未完成：${amount}${reference ? `，參考號 ${reference}` : ''}。`,
    noAmount: '請輸入金額。',
    cardInText: '這看起來像卡號。卡號不得寫在此處。'
  }
)
