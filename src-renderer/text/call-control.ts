import type { QualityWarning } from '../../src-shared/contract/phone.ts'
import type { CallLink, Refused } from '../softphone/call/state.ts'
import type { Grade } from '../softphone/media/quality-mark.ts'
import { catalogue } from './catalogue.svelte.ts'

interface CallTexts {
  calling: string
  ringingThere: string
  earlyMedia: string
  earlyMediaLong: string
  takingBack: string
  cancelCall: string
  autoAnswered: string
  whispering: string

  link: Record<CallLink, string>
  linkLong: Record<CallLink, string>
  recovered: string
  recoveredLong: string

  grade: Record<Grade, string>
  soundIs: (word: string, mos: string) => string
  measuring: string
  codec: (name: string) => string
  rtt: (ms: string) => string
  jitter: (ms: string) => string
  loss: (share: string) => string
  warning: Record<QualityWarning, string>
  warningCleared: string

  more: string
  consult: string
  consulting: string
  talking: string
  waiting: string
  swap: string
  complete: string
  completeLong: (who: string, whom: string) => string
  abort: string
  abortLong: (who: string) => string
  merge: string
  conference: string
  conferenceWith: (names: string) => string
  drop: (who: string) => string
  holdAll: string
  resumeAll: string
  leave: string
  leaveLong: string
  split: string
  endAll: string

  park: string
  parked: (who: string, slot: string) => string
  parkedNow: string
  retrieve: string
  parkedCalls: string

  transfer: Record<'asking' | 'ringing' | 'trying' | 'done' | 'parking', (to: string) => string>
  otherCalls: string
  refused: Record<Refused['why'], (who: string) => string>

  incoming: string
  secondCall: string
  notOffered: string
  lost: (who: string, time: string) => string
  lostLong: string
  callBack: string
  understood: string

  transcript: string
  saysNow: (who: string, words: string) => string
  recogniserLost: string
  recogniserConnecting: string
}

/** Words for what a call goes through, and for what can be done with it. */
export const callText = catalogue<CallTexts>(
  {
    calling: 'Calling…',
    ringingThere: 'Ringing there',
    earlyMedia: 'Announcement',
    earlyMediaLong: 'You hear what the other network plays; nobody has answered yet.',
    takingBack: 'Taking the call back…',
    cancelCall: 'Cancel the call',
    autoAnswered: 'Answered by itself',
    whispering: 'A tone plays; then you are heard',

    link: { ok: 'Connected', cut: 'Line lost, reconnecting…', refreshing: 'Restoring…', proving: 'Checking the sound…' },
    linkLong: {
      ok: 'The call is connected.',
      cut: 'The line to the telephone system is gone. Keep talking: the sound goes its own way.',
      refreshing: 'The line is back; the call is being told where you are now.',
      proving: 'The call answered; it is checked whether sound goes both ways.'
    },
    recovered: 'Recovered',
    recoveredLong: 'Sound in both directions and the line to the call were proven.',

    grade: { best: 'Excellent', good: 'Good', fair: 'Fair', poor: 'Poor', bad: 'Bad' },
    soundIs: (word, mos) => `Sound: ${word} (MOS ${mos})`,
    measuring: 'The sound is being measured',
    codec: (name) => `Codec ${name}`,
    rtt: (ms) => `Round trip ${ms} ms`,
    jitter: (ms) => `Jitter ${ms} ms`,
    loss: (share) => `Loss ${share}`,
    warning: {
      'high-rtt': 'The line is slow: leave pauses.',
      'high-jitter': 'The line is uneven: the sound may stutter.',
      'high-packet-loss': 'Parts of the sound are lost on the way.',
      'low-mos': 'The sound is poor.',
      'constant-audio-input-level': 'Your microphone gives no changing sound. Is it muted on the headset?',
      'constant-audio-output-level': 'Nothing changing is heard from the other end.',
      'low-bytes-received': 'Hardly any sound arrives.',
      'low-bytes-sent': 'Hardly any of your sound leaves.',
      'ice-connectivity-lost': 'The way of the sound is interrupted; another is being looked for.'
    },
    warningCleared: 'The sound is normal again.',

    more: 'More for this call',
    consult: 'Consult',
    consulting: 'Consulting',
    talking: 'talking',
    waiting: 'on hold',
    swap: 'Swap',
    complete: 'Connect them',
    completeLong: (who, whom) => `Connect ${who} with ${whom} and leave`,
    abort: 'Back to the customer',
    abortLong: (who) => `End the consultation and go back to ${who}`,
    merge: 'Conference',
    conference: 'Conference',
    conferenceWith: (names) => `Conference with ${names}`,
    drop: (who) => `Drop ${who}`,
    holdAll: 'Hold everybody',
    resumeAll: 'Resume everybody',
    leave: 'Leave them talking',
    leaveLong: 'The others are connected with each other; you leave',
    split: 'End the conference, keep the first call',
    endAll: 'End for everybody',

    park: 'Park',
    parked: (who, slot) => `${who} is parked at ${slot}`,
    parkedNow: 'Parked',
    retrieve: 'Retrieve',
    parkedCalls: 'Parked calls',

    transfer: {
      asking: (to) => `Transfer to ${to}: asked`,
      trying: (to) => `Transfer to ${to}: being tried`,
      ringing: (to) => `Transfer to ${to}: ringing`,
      done: (to) => `Transferred to ${to}`,
      parking: (to) => `Parking in ${to}…`
    },
    otherCalls: 'Other calls',
    refused: {
      'do-not-disturb': (who) => `A call from ${who} was refused: do not disturb is on.`,
      'no-line-free': (who) => `A call from ${who} was refused: all your lines are in use.`
    },

    incoming: 'Direct call',
    secondCall: 'Call waiting',
    notOffered: 'Rings through directly; it becomes a conversation of yours when you take it.',
    lost: (who, time) => `The call with ${who} was lost at ${time}.`,
    lostLong: 'It could not be taken back, neither directly nor from where it was parked.',
    callBack: 'Call back',
    understood: 'Understood',

    transcript: 'Live transcript',
    saysNow: (who, words) => `${who}: ${words}`,
    recogniserLost: 'The live transcript stopped; the call goes on. Type what matters.',
    recogniserConnecting: 'The live transcript is starting.'
  },
  {
    calling: '正在呼叫…',
    ringingThere: '对方振铃中',
    earlyMedia: '播放提示音',
    earlyMediaLong: '您听到的是对方网络的提示音，尚无人接听。',
    takingBack: '正在找回通话…',
    cancelCall: '取消呼叫',
    autoAnswered: '已自动接听',
    whispering: '提示音播放中，之后对方能听到您',

    link: { ok: '已连接', cut: '线路中断，正在重连…', refreshing: '正在恢复…', proving: '正在确认声音…' },
    linkLong: {
      ok: '通话已连接。',
      cut: '与电话系统的线路已断。请继续通话：声音不受影响。',
      refreshing: '线路已恢复，正在更新通话。',
      proving: '通话已响应，正在确认双向声音。'
    },
    recovered: '已恢复',
    recoveredLong: '已确认双向声音和通话信令正常。',

    grade: { best: '优', good: '良', fair: '一般', poor: '较差', bad: '差' },
    soundIs: (word, mos) => `通话质量：${word}（MOS ${mos}）`,
    measuring: '正在测量通话质量',
    codec: (name) => `编码 ${name}`,
    rtt: (ms) => `往返时延 ${ms} 毫秒`,
    jitter: (ms) => `抖动 ${ms} 毫秒`,
    loss: (share) => `丢包 ${share}`,
    warning: {
      'high-rtt': '时延较大：说话请留间隔。',
      'high-jitter': '网络抖动：声音可能断续。',
      'high-packet-loss': '部分声音在途中丢失。',
      'low-mos': '通话质量较差。',
      'constant-audio-input-level': '麦克风没有变化的声音，耳机是否已静音？',
      'constant-audio-output-level': '听不到对方变化的声音。',
      'low-bytes-received': '几乎没有收到声音。',
      'low-bytes-sent': '您的声音几乎没有发出。',
      'ice-connectivity-lost': '声音通路中断，正在寻找其他通路。'
    },
    warningCleared: '通话质量已恢复正常。',

    more: '更多通话操作',
    consult: '咨询转',
    consulting: '咨询中',
    talking: '通话中',
    waiting: '保持中',
    swap: '切换',
    complete: '完成转接',
    completeLong: (who, whom) => `将${who}转接给${whom}并退出`,
    abort: '返回客户',
    abortLong: (who) => `结束咨询，返回与${who}的通话`,
    merge: '三方通话',
    conference: '三方通话',
    conferenceWith: (names) => `三方通话：${names}`,
    drop: (who) => `移出${who}`,
    holdAll: '全部保持',
    resumeAll: '全部恢复',
    leave: '退出并让双方继续',
    leaveLong: '双方直接接通，您退出通话',
    split: '结束三方通话，保留首个通话',
    endAll: '结束全部通话',

    park: '驻留',
    parked: (who, slot) => `${who}驻留在 ${slot}`,
    parkedNow: '已驻留',
    retrieve: '取回',
    parkedCalls: '驻留的通话',

    transfer: {
      asking: (to) => `转接至${to}：已请求`,
      trying: (to) => `转接至${to}：正在呼叫`,
      ringing: (to) => `转接至${to}：振铃中`,
      done: (to) => `已转接至${to}`,
      parking: (to) => `正在驻留到 ${to}…`
    },
    otherCalls: '其他通话',
    refused: {
      'do-not-disturb': (who) => `${who}的来电已拒绝：免打扰已开启。`,
      'no-line-free': (who) => `${who}的来电已拒绝：线路已全部占用。`
    },

    incoming: '直呼来电',
    secondCall: '呼叫等待',
    notOffered: '直接呼入；接听后成为您的会话。',
    lost: (who, time) => `与${who}的通话于 ${time} 丢失。`,
    lostLong: '直接找回和从驻留位取回均未成功。',
    callBack: '回拨',
    understood: '知道了',

    transcript: '实时转写',
    saysNow: (who, words) => `${who}：${words}`,
    recogniserLost: '实时转写已中断，通话不受影响。请手动记录要点。',
    recogniserConnecting: '实时转写正在启动。'
  },
  {
    calling: '正在撥打…',
    ringingThere: '對方振鈴中',
    earlyMedia: '播放提示音',
    earlyMediaLong: '您聽到的是對方網路的提示音，尚無人接聽。',
    takingBack: '正在找回通話…',
    cancelCall: '取消撥打',
    autoAnswered: '已自動接聽',
    whispering: '提示音播放中，之後對方能聽到您',

    link: { ok: '已連線', cut: '線路中斷，正在重連…', refreshing: '正在恢復…', proving: '正在確認聲音…' },
    linkLong: {
      ok: '通話已連線。',
      cut: '與電話系統的線路已斷。請繼續通話：聲音不受影響。',
      refreshing: '線路已恢復，正在更新通話。',
      proving: '通話已回應，正在確認雙向聲音。'
    },
    recovered: '已恢復',
    recoveredLong: '已確認雙向聲音和通話訊令正常。',

    grade: { best: '優', good: '良', fair: '普通', poor: '較差', bad: '差' },
    soundIs: (word, mos) => `通話品質：${word}（MOS ${mos}）`,
    measuring: '正在測量通話品質',
    codec: (name) => `編碼 ${name}`,
    rtt: (ms) => `往返延遲 ${ms} 毫秒`,
    jitter: (ms) => `抖動 ${ms} 毫秒`,
    loss: (share) => `封包遺失 ${share}`,
    warning: {
      'high-rtt': '延遲較大：說話請留間隔。',
      'high-jitter': '網路抖動：聲音可能斷續。',
      'high-packet-loss': '部分聲音在途中遺失。',
      'low-mos': '通話品質較差。',
      'constant-audio-input-level': '麥克風沒有變化的聲音，耳麥是否已靜音？',
      'constant-audio-output-level': '聽不到對方變化的聲音。',
      'low-bytes-received': '幾乎沒有收到聲音。',
      'low-bytes-sent': '您的聲音幾乎沒有送出。',
      'ice-connectivity-lost': '聲音通路中斷，正在尋找其他通路。'
    },
    warningCleared: '通話品質已恢復正常。',

    more: '更多通話操作',
    consult: '諮詢轉接',
    consulting: '諮詢中',
    talking: '通話中',
    waiting: '保留中',
    swap: '切換',
    complete: '完成轉接',
    completeLong: (who, whom) => `將${who}轉接給${whom}並退出`,
    abort: '返回客戶',
    abortLong: (who) => `結束諮詢，返回與${who}的通話`,
    merge: '三方通話',
    conference: '三方通話',
    conferenceWith: (names) => `三方通話：${names}`,
    drop: (who) => `移出${who}`,
    holdAll: '全部保留',
    resumeAll: '全部恢復',
    leave: '退出並讓雙方繼續',
    leaveLong: '雙方直接接通，您退出通話',
    split: '結束三方通話，保留首個通話',
    endAll: '結束全部通話',

    park: '駐留',
    parked: (who, slot) => `${who}駐留在 ${slot}`,
    parkedNow: '已駐留',
    retrieve: '取回',
    parkedCalls: '駐留的通話',

    transfer: {
      asking: (to) => `轉接至${to}：已請求`,
      trying: (to) => `轉接至${to}：正在撥打`,
      ringing: (to) => `轉接至${to}：振鈴中`,
      done: (to) => `已轉接至${to}`,
      parking: (to) => `正在駐留到 ${to}…`
    },
    otherCalls: '其他通話',
    refused: {
      'do-not-disturb': (who) => `${who}的來電已拒絕：勿擾已開啟。`,
      'no-line-free': (who) => `${who}的來電已拒絕：線路已全部占用。`
    },

    incoming: '直撥來電',
    secondCall: '電話插撥',
    notOffered: '直接撥入；接聽後成為您的對話。',
    lost: (who, time) => `與${who}的通話於 ${time} 遺失。`,
    lostLong: '直接找回和從駐留位取回均未成功。',
    callBack: '回撥',
    understood: '知道了',

    transcript: '即時轉寫',
    saysNow: (who, words) => `${who}：${words}`,
    recogniserLost: '即時轉寫已中斷，通話不受影響。請手動記錄要點。',
    recogniserConnecting: '即時轉寫正在啟動。'
  }
)
