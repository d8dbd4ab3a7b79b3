import type { Problem, Registration } from '../softphone/call/state.ts'
import { CALL_PROBLEMS } from './call-problem.ts'
import { catalogue, plural } from './catalogue.svelte.ts'

interface SoftphoneTexts {
  registration: Record<Registration, string>
  registrationDetail: Record<Registration, string>
  accountFailed: string
  noPhone: string
  /** What happened, what it means, what to do. */
  problem: Record<Problem, string>
  offers: string
  offerCall: string
  offerChat: string
  offerArrived: (who: string, what: string, why: string) => string
  offersMore: (n: number) => string
  accept: string
  decline: string
  secondsLeft: (n: number) => string
  unknownCaller: string
  callStrip: string
  connecting: string
  holding: string
  onHold: (time: string) => string
  resuming: string
  hangingUp: string
  ended: string
  heldByFarEnd: string
  mute: string
  unmute: string
  muted: string
  hold: string
  resume: string
  keypad: string
  transfer: string
  transferTo: (queue: string) => string
  transferReason: string
  transferred: (queue: string) => string
  hangUp: string
  levelOut: string
  levelIn: string
  heard: string
  notHeard: string
  switchTo: (who: string) => string
  digitsSent: string
  digit: (key: string) => string
  dismiss: string
  recover: (who: string, time: string) => string
  takeBack: string
  notNeeded: string
  page: string
  devices: string
  microphone: string
  speaker: string
  ringer: string
  ringVolume: string
  systemDefault: string
  unnamed: (n: number) => string
  gone: string
  testSpeaker: string
  testRinger: string
  testing: string
  microphoneLevel: string
  speakNow: string
  outputFixed: string
  allow: string
  today: string
  noCalls: string
  noCallsText: string
  queueWas: (queue: string) => string
}

export const softphone = catalogue<SoftphoneTexts>(
  {
    registration: {
      off: 'Phone is off',
      connecting: 'Connecting',
      registering: 'Signing in to the telephone system',
      registered: 'Signed in',
      waiting: 'Not connected',
      refused: 'Not signed in'
    },
    registrationDetail: {
      off: 'No calls can reach you.',
      connecting: 'The telephone system is being reached.',
      registering: 'The telephone system is checking this phone.',
      registered: 'The telephone system knows this phone.',
      waiting: 'The telephone system cannot be reached, so no new calls ring here. Running calls go on; it is tried again by itself.',
      refused: 'The telephone system did not accept this phone, so no calls ring here. It is tried again by itself; if it lasts, tell IT.'
    },
    accountFailed: 'The phone account could not be loaded. It is tried again by itself.',
    noPhone: 'Your role works without a phone.',
    problem: CALL_PROBLEMS.en,
    offers: 'Offers',
    offerCall: 'Incoming call',
    offerChat: 'New chat',
    offerArrived: (who, what, why) => `${what}: ${who}. ${why}`,
    offersMore: (n) => plural(n, { one: 'one more waits', other: `${n} more wait` }),
    accept: 'Accept',
    decline: 'Decline',
    secondsLeft: (n) => plural(n, { one: '1 second left', other: `${n} seconds left` }),
    unknownCaller: 'Unknown caller',
    callStrip: 'Call',
    connecting: 'Connecting…',
    holding: 'Holding…',
    onHold: (time) => `On hold ${time}`,
    resuming: 'Resuming…',
    hangingUp: 'Hanging up…',
    ended: 'Call ended',
    heldByFarEnd: 'The customer put you on hold',
    mute: 'Mute',
    unmute: 'Unmute',
    muted: 'Muted',
    hold: 'Hold',
    resume: 'Resume',
    keypad: 'Keypad',
    transfer: 'Transfer',
    transferTo: (queue) => `Transfer to ${queue}`,
    transferReason: 'Transferred from the call strip',
    transferred: (queue) => `Being transferred to ${queue}`,
    hangUp: 'Hang up',
    levelOut: 'Your voice',
    levelIn: 'Customer’s voice',
    heard: 'The customer hears you',
    notHeard: 'Nothing of you arrives at the customer',
    switchTo: (who) => `Switch to ${who}`,
    digitsSent: 'Digits sent',
    digit: (key) => `Digit ${key}`,
    dismiss: 'Dismiss',
    recover: (who, time) => `Your call with ${who} was cut off at ${time}.`,
    takeBack: 'Take back',
    notNeeded: 'Not needed',
    page: 'Phone',
    devices: 'Headset and sound',
    microphone: 'Microphone',
    speaker: 'Speaker',
    ringer: 'Ringer',
    ringVolume: 'Ring volume',
    systemDefault: 'System default',
    unnamed: (n) => `Device ${n}`,
    gone: 'Chosen device (not plugged in)',
    testSpeaker: 'Test the speaker',
    testRinger: 'Test the ringer',
    testing: 'Playing…',
    microphoneLevel: 'Microphone level',
    speakNow: 'Say something: the bar should move.',
    outputFixed: 'This browser plays everything on the system’s device; choose it there.',
    allow: 'Allow the microphone',
    today: 'Calls today',
    noCalls: 'No calls yet today',
    noCallsText: 'Calls you have taken appear here.',
    queueWas: (queue) => `Queue ${queue}`
  },
  {
    registration: {
      off: '电话已关闭',
      connecting: '正在连接',
      registering: '正在登录电话系统',
      registered: '已登录',
      waiting: '未连接',
      refused: '未登录'
    },
    registrationDetail: {
      off: '来电无法接入。',
      connecting: '正在连接电话系统。',
      registering: '电话系统正在验证本机。',
      registered: '电话系统已确认本机。',
      waiting: '无法连接电话系统，新来电不会在此振铃。进行中的通话不受影响，系统会自动重试。',
      refused: '电话系统未接受本机登录，来电不会在此振铃。系统会自动重试；若持续如此，请联系 IT。'
    },
    accountFailed: '无法加载电话账号，系统会自动重试。',
    noPhone: '您的角色无需使用电话。',
    problem: CALL_PROBLEMS['zh-CN'],
    offers: '来访',
    offerCall: '来电',
    offerChat: '新会话',
    offerArrived: (who, what, why) => `${what}：${who}。${why}`,
    offersMore: (n) => `还有 ${n} 个等待`,
    accept: '接听',
    decline: '拒绝',
    secondsLeft: (n) => `剩余 ${n} 秒`,
    unknownCaller: '未知来电',
    callStrip: '通话',
    connecting: '接通中…',
    holding: '正在保持…',
    onHold: (time) => `保持中 ${time}`,
    resuming: '正在恢复…',
    hangingUp: '正在挂断…',
    ended: '通话已结束',
    heldByFarEnd: '客户将您置于保持',
    mute: '静音',
    unmute: '取消静音',
    muted: '已静音',
    hold: '保持',
    resume: '恢复通话',
    keypad: '拨号键盘',
    transfer: '转接',
    transferTo: (queue) => `转接到${queue}`,
    transferReason: '通话中转接',
    transferred: (queue) => `正在转接到${queue}`,
    hangUp: '挂断',
    levelOut: '您的声音',
    levelIn: '客户的声音',
    heard: '客户能听到您',
    notHeard: '客户未收到您的声音',
    switchTo: (who) => `切换到${who}`,
    digitsSent: '已发送的按键',
    digit: (key) => `按键 ${key}`,
    dismiss: '关闭',
    recover: (who, time) => `您与${who}的通话于 ${time} 中断。`,
    takeBack: '找回通话',
    notNeeded: '不需要',
    page: '电话',
    devices: '耳机与声音',
    microphone: '麦克风',
    speaker: '听筒',
    ringer: '振铃设备',
    ringVolume: '振铃音量',
    systemDefault: '系统默认',
    unnamed: (n) => `设备 ${n}`,
    gone: '所选设备（未插入）',
    testSpeaker: '测试听筒',
    testRinger: '测试振铃',
    testing: '正在播放…',
    microphoneLevel: '麦克风音量',
    speakNow: '请说话，音量条应随之跳动。',
    outputFixed: '此浏览器只能使用系统的播放设备，请在系统中选择。',
    allow: '允许使用麦克风',
    today: '今日通话',
    noCalls: '今天还没有通话',
    noCallsText: '您接听过的通话会显示在这里。',
    queueWas: (queue) => `队列：${queue}`
  },
  {
    registration: {
      off: '電話已關閉',
      connecting: '正在連線',
      registering: '正在登入電話系統',
      registered: '已登入',
      waiting: '未連線',
      refused: '未登入'
    },
    registrationDetail: {
      off: '來電無法接入。',
      connecting: '正在連線電話系統。',
      registering: '電話系統正在驗證本機。',
      registered: '電話系統已確認本機。',
      waiting: '無法連線電話系統，新來電不會在此振鈴。進行中的通話不受影響，系統會自動重試。',
      refused: '電話系統未接受本機登入，來電不會在此振鈴。系統會自動重試；若持續如此，請聯絡 IT。'
    },
    accountFailed: '無法載入電話帳號，系統會自動重試。',
    noPhone: '您的角色無需使用電話。',
    problem: CALL_PROBLEMS['zh-TW'],
    offers: '來訪',
    offerCall: '來電',
    offerChat: '新對話',
    offerArrived: (who, what, why) => `${what}：${who}。${why}`,
    offersMore: (n) => `還有 ${n} 個等待`,
    accept: '接聽',
    decline: '拒絕',
    secondsLeft: (n) => `剩餘 ${n} 秒`,
    unknownCaller: '未知來電',
    callStrip: '通話',
    connecting: '接通中…',
    holding: '正在保留…',
    onHold: (time) => `保留中 ${time}`,
    resuming: '正在恢復…',
    hangingUp: '正在掛斷…',
    ended: '通話已結束',
    heldByFarEnd: '客戶將您置於保留',
    mute: '靜音',
    unmute: '取消靜音',
    muted: '已靜音',
    hold: '保留',
    resume: '恢復通話',
    keypad: '撥號鍵盤',
    transfer: '轉接',
    transferTo: (queue) => `轉接到${queue}`,
    transferReason: '通話中轉接',
    transferred: (queue) => `正在轉接到${queue}`,
    hangUp: '掛斷',
    levelOut: '您的聲音',
    levelIn: '客戶的聲音',
    heard: '客戶能聽到您',
    notHeard: '客戶未收到您的聲音',
    switchTo: (who) => `切換到${who}`,
    digitsSent: '已傳送的按鍵',
    digit: (key) => `按鍵 ${key}`,
    dismiss: '關閉',
    recover: (who, time) => `您與${who}的通話於 ${time} 中斷。`,
    takeBack: '找回通話',
    notNeeded: '不需要',
    page: '電話',
    devices: '耳麥與聲音',
    microphone: '麥克風',
    speaker: '聽筒',
    ringer: '振鈴裝置',
    ringVolume: '振鈴音量',
    systemDefault: '系統預設',
    unnamed: (n) => `裝置 ${n}`,
    gone: '所選裝置（未插入）',
    testSpeaker: '測試聽筒',
    testRinger: '測試振鈴',
    testing: '正在播放…',
    microphoneLevel: '麥克風音量',
    speakNow: '請說話，音量條應隨之跳動。',
    outputFixed: '此瀏覽器只能使用系統的播放裝置，請在系統中選擇。',
    allow: '允許使用麥克風',
    today: '今日通話',
    noCalls: '今天還沒有通話',
    noCallsText: '您接聽過的通話會顯示在這裡。',
    queueWas: (queue) => `佇列：${queue}`
  }
)
