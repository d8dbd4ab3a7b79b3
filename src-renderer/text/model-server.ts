import type { AnswerRule, ModelFailure } from '../../src-shared/contract/model-server.ts'
import { catalogue } from './catalogue.svelte.ts'

interface ModelServerTexts {
  intro: string
  use: string
  useHelp: string
  uses: { off: string; on: string }
  url: string
  urlHelp: string
  model: string
  modelHelp: string
  key: string
  keyHelp: string
  keyKept: string
  deadline: string
  deadlineHelp: string
  seconds: string
  test: string
  testing: string
  testHelp: string
  worked: (seconds: string) => string
  notUsed: string
  failure: Record<ModelFailure, string>
  rule: Record<AnswerRule, string>
  status: (status: number) => string
  wrong: (field: string, why: string) => string
  must: Record<string, string>
  save: string
  saved: string
  undo: string
  unsaved: string
}

/** Settings of the model server. */
export const modelServerText = catalogue<ModelServerTexts>(
  {
    intro:
      'Everything works without this. A language model of your own can word suggestions and wrap-up notes better. What it is sent is masked, what it answers is checked, and where it fails or is late the desk keeps its own words.',
    use: 'Model server',
    useHelp: 'Ask your IT or data protection officer before you switch it on: masked text of conversations goes to this server.',
    uses: { off: 'Off', on: 'On' },
    url: 'Address',
    urlHelp: 'Where an OpenAI-compatible API begins, with /v1. http: only for a server on this computer.',
    model: 'Model',
    modelHelp: 'Its name as the server knows it.',
    key: 'Key',
    keyHelp: 'Kept encrypted on this desk and never shown again. Empty if the server wants none.',
    keyKept: 'A key is kept',
    deadline: 'Longest wait',
    deadlineHelp: 'An answer that comes later is not used.',
    seconds: 's',
    test: 'Try it',
    testing: 'Trying…',
    testHelp: 'Sends a made-up sample, nothing of any customer.',
    worked: (seconds) => `It works: a checked answer in ${seconds} s.`,
    notUsed: 'The server answers, but its answer would not be used:',
    failure: {
      unreachable: 'The server cannot be reached. Check the address, and whether the server is running.',
      key: 'The server refuses the key.',
      not_found: 'There is no such address or model on the server.',
      server: 'The server reports a fault of its own.',
      slow: 'The answer did not come within the longest wait.',
      not_understood: 'What answers there is no chat completion API.',
      incomplete: 'The answer broke off before its end.',
      too_large: 'The answer had no end in sight and was not read further.',
      resting: 'The server failed several times and is left alone for a while.',
      withheld: 'Nothing was sent.',
      refused: 'The answer broke a rule.',
      cancelled: 'It was called off.'
    },
    rule: {
      form: 'it does not keep to the form that was asked for.',
      length: 'it is too short or too long.',
      language: 'it is in another language.',
      source: 'it does not name the article it comes from.',
      personal_data: 'it holds personal data.',
      steering: 'it speaks like orders to a machine.',
      promise: 'it promises or asks what nobody may.',
      figures: 'it holds a figure that was not in the text.',
      names: 'it holds a name or address that was not in the text.',
      claims: 'it says something in the bank’s name that was not in the text.',
      acts: 'it claims that something was done which was not.'
    },
    status: (status) => `HTTP status ${status}`,
    wrong: (field, why) => `${field}: ${why}`,
    must: {
      url: 'must be an https: address, without user name or query (http: on this computer only).',
      model: 'name a model.',
      key: 'only Latin letters, digits and signs, without spaces.'
    },
    save: 'Save',
    saved: 'The model server is saved.',
    undo: 'Undo changes',
    unsaved: 'Not saved yet.'
  },
  {
    intro:
      '不启用也能正常使用全部功能。您自有的语言模型可以润色建议话术和话后小结：发送前先脱敏，回答先核对再显示；出错或超时则沿用本机措辞。',
    use: '模型服务器',
    useHelp: '启用前请先征得信息科技或数据保护负责人同意：脱敏后的对话文本会发送到该服务器。',
    uses: { off: '关闭', on: '启用' },
    url: '地址',
    urlHelp: '兼容 OpenAI 的接口起始地址，含 /v1。仅本机服务器可用 http:。',
    model: '模型',
    modelHelp: '服务器上的模型名称。',
    key: '密钥',
    keyHelp: '加密保存在本工作台，不再显示。服务器不需要时留空。',
    keyKept: '已保存密钥',
    deadline: '最长等待',
    deadlineHelp: '超过该时间的回答不予采用。',
    seconds: '秒',
    test: '测试',
    testing: '正在测试…',
    testHelp: '只发送虚构的示例，不含任何客户内容。',
    worked: (seconds) => `可用：${seconds} 秒内得到通过核对的回答。`,
    notUsed: '服务器有回答，但不会被采用：',
    failure: {
      unreachable: '无法连接服务器。请检查地址，以及服务器是否在运行。',
      key: '服务器拒绝了密钥。',
      not_found: '服务器上没有该地址或模型。',
      server: '服务器报告自身故障。',
      slow: '未在最长等待时间内得到回答。',
      not_understood: '该地址提供的不是对话补全接口。',
      incomplete: '回答中途中断。',
      too_large: '回答过长，已停止读取。',
      resting: '服务器多次失败，暂停使用一段时间。',
      withheld: '没有发送任何内容。',
      refused: '回答违反规则。',
      cancelled: '已取消。'
    },
    rule: {
      form: '未按要求的格式回答。',
      length: '过短或过长。',
      language: '使用了其他语言。',
      source: '未注明出自哪篇文章。',
      personal_data: '含有个人信息。',
      steering: '含有对机器下指令的话。',
      promise: '含有禁止的承诺或不得索要的信息。',
      figures: '含有原文没有的数字。',
      names: '含有原文没有的名称或地址。',
      claims: '以银行名义说了原文没有的内容。',
      acts: '声称办理了并未办理的事。'
    },
    status: (status) => `HTTP 状态 ${status}`,
    wrong: (field, why) => `${field}：${why}`,
    must: {
      url: '须为 https: 地址，不含用户名和查询参数（仅本机可用 http:）。',
      model: '请填写模型名称。',
      key: '只能使用拉丁字母、数字和符号，不含空格。'
    },
    save: '保存',
    saved: '模型服务器已保存。',
    undo: '撤销修改',
    unsaved: '尚未保存。'
  },
  {
    intro:
      '不啟用也能正常使用所有功能。您自有的語言模型可以潤飾建議話術和話後摘要：傳送前先遮罩，回答先核對再顯示；出錯或逾時則沿用本機措辭。',
    use: '模型伺服器',
    useHelp: '啟用前請先徵得資訊或資料保護負責人同意：遮罩後的對話文字會傳送到該伺服器。',
    uses: { off: '關閉', on: '啟用' },
    url: '位址',
    urlHelp: '相容 OpenAI 的介面起始位址，含 /v1。僅本機伺服器可用 http:。',
    model: '模型',
    modelHelp: '伺服器上的模型名稱。',
    key: '金鑰',
    keyHelp: '加密儲存在本工作臺，不再顯示。伺服器不需要時留空。',
    keyKept: '已儲存金鑰',
    deadline: '最長等待',
    deadlineHelp: '超過此時間的回答不予採用。',
    seconds: '秒',
    test: '測試',
    testing: '正在測試…',
    testHelp: '只傳送虛構的範例，不含任何客戶內容。',
    worked: (seconds) => `可用：${seconds} 秒內得到通過核對的回答。`,
    notUsed: '伺服器有回答，但不會被採用：',
    failure: {
      unreachable: '無法連線到伺服器。請檢查位址，以及伺服器是否正在執行。',
      key: '伺服器拒絕了金鑰。',
      not_found: '伺服器上沒有該位址或模型。',
      server: '伺服器回報自身故障。',
      slow: '未在最長等待時間內得到回答。',
      not_understood: '該位址提供的不是對話補全介面。',
      incomplete: '回答中途中斷。',
      too_large: '回答過長，已停止讀取。',
      resting: '伺服器多次失敗，暫停使用一段時間。',
      withheld: '沒有傳送任何內容。',
      refused: '回答違反規則。',
      cancelled: '已取消。'
    },
    rule: {
      form: '未依要求的格式回答。',
      length: '過短或過長。',
      language: '使用了其他語言。',
      source: '未註明出自哪篇文章。',
      personal_data: '含有個人資料。',
      steering: '含有對機器下指令的話。',
      promise: '含有禁止的承諾或不得索取的資訊。',
      figures: '含有原文沒有的數字。',
      names: '含有原文沒有的名稱或位址。',
      claims: '以銀行名義說了原文沒有的內容。',
      acts: '聲稱辦理了並未辦理的事。'
    },
    status: (status) => `HTTP 狀態 ${status}`,
    wrong: (field, why) => `${field}：${why}`,
    must: {
      url: '須為 https: 位址，不含使用者名稱和查詢參數（僅本機可用 http:）。',
      model: '請填寫模型名稱。',
      key: '只能使用拉丁字母、數字和符號，不含空格。'
    },
    save: '儲存',
    saved: '模型伺服器已儲存。',
    undo: '復原變更',
    unsaved: '尚未儲存。'
  }
)
