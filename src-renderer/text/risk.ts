import type { RiskEvidence } from '../../src-shared/risk.ts'
import { catalogue, formatDate, formatNumber, formatTime } from './catalogue.svelte.ts'
import { copilotText } from './copilot.ts'

export const riskText = catalogue(
  {
    title: 'Identity check',
    alertTitle: (names: string) => `Risk alert: ${names}`,
    open: 'Guided identity check',
    shows: 'What shows it',
    evidence: {
      login: (device: string, country: string, when: string) => `Log-in from ${device}, ${country}, ${when}`,
      transfer: (amount: string, payee: string, when: string) => `${amount} to ${payee}, ${when}`,
      usual: (amount: string, times: string) => `Usual transfer of 90 days: ${amount}; this is ${times} times as much`,
      count: (count: string, minutes: string, amount: string) => `${count} transfers within ${minutes} minutes, ${amount} in all`,
      said: (quote: string) => `The customer: “${quote}”`
    },
    ask: 'Ask openly, and wait for the answer',
    questions: [
      'Is anybody with you or on another line right now?',
      'Who asked you to make this payment, and what is it for?',
      'Did anybody ask you to install something or to share your screen?'
    ],
    check: 'One-time code',
    send: 'Send a code',
    sendAgain: 'Send a new code',
    code: 'Code the customer tells',
    checkIt: 'Check',
    never: 'The customer writes or tells it; it is never kept. Never ask for a PIN or a password.',
    state: {
      none: 'Not verified yet',
      sending: 'The bank is sending a code',
      sent: (to: string, until: string) => `Sent to the phone ending in ${to}, good until ${until}`,
      checking: 'The bank is checking the code',
      wrong: (times: string) => `That was not the code (${times}). Ask again, digit by digit`,
      expired: 'The code has expired. Send a new one',
      unavailable: 'The bank cannot be reached. Try again, or verify by questions',
      verified: 'Verified',
      failed: 'Not verified: give no information and do nothing on the account'
    },
    notACode: 'A code is 4 to 10 digits',
    cleared: 'All clear',
    clearedFirst: 'Verify the customer first',
    fraud: 'Suspect fraud',
    outcome: 'What it comes to',
    recorded: 'Recorded',
    close: 'Close'
  },
  {
    title: '身份核实',
    alertTitle: (names) => `风险预警：${names}`,
    open: '引导式身份核实',
    shows: '预警依据',
    evidence: {
      login: (device, country, when) => `${when}，在${country}用${device}登录`,
      transfer: (amount, payee, when) => `${when}，向${payee}转账 ${amount}`,
      usual: (amount, times) => `近 90 天通常转账 ${amount}，这笔是其 ${times} 倍`,
      count: (count, minutes, amount) => `${minutes} 分钟内转账 ${count} 笔，合计 ${amount}`,
      said: (quote) => `客户说：“${quote}”`
    },
    ask: '请开放式提问，并等客户回答',
    questions: ['现在您身边或其他电话里有别人吗？', '是谁让您转这笔钱的，用途是什么？', '有人让您安装软件或共享屏幕吗？'],
    check: '动态验证码',
    send: '发送验证码',
    sendAgain: '重新发送',
    code: '客户告知的验证码',
    checkIt: '核对',
    never: '由客户输入或告知，系统不留存。切勿询问密码。',
    state: {
      none: '尚未核实',
      sending: '银行正在发送验证码',
      sent: (to, until) => `已发送至尾号 ${to} 的手机，${until} 前有效`,
      checking: '银行正在核对验证码',
      wrong: (times) => `验证码不对（第 ${times} 次），请客户逐位再说一遍`,
      expired: '验证码已过期，请重新发送',
      unavailable: '暂时联系不上银行，请重试或改用安全问题核实',
      verified: '已核实',
      failed: '核实未通过：请勿提供信息，也不要办理账户业务'
    },
    notACode: '验证码为 4 至 10 位数字',
    cleared: '排除风险',
    clearedFirst: '请先核实客户身份',
    fraud: '疑似诈骗',
    outcome: '处理结果',
    recorded: '已记录',
    close: '关闭'
  },
  {
    title: '身分核實',
    alertTitle: (names) => `風險警示：${names}`,
    open: '引導式身分核實',
    shows: '警示依據',
    evidence: {
      login: (device, country, when) => `${when}，在${country}以${device}登入`,
      transfer: (amount, payee, when) => `${when}，向${payee}轉帳 ${amount}`,
      usual: (amount, times) => `近 90 天通常轉帳 ${amount}，這筆是其 ${times} 倍`,
      count: (count, minutes, amount) => `${minutes} 分鐘內轉帳 ${count} 筆，合計 ${amount}`,
      said: (quote) => `客戶說：「${quote}」`
    },
    ask: '請以開放式問題詢問，並等客戶回答',
    questions: ['現在您身邊或其他電話裡有別人嗎？', '是誰請您轉這筆錢的，用途是什麼？', '有人請您安裝軟體或分享螢幕嗎？'],
    check: '一次性驗證碼',
    send: '傳送驗證碼',
    sendAgain: '重新傳送',
    code: '客戶告知的驗證碼',
    checkIt: '核對',
    never: '由客戶輸入或告知，系統不留存。切勿詢問密碼。',
    state: {
      none: '尚未核實',
      sending: '銀行正在傳送驗證碼',
      sent: (to, until) => `已傳送至尾號 ${to} 的手機，${until} 前有效`,
      checking: '銀行正在核對驗證碼',
      wrong: (times) => `驗證碼不符（第 ${times} 次），請客戶逐位再說一次`,
      expired: '驗證碼已過期，請重新傳送',
      unavailable: '暫時聯絡不上銀行，請重試或改用安全問題核實',
      verified: '已核實',
      failed: '核實未通過：請勿提供資訊，也不要辦理帳戶業務'
    },
    notACode: '驗證碼為 4 至 10 位數字',
    cleared: '排除風險',
    clearedFirst: '請先核實客戶身分',
    fraud: '疑似詐騙',
    outcome: '處理結果',
    recorded: '已記錄',
    close: '關閉'
  }
)

/** What an alert is called; one with words of its own is shown by them. */
export function alertName(alert: string): string {
  const names = copilotText().alert
  return (Object.hasOwn(names, alert) ? names[alert] : undefined) ?? alert
}

/** One line of evidence. `region` names a country by its ISO 3166 code. */
export function evidenceLine({ key, values }: RiskEvidence, region: (code: string) => string): string {
  const t = riskText().evidence
  const text = (name: string) => String(values[name] ?? '')
  const amount = (name: string) => formatNumber(Math.round(Number(values[name] ?? 0)) / 100)
  const when = `${formatDate(Number(values['at'] ?? 0))} ${formatTime(Number(values['at'] ?? 0))}`
  switch (key) {
    case 'login':
      return t.login(text('device'), region(text('country')), when)
    case 'transfer':
      return t.transfer(amount('cents'), text('payee'), when)
    case 'usual':
      return t.usual(amount('cents'), text('times'))
    case 'count':
      return t.count(text('count'), String(Math.round(Number(values['withinMs'] ?? 0) / 60_000)), amount('cents'))
    case 'said':
      return t.said(text('quote'))
  }
}
