import { catalogue } from './catalogue.svelte.ts'

interface PhoneFailureTexts {
  /** No page that is the phone answered. */
  gone: string
  /** What was typed is no number or key. */
  input: string
}

/** What the phone did not do, where the desk is not to blame. */
export const phoneFailure = catalogue<PhoneFailureTexts>(
  {
    gone: 'The window that runs your phone did not answer, so nothing happened. Try again; if it stays so, reload that window.',
    input: 'The phone cannot use this number or key. Check it, then try again.'
  },
  {
    gone: '运行话机的窗口没有响应，操作未执行。请重试；若仍无响应，请刷新那个窗口。',
    input: '话机无法使用该号码或按键。请核对后重试。'
  },
  {
    gone: '執行話機的視窗沒有回應，操作未執行。請重試；若仍無回應，請重新整理那個視窗。',
    input: '話機無法使用該號碼或按鍵。請核對後重試。'
  }
)
