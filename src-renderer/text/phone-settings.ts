import type { PhoneSettings } from '../../src-shared/contract/phone.ts'
import { catalogue } from './catalogue.svelte.ts'

interface PhoneSettingsTexts {
  devices: string
  setup: string
  use: string
  useHelp: string
  writtenOnly: string
  writtenOnlyHelp: string
  source: string
  sourceHelp: string
  sources: Record<PhoneSettings['source'], string>
  servers: string
  serversHelp: string
  server: (n: number) => string
  addServer: string
  up: (what: string) => string
  down: (what: string) => string
  remove: (what: string) => string
  domain: string
  domainHelp: string
  user: string
  authUser: string
  authUserHelp: string
  secret: string
  secretHelp: string
  secretKept: string
  displayName: string
  network: string
  ice: string
  iceHelp: string
  iceServer: (n: number) => string
  iceUser: (n: number) => string
  iceCredential: (n: number) => string
  addIce: string
  signalling: string
  codecs: string
  codecsHelp: string
  codecNames: Record<PhoneSettings['codecs'][number], string>
  useCodec: (codec: string) => string
  dtmf: string
  dtmfHelp: string
  dtmfs: Record<PhoneSettings['dtmf'], string>
  header: string
  headerHelp: string
  sessionTimer: string
  sessionTimerHelp: string
  seconds: string
  lines: string
  linesHelp: string
  answering: string
  autoHeaders: string
  autoHeadersHelp: string
  autoQueues: string
  autoQueuesHelp: string
  calling: string
  country: string
  countryHelp: string
  prefix: string
  prefixHelp: string
  park: string
  parkHelp: string
  retrieve: string
  retrieveHelp: string
  echo: string
  echoHelp: string
  recording: string
  recorder: string
  recorderHelp: string
  recorders: Record<PhoneSettings['recorder'], string>
  transcriber: string
  transcriberHelp: string
  transcribers: Record<PhoneSettings['transcriber']['protocol'], string>
  transcriberUrl: string
  save: string
  undo: string
  saved: string
  savedReload: string
  reload: string
  unsaved: string
  wrong: (field: string, why: string) => string
  /** What a field must be, by its name; for one that was refused. */
  must: Record<string, string>
}

/** How the phone reaches its telephone system, as IT or the agent sets it. */
export const phoneSettings = catalogue<PhoneSettingsTexts>(
  {
    devices: 'Headset and sounds',
    setup: 'Telephone system',
    use: 'Calls',
    useHelp: 'Without a headset you can still serve chats.',
    writtenOnly: 'Serve chats only',
    writtenOnlyHelp: 'The phone stays off and no calls are offered to you.',
    source: 'Connect to',
    sourceHelp: 'Any PBX that speaks SIP over WebSocket will do.',
    sources: { practice: 'Practice telephone system', own: 'Our PBX' },
    servers: 'Servers',
    serversHelp: 'Tried from the top; the next one is used when one cannot be reached.',
    server: (n) => `Server ${n}`,
    addServer: 'Add a server',
    up: (what) => `Move ${what} up`,
    down: (what) => `Move ${what} down`,
    remove: (what) => `Remove ${what}`,
    domain: 'Domain',
    domainHelp: 'The part after the @ of your SIP address.',
    user: 'User',
    authUser: 'Sign-in name',
    authUserHelp: 'Only where it differs from the user.',
    secret: 'Password',
    secretHelp: 'Kept encrypted on this computer and never shown again.',
    secretKept: 'A password is kept; type to replace it',
    displayName: 'Name shown to others',
    network: 'Network',
    ice: 'STUN and TURN servers',
    iceHelp: 'Needed only when the PBX is behind another network.',
    iceServer: (n) => `Address ${n}`,
    iceUser: (n) => `User of address ${n}`,
    iceCredential: (n) => `Password of address ${n}`,
    addIce: 'Add an address',
    signalling: 'Calls and signalling',
    codecs: 'Audio codecs',
    codecsHelp: 'The first one that both sides know is used.',
    codecNames: { opus: 'Opus, 48 kHz', G722: 'G.722, 16 kHz', PCMA: 'G.711 A-law (PCMA)', PCMU: 'G.711 µ-law (PCMU)' },
    useCodec: (codec) => `Use ${codec}`,
    dtmf: 'Keypad digits',
    dtmfHelp: 'RTP events are heard by almost every system.',
    dtmfs: { rfc4733: 'RTP events (RFC 4733)', info: 'SIP INFO' },
    header: 'Header with the conversation id',
    headerHelp: 'Joins a call with its conversation. Without it the caller’s number decides.',
    sessionTimer: 'Session timer',
    sessionTimerHelp: 'Finds calls whose far end is gone (RFC 4028). 0 switches it off; 90 at least.',
    seconds: 'seconds',
    lines: 'Calls at once',
    linesHelp: 'A further caller hears the busy tone.',
    answering: 'Answering',
    autoHeaders: 'Answer by itself when the PBX asks for it',
    autoHeadersHelp: 'Call-Info: answer-after, or Alert-Info. A short tone tells you first.',
    autoQueues: 'Answer by itself for these queues',
    autoQueuesHelp: 'A short tone tells you before the caller hears you. Never while you talk.',
    calling: 'Calling',
    country: 'Country of numbers',
    countryHelp: 'Two letters, for numbers that are dialled without a country code.',
    prefix: 'Digits for an outside line',
    prefixHelp: 'Put before numbers outside the centre; empty for none.',
    park: 'Park code',
    parkHelp: 'Where a parked call is sent.',
    retrieve: 'Retrieve code',
    retrieveHelp: 'Dialled before the slot to fetch a parked call.',
    echo: 'Echo number',
    echoHelp: 'Sends back what it hears; the test call uses it. Empty when there is none.',
    recording: 'Recording and transcript',
    recorder: 'Who records',
    recorderHelp: 'Says who confirms that recording is paused, e.g. for card payments.',
    recorders: { centre: 'The contact centre', info: 'The PBX (SIP INFO, Record: on/off)', none: 'Nobody that Sidetone can ask' },
    transcriber: 'Speech recognition',
    transcriberHelp: 'Both voices are sent, apart, to this recogniser in your own network. Off: nothing leaves this computer.',
    transcribers: { off: 'Off', vosk: 'Vosk server', funasr: 'FunASR, two-pass' },
    transcriberUrl: 'Address of the recogniser',
    save: 'Save',
    undo: 'Undo changes',
    saved: 'Saved. The phone uses it as soon as no call is up.',
    savedReload: 'Saved. This page may reach the new address only after it is loaded again.',
    reload: 'Load the page again',
    unsaved: 'Not saved yet',
    wrong: (field, why) => `${field}: ${why}`,
    must: {
      servers: 'each needs an address such as wss://pbx.example.com:7443',
      domain: 'needs a host name, such as pbx.example.com',
      user: 'needs a SIP user name, without spaces or @',
      authUser: 'needs a SIP user name, without spaces or @',
      iceServers: 'each needs an address such as stun:stun.example.com or turn:turn.example.com',
      conversationHeader: 'must be the name of a header: letters, digits and hyphens',
      sessionExpiresS: 'must be 0, or 90 seconds and more',
      country: 'must be two letters, such as GB',
      outsidePrefix: 'must be digits',
      transcriber: 'needs an address such as wss://speech.example.com:2700'
    }
  },
  {
    devices: '耳机与声音',
    setup: '电话系统',
    use: '通话',
    useHelp: '没有耳机也可以处理在线会话。',
    writtenOnly: '仅服务文字会话',
    writtenOnlyHelp: '电话保持关闭，不会分配来电给您。',
    source: '连接到',
    sourceHelp: '支持 SIP over WebSocket 的任何交换机均可。',
    sources: { practice: '练习电话系统', own: '本单位的交换机' },
    servers: '服务器',
    serversHelp: '从上到下依次尝试，无法连接时使用下一台。',
    server: (n) => `服务器 ${n}`,
    addServer: '添加服务器',
    up: (what) => `上移${what}`,
    down: (what) => `下移${what}`,
    remove: (what) => `删除${what}`,
    domain: '域',
    domainHelp: 'SIP 地址中 @ 之后的部分。',
    user: '用户',
    authUser: '认证名',
    authUserHelp: '仅在与用户不同时填写。',
    secret: '密码',
    secretHelp: '加密保存在本机，之后不再显示。',
    secretKept: '已保存密码；输入即可替换',
    displayName: '对方看到的名称',
    network: '网络',
    ice: 'STUN 与 TURN 服务器',
    iceHelp: '仅当交换机位于另一个网络之后才需要。',
    iceServer: (n) => `地址 ${n}`,
    iceUser: (n) => `地址 ${n} 的用户`,
    iceCredential: (n) => `地址 ${n} 的密码`,
    addIce: '添加地址',
    signalling: '通话与信令',
    codecs: '音频编码',
    codecsHelp: '使用双方都支持的第一种。',
    codecNames: { opus: 'Opus，48 kHz', G722: 'G.722，16 kHz', PCMA: 'G.711 A 律（PCMA）', PCMU: 'G.711 µ 律（PCMU）' },
    useCodec: (codec) => `使用 ${codec}`,
    dtmf: '按键发送方式',
    dtmfHelp: '几乎所有系统都能识别 RTP 事件。',
    dtmfs: { rfc4733: 'RTP 事件（RFC 4733）', info: 'SIP INFO 消息' },
    header: '携带会话编号的头域',
    headerHelp: '用于把通话与会话对应起来；没有时按主叫号码判断。',
    sessionTimer: '会话定时器',
    sessionTimerHelp: '发现对端已消失的通话（RFC 4028）。0 表示关闭，最少 90 秒。',
    seconds: '秒',
    lines: '同时通话数',
    linesHelp: '超出时来电者听到忙音。',
    answering: '应答',
    autoHeaders: '交换机要求时自动应答',
    autoHeadersHelp: 'Call-Info: answer-after 或 Alert-Info，先以短音提示您。',
    autoQueues: '以下队列自动应答',
    autoQueuesHelp: '先以短音提示您，之后对方才听到您的声音；通话中不会自动应答。',
    calling: '拨号',
    country: '号码所属国家或地区',
    countryHelp: '两个字母，用于未带国家码的号码。',
    prefix: '外线字冠',
    prefixHelp: '加在中心以外号码之前；不需要则留空。',
    park: '驻留代码',
    parkHelp: '驻留通话转往的号码。',
    retrieve: '取回代码',
    retrieveHelp: '加在驻留位之前拨打，取回通话。',
    echo: '回声号码',
    echoHelp: '会把听到的声音送回，供测试通话使用；没有则留空。',
    recording: '录音与转写',
    recorder: '由谁录音',
    recorderHelp: '决定由谁确认录音已暂停，例如刷卡付款时。',
    recorders: { centre: '联络中心', info: '交换机（SIP INFO，Record: on/off）', none: '没有可询问的录音方' },
    transcriber: '语音识别',
    transcriberHelp: '双方声音分别发送到您网络内的识别服务。关闭时没有声音离开本机。',
    transcribers: { off: '关闭', vosk: 'Vosk 服务', funasr: 'FunASR 两遍识别' },
    transcriberUrl: '识别服务地址',
    save: '保存',
    undo: '撤销修改',
    saved: '已保存，没有通话时立即生效。',
    savedReload: '已保存。重新加载页面后才能连接新的地址。',
    reload: '重新加载页面',
    unsaved: '尚未保存',
    wrong: (field, why) => `${field}：${why}`,
    must: {
      servers: '每个地址应形如 wss://pbx.example.com:7443',
      domain: '应为主机名，例如 pbx.example.com',
      user: '应为 SIP 用户名，不含空格和 @',
      authUser: '应为 SIP 用户名，不含空格和 @',
      iceServers: '每个地址应形如 stun:stun.example.com 或 turn:turn.example.com',
      conversationHeader: '应为头域名称：字母、数字和连字符',
      sessionExpiresS: '应为 0，或不少于 90 秒',
      country: '应为两个字母，如 CN',
      outsidePrefix: '应为数字',
      transcriber: '需要形如 wss://speech.example.com:2700 的地址'
    }
  },
  {
    devices: '耳機與聲音',
    setup: '電話系統',
    use: '通話',
    useHelp: '沒有耳機也可以處理線上對話。',
    writtenOnly: '僅服務文字對話',
    writtenOnlyHelp: '電話保持關閉，不會分派來電給您。',
    source: '連線到',
    sourceHelp: '支援 SIP over WebSocket 的任何交換機均可。',
    sources: { practice: '練習電話系統', own: '本單位的交換機' },
    servers: '伺服器',
    serversHelp: '由上而下依序嘗試，無法連線時使用下一台。',
    server: (n) => `伺服器 ${n}`,
    addServer: '新增伺服器',
    up: (what) => `上移${what}`,
    down: (what) => `下移${what}`,
    remove: (what) => `刪除${what}`,
    domain: '網域',
    domainHelp: 'SIP 位址中 @ 之後的部分。',
    user: '使用者',
    authUser: '驗證名稱',
    authUserHelp: '僅在與使用者不同時填寫。',
    secret: '密碼',
    secretHelp: '加密保存在本機，之後不再顯示。',
    secretKept: '已保存密碼；輸入即可取代',
    displayName: '對方看到的名稱',
    network: '網路',
    ice: 'STUN 與 TURN 伺服器',
    iceHelp: '僅當交換機位於另一個網路之後才需要。',
    iceServer: (n) => `位址 ${n}`,
    iceUser: (n) => `位址 ${n} 的使用者`,
    iceCredential: (n) => `位址 ${n} 的密碼`,
    addIce: '新增位址',
    signalling: '通話與信令',
    codecs: '音訊編碼',
    codecsHelp: '使用雙方都支援的第一種。',
    codecNames: { opus: 'Opus，48 kHz', G722: 'G.722，16 kHz', PCMA: 'G.711 A 律（PCMA）', PCMU: 'G.711 µ 律（PCMU）' },
    useCodec: (codec) => `使用 ${codec}`,
    dtmf: '按鍵傳送方式',
    dtmfHelp: '幾乎所有系統都能辨識 RTP 事件。',
    dtmfs: { rfc4733: 'RTP 事件（RFC 4733）', info: 'SIP INFO 訊息' },
    header: '攜帶對話編號的標頭',
    headerHelp: '用來把通話與對話對應起來；沒有時依來電號碼判斷。',
    sessionTimer: '工作階段計時器',
    sessionTimerHelp: '找出對端已消失的通話（RFC 4028）。0 表示關閉，最少 90 秒。',
    seconds: '秒',
    lines: '同時通話數',
    linesHelp: '超出時來電者聽到忙音。',
    answering: '應答',
    autoHeaders: '交換機要求時自動應答',
    autoHeadersHelp: 'Call-Info: answer-after 或 Alert-Info，先以短音提示您。',
    autoQueues: '以下佇列自動應答',
    autoQueuesHelp: '先以短音提示您，之後對方才聽到您的聲音；通話中不會自動應答。',
    calling: '撥號',
    country: '號碼所屬國家或地區',
    countryHelp: '兩個字母，用於未帶國碼的號碼。',
    prefix: '外線字頭',
    prefixHelp: '加在中心以外號碼之前；不需要則留空。',
    park: '駐留代碼',
    parkHelp: '駐留通話轉往的號碼。',
    retrieve: '取回代碼',
    retrieveHelp: '加在駐留位之前撥打，取回通話。',
    echo: '回音號碼',
    echoHelp: '會把聽到的聲音送回，供測試通話使用；沒有則留空。',
    recording: '錄音與逐字稿',
    recorder: '由誰錄音',
    recorderHelp: '決定由誰確認錄音已暫停，例如刷卡付款時。',
    recorders: { centre: '聯絡中心', info: '交換機（SIP INFO，Record: on/off）', none: '沒有可詢問的錄音方' },
    transcriber: '語音辨識',
    transcriberHelp: '雙方聲音分別傳送到您網路內的辨識服務。關閉時沒有聲音離開本機。',
    transcribers: { off: '關閉', vosk: 'Vosk 服務', funasr: 'FunASR 兩階段辨識' },
    transcriberUrl: '辨識服務位址',
    save: '儲存',
    undo: '復原修改',
    saved: '已儲存，沒有通話時立即生效。',
    savedReload: '已儲存。重新載入頁面後才能連線到新的位址。',
    reload: '重新載入頁面',
    unsaved: '尚未儲存',
    wrong: (field, why) => `${field}：${why}`,
    must: {
      servers: '每個位址應形如 wss://pbx.example.com:7443',
      domain: '應為主機名稱，例如 pbx.example.com',
      user: '應為 SIP 使用者名稱，不含空格和 @',
      authUser: '應為 SIP 使用者名稱，不含空格和 @',
      iceServers: '每個位址應形如 stun:stun.example.com 或 turn:turn.example.com',
      conversationHeader: '應為標頭名稱：字母、數字和連字號',
      sessionExpiresS: '應為 0，或不少於 90 秒',
      country: '應為兩個字母，如 TW',
      outsidePrefix: '應為數字',
      transcriber: '需要形如 wss://speech.example.com:2700 的位址'
    }
  }
)
