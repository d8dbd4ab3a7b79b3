import type { Cause, Outcome, Step } from '../softphone/test-call/run.ts'
import { catalogue } from './catalogue.svelte.ts'

interface TestCallTexts {
  title: string
  intro: string
  start: string
  again: string
  stop: string
  inCall: string
  step: Record<Step, string>
  doing: Record<Step, string>
  state: Record<Outcome['state'], string>
  question: Record<'speaker' | 'ringer', string>
  yes: string
  no: string
  cause: Record<Cause, string>
  level: string
  sent: string
  received: string
  rtt: string
  jitter: string
  loss: string
  mos: string
  codec: string
  milliseconds: (n: string) => string
  notMeasured: string
  allWell: string
  notWell: (n: number) => string
}

/** The test call: is the phone fit for a day of calls? */
export const testCall = catalogue<TestCallTexts>(
  {
    title: 'Test call',
    intro: 'Half a minute that tells whether you hear and are heard. No customer is called.',
    start: 'Start the test',
    again: 'Test again',
    stop: 'Stop',
    inCall: 'Possible when no call is up.',
    step: { registration: 'Telephone system', microphone: 'Microphone', speaker: 'Speaker', ringer: 'Ringer', echo: 'Echo loop' },
    doing: {
      registration: 'Asking the telephone system…',
      microphone: 'Say something…',
      speaker: 'Playing three tones to your headset…',
      ringer: 'Playing three tones to your ringer…',
      echo: 'Calling the echo: keep talking, you hear yourself…'
    },
    state: {
      waiting: 'Not tried yet',
      running: 'Being tried',
      asking: 'Your answer, please',
      passed: 'Works',
      failed: 'Does not work',
      'left-out': 'Not tried'
    },
    question: { speaker: 'Did you hear three tones in your headset?', ringer: 'Did you hear three tones from your ringer?' },
    yes: 'Yes',
    no: 'No',
    cause: {
      'not-registered':
        'The telephone system did not accept this phone, so no call can reach you. Check server, user and password in Settings.',
      'microphone-silent': 'The microphone gives no sound. Check its mute switch and whether the right one is chosen.',
      'microphone-unusable': 'The microphone cannot be used. Allow it for Sidetone, plug it in, or close the program that holds it.',
      'speaker-not-heard': 'Choose another speaker in Settings, or turn its volume up.',
      'ringer-not-heard': 'Choose another ringer in Settings, or turn the ring volume up; else you miss calls.',
      'sound-failed': 'The computer could not play the tones on this device. Choose another one.',
      'no-echo-number': 'This telephone system has no echo number in Settings, so the way there and back was not measured.',
      'echo-not-answered': 'The echo number did not answer. Calls may not go through; tell IT.',
      'echo-silent': 'You were sent, but nothing came back: a firewall may hold the sound. Tell IT.',
      'nothing-sent': 'Your voice did not leave this computer. Talk during the test, and check the microphone.',
      'line-bad': 'You hear each other badly: too much delay, jitter or loss. Use the cable instead of Wi-Fi, or tell IT.',
      stopped: 'The test was stopped.'
    },
    level: 'Level',
    sent: 'You sent',
    received: 'Came back',
    rtt: 'Round trip',
    jitter: 'Jitter',
    loss: 'Lost',
    mos: 'Quality (MOS)',
    codec: 'Codec',
    milliseconds: (n) => `${n} ms`,
    notMeasured: 'not measured',
    allWell: 'All well: calls can come.',
    notWell: (n) => (n === 1 ? 'One thing needs mending.' : `${n} things need mending.`)
  },
  {
    title: '测试通话',
    intro: '半分钟内确认您听得到对方、对方也听得到您，不会呼叫任何客户。',
    start: '开始测试',
    again: '重新测试',
    stop: '停止',
    inCall: '没有通话时才能测试。',
    step: { registration: '电话系统', microphone: '麦克风', speaker: '听筒', ringer: '振铃设备', echo: '回声测试' },
    doing: {
      registration: '正在询问电话系统…',
      microphone: '请说几句话…',
      speaker: '正在耳机播放三声提示音…',
      ringer: '正在振铃设备播放三声提示音…',
      echo: '正在呼叫回声号码，请继续说话，您会听到自己的声音…'
    },
    state: { waiting: '尚未测试', running: '测试中', asking: '请回答', passed: '正常', failed: '不正常', 'left-out': '未测试' },
    question: { speaker: '耳机里听到三声提示音了吗？', ringer: '振铃设备听到三声提示音了吗？' },
    yes: '听到了',
    no: '没听到',
    cause: {
      'not-registered': '电话系统没有接受这部电话，来电无法到达。请在设置中检查服务器、用户和密码。',
      'microphone-silent': '麦克风没有声音。请检查静音开关，并确认选对了麦克风。',
      'microphone-unusable': '麦克风无法使用。请允许 Sidetone 使用、插好设备，或关闭占用它的程序。',
      'speaker-not-heard': '请在设置中选择其他听筒，或调高音量。',
      'ringer-not-heard': '请在设置中选择其他振铃设备，或调高铃声音量，否则会漏接来电。',
      'sound-failed': '电脑无法在此设备上播放提示音，请选择其他设备。',
      'no-echo-number': '设置中没有回声号码，因此没有测量往返线路。',
      'echo-not-answered': '回声号码没有应答，通话可能无法接通，请告知 IT。',
      'echo-silent': '您的声音已发出，但没有返回，可能被防火墙拦截，请告知 IT。',
      'nothing-sent': '您的声音没有离开本机。测试时请说话，并检查麦克风。',
      'line-bad': '通话质量差：时延、抖动或丢包过高。请改用网线，或告知 IT。',
      stopped: '测试已停止。'
    },
    level: '音量',
    sent: '发出',
    received: '返回',
    rtt: '往返时延',
    jitter: '抖动',
    loss: '丢包',
    mos: '质量（MOS）',
    codec: '编码',
    milliseconds: (n) => `${n} 毫秒`,
    notMeasured: '未测得',
    allWell: '一切正常，可以接听来电。',
    notWell: (n) => `有 ${n} 项需要处理。`
  },
  {
    title: '測試通話',
    intro: '半分鐘內確認您聽得到對方、對方也聽得到您，不會撥打任何客戶。',
    start: '開始測試',
    again: '重新測試',
    stop: '停止',
    inCall: '沒有通話時才能測試。',
    step: { registration: '電話系統', microphone: '麥克風', speaker: '聽筒', ringer: '響鈴裝置', echo: '回音測試' },
    doing: {
      registration: '正在詢問電話系統…',
      microphone: '請說幾句話…',
      speaker: '正在耳機播放三聲提示音…',
      ringer: '正在響鈴裝置播放三聲提示音…',
      echo: '正在撥打回音號碼，請繼續說話，您會聽到自己的聲音…'
    },
    state: { waiting: '尚未測試', running: '測試中', asking: '請回答', passed: '正常', failed: '不正常', 'left-out': '未測試' },
    question: { speaker: '耳機裡聽到三聲提示音了嗎？', ringer: '響鈴裝置聽到三聲提示音了嗎？' },
    yes: '聽到了',
    no: '沒聽到',
    cause: {
      'not-registered': '電話系統沒有接受這部電話，來電無法到達。請在設定中檢查伺服器、使用者與密碼。',
      'microphone-silent': '麥克風沒有聲音。請檢查靜音開關，並確認選對了麥克風。',
      'microphone-unusable': '麥克風無法使用。請允許 Sidetone 使用、插好裝置，或關閉佔用它的程式。',
      'speaker-not-heard': '請在設定中選擇其他聽筒，或調高音量。',
      'ringer-not-heard': '請在設定中選擇其他響鈴裝置，或調高鈴聲音量，否則會漏接來電。',
      'sound-failed': '電腦無法在此裝置上播放提示音，請選擇其他裝置。',
      'no-echo-number': '設定中沒有回音號碼，因此沒有測量往返線路。',
      'echo-not-answered': '回音號碼沒有應答，通話可能無法接通，請告知 IT。',
      'echo-silent': '您的聲音已送出，但沒有返回，可能被防火牆攔截，請告知 IT。',
      'nothing-sent': '您的聲音沒有離開本機。測試時請說話，並檢查麥克風。',
      'line-bad': '通話品質差：延遲、抖動或封包遺失過高。請改用網路線，或告知 IT。',
      stopped: '測試已停止。'
    },
    level: '音量',
    sent: '送出',
    received: '返回',
    rtt: '往返延遲',
    jitter: '抖動',
    loss: '封包遺失',
    mos: '品質（MOS）',
    codec: '編碼',
    milliseconds: (n) => `${n} 毫秒`,
    notMeasured: '未測得',
    allWell: '一切正常，可以接聽來電。',
    notWell: (n) => `有 ${n} 項需要處理。`
  }
)
