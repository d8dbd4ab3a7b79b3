import type { RefusalCode } from '../../src-shared/errors.ts'
import type { Channel, Check, Disposition, Intent, Mood, Pace, Presence, Queue, Role } from '../../src-shared/taxonomy.ts'
import { catalogue } from './catalogue.svelte.ts'

interface Domain {
  intent: Record<Intent, string>
  mood: Record<Mood, string>
  presence: Record<Presence, string>
  role: Record<Role, string>
  channel: Record<Channel, string>
  queue: Record<Queue, string>
  disposition: Record<Disposition, string>
  pace: Record<Pace, string>
  check: Record<Check, string>
  /** What happened, what it means, what to do. */
  refusal: Record<RefusalCode, string>
}

/** Names of the taxonomies' ids, used in every room. */
export const domain = catalogue<Domain>(
  {
    intent: {
      balance: 'Balance',
      transactions: 'Transactions',
      interest_rates: 'Interest rates',
      repayment_due: 'Repayment due',
      card_lost: 'Lost card',
      card_activate: 'Card activation',
      card_limit: 'Card limit',
      transfer_status: 'Transfer status',
      transfer_large: 'Large transfer',
      pin_password: 'PIN or password',
      personal_details: 'Personal details',
      account_open: 'Open an account',
      account_close: 'Close an account',
      fees: 'Fees',
      statement: 'Statement',
      branch_atm: 'Branch or ATM',
      appointment: 'Appointment',
      wealth_product: 'Wealth product',
      loan_apply: 'Loan application',
      loan_status: 'Loan status',
      mortgage_prepay: 'Mortgage prepayment',
      insurance_claim: 'Insurance claim',
      policy_status: 'Policy status',
      fraud_report: 'Fraud report',
      complaint: 'Complaint',
      contract_dispute: 'Contract dispute',
      aml_enquiry: 'Anti-money-laundering enquiry',
      human_agent: 'Wants a person',
      unknown: 'Not clear yet'
    },
    mood: { satisfied: 'Satisfied', calm: 'Calm', worried: 'Worried', frustrated: 'Frustrated', angry: 'Angry', abusive: 'Abusive' },
    presence: {
      available: 'Available',
      busy: 'Busy',
      'wrap-up': 'Wrap-up',
      break: 'Break',
      training: 'Training',
      meeting: 'Meeting',
      technical: 'Technical',
      'not-responding': 'Not responding',
      offline: 'Offline'
    },
    role: {
      agent: 'Agent',
      expert: 'Expert',
      supervisor: 'Supervisor',
      reviewer: 'Reviewer',
      admin: 'Administrator',
      screen: 'Wallboard screen'
    },
    channel: { voice: 'Call', chat: 'Chat', email: 'E-mail' },
    queue: {
      accounts: 'Accounts',
      cards: 'Cards',
      loans: 'Loans',
      wealth: 'Wealth',
      insurance: 'Insurance',
      complaints: 'Complaints',
      expert: 'Experts'
    },
    disposition: {
      resolved: 'Resolved',
      information_given: 'Information given',
      callback_agreed: 'Callback agreed',
      escalated: 'Escalated',
      transferred: 'Transferred',
      fraud_case_opened: 'Fraud case opened',
      complaint_recorded: 'Complaint recorded',
      customer_left: 'Customer left',
      wrong_number: 'Wrong number'
    },
    pace: { calm: 'Calm', normal: 'Normal', busy: 'Busy', burst: 'Burst' },
    check: {
      greeting: 'Greeting with name',
      identity: 'Identity checked',
      risk_wording: 'Risk wording said',
      no_forbidden_promise: 'No forbidden promise',
      recording_notice: 'Recording notice',
      calm_closing: 'Calm closing'
    },
    refusal: {
      not_signed_in: 'You are not signed in here any more. Sign in again; nothing you entered is lost.',
      not_allowed: 'Your role may not do this. Ask a supervisor.',
      not_found: 'It is not here any more. The list has been refreshed.',
      invalid: 'Something in what was entered is not valid. Correct it and try again.',
      offer_gone: 'The offer has ended. The customer is being offered to somebody else.',
      taken_by_another: 'A colleague has taken this conversation.',
      conversation_closed: 'The conversation is already closed, so this could not be added. Keep it as a note on a new contact.',
      already_done: 'This was already done.',
      capacity_full: 'You already have as many conversations as you can take.',
      not_available: 'Set yourself to Available first.',
      line_down: 'The line to the centre is down. It is sent as soon as the line is back.',
      practice_only: 'This works in the practice centre only.',
      unknown_command: 'The centre does not know this action. Sidetone may need an update.'
    }
  },
  {
    intent: {
      balance: '余额查询',
      transactions: '交易明细',
      interest_rates: '利率咨询',
      repayment_due: '还款日',
      card_lost: '卡片挂失',
      card_activate: '卡片激活',
      card_limit: '额度调整',
      transfer_status: '转账进度',
      transfer_large: '大额转账',
      pin_password: '密码',
      personal_details: '个人资料',
      account_open: '开户',
      account_close: '销户',
      fees: '费用',
      statement: '账单',
      branch_atm: '网点与ATM',
      appointment: '预约',
      wealth_product: '理财产品',
      loan_apply: '贷款申请',
      loan_status: '贷款进度',
      mortgage_prepay: '提前还房贷',
      insurance_claim: '保险理赔',
      policy_status: '保单状态',
      fraud_report: '诈骗举报',
      complaint: '投诉',
      contract_dispute: '合同纠纷',
      aml_enquiry: '反洗钱问询',
      human_agent: '要求人工',
      unknown: '尚不明确'
    },
    mood: { satisfied: '满意', calm: '平静', worried: '担忧', frustrated: '不满', angry: '愤怒', abusive: '辱骂' },
    presence: {
      available: '空闲',
      busy: '忙碌',
      'wrap-up': '话后处理',
      break: '小休',
      training: '培训',
      meeting: '会议',
      technical: '技术故障',
      'not-responding': '无应答',
      offline: '离线'
    },
    role: { agent: '坐席', expert: '专家', supervisor: '班长', reviewer: '质检员', admin: '管理员', screen: '大屏' },
    channel: { voice: '通话', chat: '在线会话', email: '邮件' },
    queue: { accounts: '账户', cards: '银行卡', loans: '贷款', wealth: '理财', insurance: '保险', complaints: '投诉', expert: '专家' },
    disposition: {
      resolved: '已解决',
      information_given: '已告知',
      callback_agreed: '约定回电',
      escalated: '已升级',
      transferred: '已转接',
      fraud_case_opened: '已立诈骗案件',
      complaint_recorded: '已登记投诉',
      customer_left: '客户离开',
      wrong_number: '打错电话'
    },
    pace: { calm: '清闲', normal: '正常', busy: '繁忙', burst: '突发' },
    check: {
      greeting: '称呼问候',
      identity: '核实身份',
      risk_wording: '风险揭示',
      no_forbidden_promise: '无违规承诺',
      recording_notice: '录音告知',
      calm_closing: '平和结束语'
    },
    refusal: {
      not_signed_in: '您已不在登录状态。请重新登录，已输入的内容不会丢失。',
      not_allowed: '您的角色不能执行此操作，请联系班长。',
      not_found: '该内容已不存在，列表已刷新。',
      invalid: '输入的内容有误，请更正后重试。',
      offer_gone: '振铃已结束，客户正在转给其他坐席。',
      taken_by_another: '该会话已被同事接走。',
      conversation_closed: '会话已关闭，无法添加。请在新的联络中作为备注记录。',
      already_done: '该操作已完成。',
      capacity_full: '您的会话数已达上限。',
      not_available: '请先将状态设为空闲。',
      line_down: '与中心的线路已断开，恢复后会立即发送。',
      practice_only: '此功能仅在练习中心可用。',
      unknown_command: '中心不认识此操作，Sidetone 可能需要更新。'
    }
  },
  {
    intent: {
      balance: '餘額查詢',
      transactions: '交易明細',
      interest_rates: '利率諮詢',
      repayment_due: '還款日',
      card_lost: '卡片掛失',
      card_activate: '卡片開卡',
      card_limit: '額度調整',
      transfer_status: '轉帳進度',
      transfer_large: '大額轉帳',
      pin_password: '密碼',
      personal_details: '個人資料',
      account_open: '開戶',
      account_close: '銷戶',
      fees: '費用',
      statement: '帳單',
      branch_atm: '分行與ATM',
      appointment: '預約',
      wealth_product: '理財產品',
      loan_apply: '貸款申請',
      loan_status: '貸款進度',
      mortgage_prepay: '提前還房貸',
      insurance_claim: '保險理賠',
      policy_status: '保單狀態',
      fraud_report: '詐騙舉報',
      complaint: '客訴',
      contract_dispute: '合約糾紛',
      aml_enquiry: '反洗錢詢問',
      human_agent: '要求專人',
      unknown: '尚不明確'
    },
    mood: { satisfied: '滿意', calm: '平靜', worried: '擔憂', frustrated: '不滿', angry: '憤怒', abusive: '辱罵' },
    presence: {
      available: '待命',
      busy: '忙碌',
      'wrap-up': '話後處理',
      break: '小休',
      training: '培訓',
      meeting: '會議',
      technical: '技術故障',
      'not-responding': '無回應',
      offline: '離線'
    },
    role: { agent: '客服專員', expert: '專家', supervisor: '班長', reviewer: '質檢員', admin: '管理員', screen: '大螢幕' },
    channel: { voice: '通話', chat: '線上對話', email: '郵件' },
    queue: { accounts: '帳戶', cards: '卡片', loans: '貸款', wealth: '理財', insurance: '保險', complaints: '客訴', expert: '專家' },
    disposition: {
      resolved: '已解決',
      information_given: '已告知',
      callback_agreed: '約定回電',
      escalated: '已升級',
      transferred: '已轉接',
      fraud_case_opened: '已立詐騙案件',
      complaint_recorded: '已登記客訴',
      customer_left: '客戶離開',
      wrong_number: '打錯電話'
    },
    pace: { calm: '清閒', normal: '正常', busy: '繁忙', burst: '突發' },
    check: {
      greeting: '稱呼問候',
      identity: '核實身分',
      risk_wording: '風險揭示',
      no_forbidden_promise: '無違規承諾',
      recording_notice: '錄音告知',
      calm_closing: '平和結束語'
    },
    refusal: {
      not_signed_in: '您已不在登入狀態。請重新登入，已輸入的內容不會遺失。',
      not_allowed: '您的角色不能執行此操作，請聯絡班長。',
      not_found: '該內容已不存在，清單已重新整理。',
      invalid: '輸入的內容有誤，請更正後重試。',
      offer_gone: '振鈴已結束，客戶正在轉給其他專員。',
      taken_by_another: '該對話已被同事接走。',
      conversation_closed: '對話已關閉，無法新增。請在新的聯絡中作為備註記錄。',
      already_done: '該操作已完成。',
      capacity_full: '您的對話數已達上限。',
      not_available: '請先將狀態設為待命。',
      line_down: '與中心的線路已斷開，恢復後會立即傳送。',
      practice_only: '此功能僅在練習中心可用。',
      unknown_command: '中心不認識此操作，Sidetone 可能需要更新。'
    }
  }
)
