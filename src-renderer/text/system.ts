import type { PauseReason } from '../../src-shared/contract/phone.ts'
import { CHANNELS, DISPOSITIONS, QUEUES } from '../../src-shared/taxonomy.ts'
import { catalogue, formatDate, formatDuration, formatTime } from './catalogue.svelte.ts'
import { copilotText } from './copilot.ts'
import { domain } from './domain.ts'
import { becauseWord, howWord } from './handoff.ts'

/** Values as the centre sent them; names of queues, channels and dispositions are already in words here. */
type Values = Readonly<Record<string, string>>
type Line = (v: Values) => string

const who = (v: Values, before: string, after: string): string => (v['person'] ? `${before}${v['person']}${after}` : '')

const en = {
  conversation_opened: (v: Values) => `Conversation opened${v['queue'] ? ` in ${v['queue']}` : ''}`,
  queued: (v: Values) => `Waiting${v['queue'] ? ` in ${v['queue']}` : ''}`,
  offered: (v: Values) => `Offered${who(v, ' to ', '')}`,
  offer_declined: (v: Values) => `Offer declined${who(v, ' by ', '')}`,
  offer_timeout: (v: Values) => `Offer not answered${who(v, ' by ', '')}`,
  assigned: (v: Values) => `Assigned${who(v, ' to ', '')}`,
  agent_left: (v: Values) => `The agent left; waiting again${v['queue'] ? ` in ${v['queue']}` : ''}`,
  transferred: (v: Values) =>
    `Transferred${v['queue'] ? ` to ${v['queue']}` : ''}${who(v, ' by ', '')}${v['reason'] ? `: ${v['reason']}` : ''}`,
  customer_left: () => 'The customer left',
  abandoned: () => 'The customer left before anybody answered',
  ended_by_customer: () => 'Ended by the customer',
  ended_by_agent: () => 'Ended by the agent',
  ended_by_centre: () => 'Ended by the centre',
  call_started: () => 'Call started',
  call_answered: (v: Values) => `Call answered${who(v, ' by ', '')}`,
  call_held: () => 'On hold',
  call_resumed: () => 'Call resumed',
  call_ended: (v: Values) => `Call ended${v['duration'] ? ` after ${v['duration']}` : ''}`,
  call_ended_by_customer: (v: Values) => `The customer hung up${v['duration'] ? ` after ${v['duration']}` : ''}`,
  call_ended_by_agent: (v: Values) => `The agent hung up${v['duration'] ? ` after ${v['duration']}` : ''}`,
  call_failed: (v: Values) => `The call broke off${v['duration'] ? ` after ${v['duration']}` : ''}`,
  call_recovered: () => 'Call taken back after an interruption',
  dialled: () => 'Outgoing call',
  call_not_reached: () => 'Nobody was reached',
  call_parked: (v: Values) => `Parked${v['slot'] ? ` at ${v['slot']}` : ''}${who(v, ' by ', '')}`,
  call_retrieved: (v: Values) => `Fetched${v['slot'] ? ` from ${v['slot']}` : ''}${who(v, ' by ', '')}`,
  passed_on_outside: (v: Values) => `Passed on${v['to'] ? ` to ${v['to']}` : ''}${v['reason'] ? `: ${v['reason']}` : ''}`,
  recording_paused: (v: Values) => `Recording paused${v['pause'] ? `: ${v['pause']}` : ''}`,
  recording_resumed: (v: Values) => `Recording goes on${v['duration'] ? ` after ${v['duration']}` : ''}`,
  recording_resumed_by_timer: (v: Values) => `Recording goes on by itself${v['duration'] ? ` after ${v['duration']}` : ''}`,
  recording_failed: () => 'The recording broke off; the call goes on without it',
  recorder_silent: () => 'The recorder did not confirm; what it does now is not known',
  verification_passed: (v: Values) => `Identity confirmed${v['how'] ? ` (${v['how']})` : ''}`,
  verification_failed: (v: Values) => `Identity not confirmed${v['how'] ? ` (${v['how']})` : ''}`,
  wrapped: (v: Values) => `Wrapped up${who(v, ' by ', '')}${v['disposition'] ? `: ${v['disposition']}` : ''}`,
  closed: () => 'Conversation closed',
  callback_agreed: (v: Values) =>
    `Call-back agreed${v['at'] ? ` for ${v['at']}` : ''}${who(v, ' by ', '')}${v['note'] ? `: ${v['note']}` : ''}`,
  callback_done: () => 'The call-back was done',
  callback_missed: () => 'The call-back reached nobody',
  callback_cancelled: () => 'The call-back was cancelled',
  alert_raised: (v: Values) => `Risk alert${v['alert'] ? `: ${v['alert']}` : ''}`,
  alert_cleared: (v: Values) => `Alert cleared${v['alert'] ? `: ${v['alert']}` : ''}`,
  alert_fraud: (v: Values) => `Fraud suspected${v['alert'] ? `: ${v['alert']}` : ''}`,
  front_desk_served: () => 'The front desk served this',
  front_desk_handed_over: (v: Values) => `The front desk handed over${v['because'] ? `: ${v['because']}` : ''}`
} satisfies Record<string, Line>

const texts = catalogue(
  en,
  {
    conversation_opened: (v) => `会话已开启${v['queue'] ? `（${v['queue']}）` : ''}`,
    queued: (v) => `排队中${v['queue'] ? `（${v['queue']}）` : ''}`,
    offered: (v) => `已分配${who(v, '给 ', '')}`,
    offer_declined: (v) => `${who(v, '', ' ')}拒接`,
    offer_timeout: (v) => `${who(v, '', ' ')}振铃未接`,
    assigned: (v) => `${v['person'] ? `由 ${v['person']} 接待` : '已由坐席接待'}`,
    agent_left: (v) => `坐席已离开，重新排队${v['queue'] ? `（${v['queue']}）` : ''}`,
    transferred: (v) => `${who(v, '', ' ')}已转接${v['queue'] ? `至${v['queue']}` : ''}${v['reason'] ? `：${v['reason']}` : ''}`,
    customer_left: () => '客户已离开',
    abandoned: () => '客户在接通前离开',
    ended_by_customer: () => '客户结束了会话',
    ended_by_agent: () => '坐席结束了会话',
    ended_by_centre: () => '中心结束了会话',
    call_started: () => '呼叫开始',
    call_answered: (v) => `${who(v, '', ' ')}已接通`,
    call_held: () => '通话保持中',
    call_resumed: () => '通话已恢复',
    call_ended: (v) => `通话结束${v['duration'] ? `，时长 ${v['duration']}` : ''}`,
    call_ended_by_customer: (v) => `客户挂断${v['duration'] ? `，时长 ${v['duration']}` : ''}`,
    call_ended_by_agent: (v) => `坐席挂断${v['duration'] ? `，时长 ${v['duration']}` : ''}`,
    call_failed: (v) => `通话中断${v['duration'] ? `，时长 ${v['duration']}` : ''}`,
    call_recovered: () => '中断后已找回通话',
    dialled: () => '呼出通话',
    call_not_reached: () => '未接通',
    call_parked: (v) => `${who(v, '', ' ')}已驻留通话${v['slot'] ? `（${v['slot']}）` : ''}`,
    call_retrieved: (v) => `${who(v, '', ' ')}已取回驻留的通话${v['slot'] ? `（${v['slot']}）` : ''}`,
    passed_on_outside: (v) => `已转出${v['to'] ? `至 ${v['to']}` : ''}${v['reason'] ? `：${v['reason']}` : ''}`,
    recording_paused: (v) => `录音已暂停${v['pause'] ? `：${v['pause']}` : ''}`,
    recording_resumed: (v) => `录音已继续${v['duration'] ? `，暂停了 ${v['duration']}` : ''}`,
    recording_resumed_by_timer: (v) => `录音已自动继续${v['duration'] ? `，暂停了 ${v['duration']}` : ''}`,
    recording_failed: () => '录音中断，通话继续但不再录音',
    recorder_silent: () => '录音设备没有确认，目前的录音状态未知',
    verification_passed: (v) => `身份核实通过${v['how'] ? `（${v['how']}）` : ''}`,
    verification_failed: (v) => `身份核实未通过${v['how'] ? `（${v['how']}）` : ''}`,
    wrapped: (v) => `${who(v, '', ' ')}已完成话后处理${v['disposition'] ? `：${v['disposition']}` : ''}`,
    closed: () => '会话已关闭',
    callback_agreed: (v) => `${who(v, '', ' ')}已约定回电${v['at'] ? `，时间 ${v['at']}` : ''}${v['note'] ? `：${v['note']}` : ''}`,
    callback_done: () => '约定的回电已完成',
    callback_missed: () => '约定的回电未接通',
    callback_cancelled: () => '约定的回电已取消',
    alert_raised: (v) => `风险预警${v['alert'] ? `：${v['alert']}` : ''}`,
    alert_cleared: (v) => `预警已解除${v['alert'] ? `：${v['alert']}` : ''}`,
    alert_fraud: (v) => `疑似诈骗${v['alert'] ? `：${v['alert']}` : ''}`,
    front_desk_served: () => '智能前台已办结',
    front_desk_handed_over: (v) => `智能前台已转人工${v['because'] ? `：${v['because']}` : ''}`
  },
  {
    conversation_opened: (v) => `對話已開啟${v['queue'] ? `（${v['queue']}）` : ''}`,
    queued: (v) => `排隊中${v['queue'] ? `（${v['queue']}）` : ''}`,
    offered: (v) => `已分派${who(v, '給 ', '')}`,
    offer_declined: (v) => `${who(v, '', ' ')}拒接`,
    offer_timeout: (v) => `${who(v, '', ' ')}振鈴未接`,
    assigned: (v) => `${v['person'] ? `由 ${v['person']} 接待` : '已由專員接待'}`,
    agent_left: (v) => `專員已離開，重新排隊${v['queue'] ? `（${v['queue']}）` : ''}`,
    transferred: (v) => `${who(v, '', ' ')}已轉接${v['queue'] ? `至${v['queue']}` : ''}${v['reason'] ? `：${v['reason']}` : ''}`,
    customer_left: () => '客戶已離開',
    abandoned: () => '客戶在接通前離開',
    ended_by_customer: () => '客戶結束了對話',
    ended_by_agent: () => '專員結束了對話',
    ended_by_centre: () => '中心結束了對話',
    call_started: () => '呼叫開始',
    call_answered: (v) => `${who(v, '', ' ')}已接通`,
    call_held: () => '通話保留中',
    call_resumed: () => '通話已恢復',
    call_ended: (v) => `通話結束${v['duration'] ? `，時長 ${v['duration']}` : ''}`,
    call_ended_by_customer: (v) => `客戶掛斷${v['duration'] ? `，時長 ${v['duration']}` : ''}`,
    call_ended_by_agent: (v) => `專員掛斷${v['duration'] ? `，時長 ${v['duration']}` : ''}`,
    call_failed: (v) => `通話中斷${v['duration'] ? `，時長 ${v['duration']}` : ''}`,
    call_recovered: () => '中斷後已找回通話',
    dialled: () => '撥出通話',
    call_not_reached: () => '未接通',
    call_parked: (v) => `${who(v, '', ' ')}已駐留通話${v['slot'] ? `（${v['slot']}）` : ''}`,
    call_retrieved: (v) => `${who(v, '', ' ')}已取回駐留的通話${v['slot'] ? `（${v['slot']}）` : ''}`,
    passed_on_outside: (v) => `已轉出${v['to'] ? `至 ${v['to']}` : ''}${v['reason'] ? `：${v['reason']}` : ''}`,
    recording_paused: (v) => `錄音已暫停${v['pause'] ? `：${v['pause']}` : ''}`,
    recording_resumed: (v) => `錄音已繼續${v['duration'] ? `，暫停了 ${v['duration']}` : ''}`,
    recording_resumed_by_timer: (v) => `錄音已自動繼續${v['duration'] ? `，暫停了 ${v['duration']}` : ''}`,
    recording_failed: () => '錄音中斷，通話繼續但不再錄音',
    recorder_silent: () => '錄音設備沒有確認，目前的錄音狀態未知',
    verification_passed: (v) => `身分核實通過${v['how'] ? `（${v['how']}）` : ''}`,
    verification_failed: (v) => `身分核實未通過${v['how'] ? `（${v['how']}）` : ''}`,
    wrapped: (v) => `${who(v, '', ' ')}已完成話後處理${v['disposition'] ? `：${v['disposition']}` : ''}`,
    closed: () => '對話已關閉',
    callback_agreed: (v) => `${who(v, '', ' ')}已約定回電${v['at'] ? `，時間 ${v['at']}` : ''}${v['note'] ? `：${v['note']}` : ''}`,
    callback_done: () => '約定的回電已完成',
    callback_missed: () => '約定的回電未接通',
    callback_cancelled: () => '約定的回電已取消',
    alert_raised: (v) => `風險警示${v['alert'] ? `：${v['alert']}` : ''}`,
    alert_cleared: (v) => `警示已解除${v['alert'] ? `：${v['alert']}` : ''}`,
    alert_fraud: (v) => `疑似詐騙${v['alert'] ? `：${v['alert']}` : ''}`,
    front_desk_served: () => '智慧前台已辦結',
    front_desk_handed_over: (v) => `智慧前台已轉專員${v['because'] ? `：${v['because']}` : ''}`
  }
)

/** Why a recording was paused. */
const pauseWords = catalogue<Record<PauseReason, string>>(
  { payment: 'payment', personal: 'personal data', request: 'on request' },
  { payment: '付款', personal: '个人信息', request: '应要求' },
  { payment: '付款', personal: '個人資訊', request: '應要求' }
)

const oneOf = <T extends string>(list: readonly T[], value: string): T | undefined => list.find((one) => one === value)

const wordIn = (texts: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(texts, key) ? texts[key] : undefined

/** The taxonomies' ids in words, by the name of the value; everything else as it came. */
function inWords(name: string, value: string): string {
  if (name === 'how') return howWord(value)
  if (name === 'because') return becauseWord(value)
  if (name === 'pause') return wordIn(pauseWords(), value) ?? value
  if (name === 'alert') return wordIn(copilotText().alert, value) ?? value
  const queue = name === 'queue' ? oneOf(QUEUES, value) : undefined
  if (queue) return domain().queue[queue]
  const channel = name === 'channel' ? oneOf(CHANNELS, value) : undefined
  if (channel) return domain().channel[channel]
  const disposition = name === 'disposition' ? oneOf(DISPOSITIONS, value) : undefined
  return disposition ? domain().disposition[disposition] : value
}

/** What a timeline row of kind `system` says. A key that this version does not know is shown as it is. */
export function systemText(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  if (!Object.hasOwn(en, key)) return key
  const words = Object.fromEntries(
    Object.entries(values).map(([name, value]) =>
      name === 'durationMs'
        ? ['duration', formatDuration(Number(value))]
        : name === 'at'
          ? ['at', `${formatDate(Number(value))} ${formatTime(Number(value))}`]
          : [name, inWords(name, String(value))]
    )
  )
  return texts()[key as keyof typeof en](words) // the line above made sure it is one of them
}
