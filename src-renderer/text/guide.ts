import { catalogue } from './catalogue.svelte.ts'

/** The first-start guide. */
export const guide = catalogue(
  {
    title: 'Welcome to Sidetone',
    step: (n: number, of: number) => `Step ${n} of ${of}`,
    skip: 'Skip the guide',
    back: 'Back',
    next: 'Next',
    done: 'Done',
    again: 'You find it again under Settings > General.',
    who: {
      title: 'This is you',
      text: 'Colleagues and the centre see this name. Choose the language and the look that you like to work with.'
    },
    headset: {
      title: 'Check your headset',
      text: 'Say something: the level must move. Play the test sound: you must hear it. The ringer may be another loudspeaker.'
    },
    call: {
      title: 'Take a practice call',
      text: 'You turn available, and a practice customer calls. Accept the offer at the top of the screen, talk, hang up, and wrap up. Nobody real is on the line.',
      start: 'Take a practice call',
      starting: 'Turning available and calling a customer…',
      late: 'The centre has not made you available yet. Check the line at the top right and try again.',
      none: 'No practice call is ready in this installation.'
    }
  },
  {
    title: '欢迎使用 Sidetone',
    step: (n: number, of: number) => `第 ${n} 步，共 ${of} 步`,
    skip: '跳过向导',
    back: '上一步',
    next: '下一步',
    done: '完成',
    again: '以后可在“设置 > 常规”中再次打开。',
    who: { title: '这就是您', text: '同事和中心会看到这个名字。请选择您习惯的语言和外观。' },
    headset: { title: '检查耳机', text: '请说几句话，音量条应随之变化；播放测试音，您应能听到。振铃可以使用另一个扬声器。' },
    call: {
      title: '接一个练习电话',
      text: '您将转为空闲，随后会有练习客户来电。请在屏幕上方接受振铃，通话、挂断，然后完成话后处理。对方不是真实客户。',
      start: '接一个练习电话',
      starting: '正在转为空闲并呼叫客户…',
      late: '中心尚未将您设为空闲。请查看右上角的线路状态后重试。',
      none: '当前安装中没有可用的练习电话。'
    }
  },
  {
    title: '歡迎使用 Sidetone',
    step: (n: number, of: number) => `第 ${n} 步，共 ${of} 步`,
    skip: '略過導覽',
    back: '上一步',
    next: '下一步',
    done: '完成',
    again: '之後可在「設定 > 一般」中再次開啟。',
    who: { title: '這就是您', text: '同事和中心會看到這個名字。請選擇您習慣的語言和外觀。' },
    headset: { title: '檢查耳機', text: '請說幾句話，音量條應隨之變化；播放測試音，您應能聽到。振鈴可以使用另一個揚聲器。' },
    call: {
      title: '接一通練習電話',
      text: '您將轉為待命，隨後會有練習客戶來電。請在畫面上方接受振鈴，通話、掛斷，然後完成話後處理。對方不是真實客戶。',
      start: '接一通練習電話',
      starting: '正在轉為待命並呼叫客戶…',
      late: '中心尚未將您設為待命。請檢視右上角的線路狀態後重試。',
      none: '目前安裝中沒有可用的練習電話。'
    }
  }
)
