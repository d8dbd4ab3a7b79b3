import type { ReadinessCause } from '../../src-shared/contract/phone.ts'
import { catalogue } from './catalogue.svelte.ts'

interface ReadyTexts {
  elsewhere: string
  elsewhereLong: string
  silent: string
  silentLong: string
  notReady: Record<ReadinessCause, string>
  whatToDo: Record<ReadinessCause, string>
  ready: string
  readyTitle: string
  wantsAvailable: string
  writtenOnly: string
  writtenOnlyLong: string
  writtenOnlyNow: string
  withPhone: string
  checkPhone: string
  doNotDisturb: string
  doNotDisturbLong: string
  doNotDisturbOn: string
  doNotDisturbOff: string
}

/** Whether the phone can be called, why not, and where it is. */
export const readyText = catalogue<ReadyTexts>(
  {
    elsewhere: 'The phone is in another window',
    elsewhereLong:
      'Another window of yours holds microphone and calls. You can use them from here; close that window and the phone comes here.',
    silent: 'The window with the phone does not answer',
    silentLong: 'If it stays so, close that window: the phone then comes here.',
    notReady: {
      checking: 'The phone is being checked.',
      'not-registered': 'The telephone system has not confirmed this phone.',
      'microphone-denied': 'The microphone is blocked.',
      'microphone-missing': 'No microphone was found.',
      'microphone-busy': 'Another program uses the microphone.',
      'microphone-silent': 'The microphone gives no sound.',
      'no-output': 'The chosen speaker is not there.',
      'probe-failed': 'The last test of the sound failed.',
      'no-phone-page': 'No window with the phone is open.',
      'do-not-disturb': 'Do not disturb is on.'
    },
    whatToDo: {
      checking: 'This takes a moment.',
      'not-registered': 'It is tried again by itself; if it lasts, tell IT.',
      'microphone-denied': 'Allow it for Sidetone in the browser or system.',
      'microphone-missing': 'Plug in your headset.',
      'microphone-busy': 'Close the microphone in the other program.',
      'microphone-silent': 'Switch off the mute on the headset, or choose another microphone.',
      'no-output': 'Plug it in, or choose another speaker.',
      'probe-failed': 'Make a test call to see why.',
      'no-phone-page': 'Open Sidetone in a window that may use the microphone.',
      'do-not-disturb': 'Switch it off to be offered calls.'
    },
    ready: 'The phone is ready: signed in, microphone live, speaker there.',
    readyTitle: 'Readiness',
    wantsAvailable: 'You are available again as soon as the phone is ready.',
    writtenOnly: 'Serve chats only',
    writtenOnlyLong: 'No calls are offered, so the phone need not be ready',
    writtenOnlyNow: 'chats only',
    withPhone: 'Serve calls again',
    checkPhone: 'Check the phone',
    doNotDisturb: 'Do not disturb',
    doNotDisturbLong: 'Calls are refused as busy; nothing rings',
    doNotDisturbOn: 'Do not disturb is on',
    doNotDisturbOff: 'Switch it off'
  },
  {
    elsewhere: '电话在另一个窗口',
    elsewhereLong: '麦克风和通话由您的另一个窗口持有，可在此处操作；关闭该窗口后电话会转到这里。',
    silent: '持有电话的窗口没有响应',
    silentLong: '若持续如此，请关闭该窗口，电话会转到这里。',
    notReady: {
      checking: '正在检查电话。',
      'not-registered': '电话系统尚未确认本机。',
      'microphone-denied': '麦克风被禁用。',
      'microphone-missing': '未找到麦克风。',
      'microphone-busy': '麦克风正被其他程序占用。',
      'microphone-silent': '麦克风没有声音。',
      'no-output': '所选听筒不可用。',
      'probe-failed': '上次声音检测未通过。',
      'no-phone-page': '没有打开带电话的窗口。',
      'do-not-disturb': '免打扰已开启。'
    },
    whatToDo: {
      checking: '请稍候。',
      'not-registered': '系统会自动重试；若持续如此，请联系 IT。',
      'microphone-denied': '请在浏览器或系统中允许 Sidetone 使用。',
      'microphone-missing': '请插入耳机。',
      'microphone-busy': '请在该程序中关闭麦克风。',
      'microphone-silent': '请关闭耳机静音，或选择其他麦克风。',
      'no-output': '请插入设备，或选择其他听筒。',
      'probe-failed': '请进行测试通话以查明原因。',
      'no-phone-page': '请在可使用麦克风的窗口打开 Sidetone。',
      'do-not-disturb': '关闭后才会分配来电。'
    },
    ready: '电话已就绪：已登录，麦克风有声，听筒可用。',
    readyTitle: '就绪状态',
    wantsAvailable: '电话就绪后自动恢复空闲。',
    writtenOnly: '仅服务文字会话',
    writtenOnlyLong: '不再分配来电，电话无需就绪',
    writtenOnlyNow: '仅文字',
    withPhone: '恢复接听来电',
    checkPhone: '检查电话',
    doNotDisturb: '免打扰',
    doNotDisturbLong: '来电一律按忙线拒绝，不振铃',
    doNotDisturbOn: '免打扰已开启',
    doNotDisturbOff: '关闭免打扰'
  },
  {
    elsewhere: '電話在另一個視窗',
    elsewhereLong: '麥克風和通話由您的另一個視窗持有，可在此處操作；關閉該視窗後電話會轉到這裡。',
    silent: '持有電話的視窗沒有回應',
    silentLong: '若持續如此，請關閉該視窗，電話會轉到這裡。',
    notReady: {
      checking: '正在檢查電話。',
      'not-registered': '電話系統尚未確認本機。',
      'microphone-denied': '麥克風被停用。',
      'microphone-missing': '找不到麥克風。',
      'microphone-busy': '麥克風正被其他程式占用。',
      'microphone-silent': '麥克風沒有聲音。',
      'no-output': '所選聽筒無法使用。',
      'probe-failed': '上次聲音檢測未通過。',
      'no-phone-page': '沒有開啟帶電話的視窗。',
      'do-not-disturb': '勿擾已開啟。'
    },
    whatToDo: {
      checking: '請稍候。',
      'not-registered': '系統會自動重試；若持續如此，請聯絡 IT。',
      'microphone-denied': '請在瀏覽器或系統中允許 Sidetone 使用。',
      'microphone-missing': '請插入耳麥。',
      'microphone-busy': '請在該程式中關閉麥克風。',
      'microphone-silent': '請關閉耳麥靜音，或選擇其他麥克風。',
      'no-output': '請插入裝置，或選擇其他聽筒。',
      'probe-failed': '請進行測試通話以查明原因。',
      'no-phone-page': '請在可使用麥克風的視窗開啟 Sidetone。',
      'do-not-disturb': '關閉後才會分配來電。'
    },
    ready: '電話已就緒：已登入，麥克風有聲，聽筒可用。',
    readyTitle: '就緒狀態',
    wantsAvailable: '電話就緒後自動恢復待命。',
    writtenOnly: '僅服務文字對話',
    writtenOnlyLong: '不再分配來電，電話無需就緒',
    writtenOnlyNow: '僅文字',
    withPhone: '恢復接聽來電',
    checkPhone: '檢查電話',
    doNotDisturb: '勿擾',
    doNotDisturbLong: '來電一律按忙線拒絕，不振鈴',
    doNotDisturbOn: '勿擾已開啟',
    doNotDisturbOff: '關閉勿擾'
  }
)
