import { catalogue } from './catalogue.svelte.ts'

/** Signing in and having no session. */
export const session = catalogue(
  {
    title: 'Who works here today?',
    lead: 'Pick a face. This is the practice centre: no password, no real customers.',
    tabs: 'To see two people at work, open this address in a second tab and pick another face there.',
    signedIn: 'Signed in',
    opening: (name: string) => `Opening the desk of ${name}…`,
    gone: 'You were signed out because this seat is no longer valid. Sign in again; nothing you entered is lost.',
    signedOut: 'You are signed out.',
    nobody: 'Nobody can sign in here',
    nobodyText: 'The practice people are missing from this installation. Install Sidetone again.',
    roles: {
      agent: 'Takes calls and chats',
      expert: 'Takes the hard cases that agents hand over',
      supervisor: 'Watches the centre as a whole',
      reviewer: 'Checks quality',
      admin: 'Looks after the installation',
      screen: 'A screen on the wall, read only'
    },
    noSessionTitle: 'This address has been used or has run out',
    noSessionText: 'For your safety an address of Sidetone opens it once, in one browser.',
    noSessionDo: [
      'Start Sidetone again: it opens by itself or prints a new address.',
      'Or open the newest address that it printed in this browser.'
    ]
  },
  {
    title: '今天谁当班？',
    lead: '请选择人员。这里是练习中心，无需密码，也没有真实客户。',
    tabs: '想同时体验两个人的工作？请在第二个标签页打开此地址并选择另一位。',
    signedIn: '已登录',
    opening: (name: string) => `正在打开 ${name} 的工作台…`,
    gone: '席位已失效，您已退出登录。请重新登录，已输入的内容不会丢失。',
    signedOut: '您已退出登录。',
    nobody: '此处没有可登录的人员',
    nobodyText: '安装中缺少练习人员，请重新安装 Sidetone。',
    roles: {
      agent: '接听电话、处理在线会话',
      expert: '处理坐席转来的疑难问题',
      supervisor: '掌握整个中心的运行情况',
      reviewer: '检查服务质量',
      admin: '维护安装与配置',
      screen: '墙上的大屏，仅供查看'
    },
    noSessionTitle: '此地址已使用或已失效',
    noSessionText: '为了安全，Sidetone 的地址只能在一个浏览器中打开一次。',
    noSessionDo: ['重新启动 Sidetone：它会自动打开，或显示新的地址。', '或在此浏览器中打开它最近显示的地址。']
  },
  {
    title: '今天誰當班？',
    lead: '請選擇人員。這裡是練習中心，無需密碼，也沒有真實客戶。',
    tabs: '想同時體驗兩個人的工作？請在第二個分頁開啟此位址並選擇另一位。',
    signedIn: '已登入',
    opening: (name: string) => `正在開啟 ${name} 的工作台…`,
    gone: '席位已失效，您已登出。請重新登入，已輸入的內容不會遺失。',
    signedOut: '您已登出。',
    nobody: '這裡沒有可登入的人員',
    nobodyText: '安裝中缺少練習人員，請重新安裝 Sidetone。',
    roles: {
      agent: '接聽電話、處理線上對話',
      expert: '處理專員轉來的疑難問題',
      supervisor: '掌握整個中心的運作情況',
      reviewer: '檢查服務品質',
      admin: '維護安裝與設定',
      screen: '牆上的大螢幕，僅供檢視'
    },
    noSessionTitle: '此位址已使用或已失效',
    noSessionText: '為了安全，Sidetone 的位址只能在一個瀏覽器中開啟一次。',
    noSessionDo: ['重新啟動 Sidetone：它會自動開啟，或顯示新的位址。', '或在此瀏覽器中開啟它最近顯示的位址。']
  }
)
