import type { PauseReason, QualityWarning } from '../../src-shared/contract/phone.ts'
import { catalogue, plural } from './catalogue.svelte.ts'

interface ReviewTexts {
  room: string
  calls: string
  none: string
  noneText: string
  pick: string
  pickText: string
  more: string
  who: (customer: string, person: string) => string
  gaps: (n: number) => string
  noRecording: string
  noRecordingText: string
  loading: (ratio: string) => string
  play: string
  pause: string
  back: string
  ahead: string
  place: string
  speed: string
  times: (n: string) => string
  customer: string
  agent: string
  gapAt: (time: string, length: string, why: string) => string
  reason: Record<PauseReason, string>
  transcript: string
  noWords: string
  hear: (time: string) => string
  quality: string
  notMeasured: string
  mos: string
  mosLowest: string
  rtt: string
  jitter: string
  loss: string
  codec: string
  milliseconds: (n: string) => string
  highest: (n: string) => string
  warnings: string
  noWarnings: string
  warning: Record<QualityWarning, string>
  lasted: (from: string, to: string) => string
  timesWarned: (n: string) => string
  audited: string
}

/** Listening to calls again. */
export const reviewText = catalogue<ReviewTexts>(
  {
    room: 'Review',
    calls: 'Calls',
    none: 'No calls to look at yet',
    noneText: 'A call appears here when it is over.',
    pick: 'Choose a call',
    pickText: 'You hear it with its transcript, the stretches that were not recorded, and how good the line was.',
    more: 'Show earlier calls',
    who: (customer, person) => `${customer}, served by ${person}`,
    gaps: (n) => `${n} ${plural(n, { one: 'gap', other: 'gaps' })}`,
    noRecording: 'There is no recording of this call',
    noRecordingText: 'It was not recorded here, or its time of keeping is over. The transcript is below.',
    loading: (ratio) => `Loading the recording: ${ratio}`,
    play: 'Play',
    pause: 'Pause',
    back: 'Back 10 seconds',
    ahead: 'Ahead 10 seconds',
    place: 'Place in the recording',
    speed: 'Speed',
    times: (n) => `${n}×`,
    customer: 'Customer',
    agent: 'Agent',
    gapAt: (time, length, why) => `Not recorded at ${time} for ${length}: ${why}`,
    reason: { payment: 'card payment', personal: 'personal matter', request: 'the customer asked' },
    transcript: 'Transcript',
    noWords: 'Nobody’s words were written down.',
    hear: (time) => `Hear it from ${time}`,
    quality: 'Line quality',
    notMeasured: 'The phone measured nothing in this call.',
    mos: 'Listening quality (MOS)',
    mosLowest: 'lowest',
    rtt: 'Round trip',
    jitter: 'Jitter',
    loss: 'Packets lost',
    codec: 'Codec',
    milliseconds: (n) => `${n} ms`,
    highest: (n) => `highest ${n}`,
    warnings: 'Warnings in the call',
    noWarnings: 'None',
    warning: {
      'high-rtt': 'Long delay',
      'high-jitter': 'Packets came unevenly',
      'high-packet-loss': 'Packets were lost',
      'low-mos': 'Hard to understand',
      'constant-audio-input-level': 'The agent’s microphone gave nothing',
      'constant-audio-output-level': 'Nothing came from the customer',
      'low-bytes-received': 'Hardly any sound arrived',
      'low-bytes-sent': 'Hardly any sound was sent',
      'ice-connectivity-lost': 'The network was lost'
    },
    lasted: (from, to) => `${from} to ${to}`,
    timesWarned: (n) => `${n} times`,
    audited: 'Every opening of a recording is in the audit trail.'
  },
  {
    room: '质检',
    calls: '通话',
    none: '还没有可查看的通话',
    noneText: '通话结束后会出现在这里。',
    pick: '请选择一通电话',
    pickText: '可对照转写收听录音，查看未录音的时段和线路质量。',
    more: '显示更早的通话',
    who: (customer, person) => `${customer}，由${person}服务`,
    gaps: (n) => `${n} 处未录音`,
    noRecording: '这通电话没有录音',
    noRecordingText: '可能未在此处录音，或已超过保存期限。转写内容见下方。',
    loading: (ratio) => `正在加载录音：${ratio}`,
    play: '播放',
    pause: '暂停',
    back: '后退 10 秒',
    ahead: '前进 10 秒',
    place: '播放位置',
    speed: '速度',
    times: (n) => `${n} 倍`,
    customer: '客户',
    agent: '坐席',
    gapAt: (time, length, why) => `${time} 起未录音 ${length}：${why}`,
    reason: { payment: '刷卡付款', personal: '个人隐私', request: '客户要求' },
    transcript: '转写',
    noWords: '没有记录到任何话语。',
    hear: (time) => `从 ${time} 开始听`,
    quality: '线路质量',
    notMeasured: '电话未测得本次通话的质量。',
    mos: '听感评分（MOS）',
    mosLowest: '最低',
    rtt: '往返时延',
    jitter: '抖动',
    loss: '丢包',
    codec: '编码',
    milliseconds: (n) => `${n} 毫秒`,
    highest: (n) => `最高 ${n}`,
    warnings: '通话中的告警',
    noWarnings: '无',
    warning: {
      'high-rtt': '时延过长',
      'high-jitter': '语音包到达不均匀',
      'high-packet-loss': '语音包丢失',
      'low-mos': '难以听清',
      'constant-audio-input-level': '坐席麦克风没有声音',
      'constant-audio-output-level': '客户侧没有声音',
      'low-bytes-received': '几乎没有收到声音',
      'low-bytes-sent': '几乎没有发出声音',
      'ice-connectivity-lost': '网络中断'
    },
    lasted: (from, to) => `${from} 至 ${to}`,
    timesWarned: (n) => `${n} 次`,
    audited: '每次打开录音都会记入审计日志。'
  },
  {
    room: '質檢',
    calls: '通話',
    none: '還沒有可檢視的通話',
    noneText: '通話結束後會出現在這裡。',
    pick: '請選擇一通電話',
    pickText: '可對照逐字稿收聽錄音，檢視未錄音的時段與線路品質。',
    more: '顯示更早的通話',
    who: (customer, person) => `${customer}，由${person}服務`,
    gaps: (n) => `${n} 處未錄音`,
    noRecording: '這通電話沒有錄音',
    noRecordingText: '可能未在此處錄音，或已超過保存期限。逐字稿見下方。',
    loading: (ratio) => `正在載入錄音：${ratio}`,
    play: '播放',
    pause: '暫停',
    back: '後退 10 秒',
    ahead: '前進 10 秒',
    place: '播放位置',
    speed: '速度',
    times: (n) => `${n} 倍`,
    customer: '客戶',
    agent: '客服專員',
    gapAt: (time, length, why) => `${time} 起未錄音 ${length}：${why}`,
    reason: { payment: '刷卡付款', personal: '個人隱私', request: '客戶要求' },
    transcript: '逐字稿',
    noWords: '沒有記錄到任何話語。',
    hear: (time) => `從 ${time} 開始聽`,
    quality: '線路品質',
    notMeasured: '電話未測得本次通話的品質。',
    mos: '聽感評分（MOS）',
    mosLowest: '最低',
    rtt: '往返時延',
    jitter: '抖動',
    loss: '封包遺失',
    codec: '編碼',
    milliseconds: (n) => `${n} 毫秒`,
    highest: (n) => `最高 ${n}`,
    warnings: '通話中的告警',
    noWarnings: '無',
    warning: {
      'high-rtt': '時延過長',
      'high-jitter': '語音封包到達不均勻',
      'high-packet-loss': '語音封包遺失',
      'low-mos': '難以聽清',
      'constant-audio-input-level': '客服專員的麥克風沒有聲音',
      'constant-audio-output-level': '客戶端沒有聲音',
      'low-bytes-received': '幾乎沒有收到聲音',
      'low-bytes-sent': '幾乎沒有送出聲音',
      'ice-connectivity-lost': '網路中斷'
    },
    lasted: (from, to) => `${from} 至 ${to}`,
    timesWarned: (n) => `${n} 次`,
    audited: '每次開啟錄音都會記入稽核紀錄。'
  }
)
