import type { CommandType } from '../../src-shared/commands.ts'
import { catalogue, plural } from './catalogue.svelte.ts'

interface Outbox {
  title: string
  lead: string
  refusedTitle: string
  waitingTitle: string
  empty: string
  emptyText: string
  when: (time: string) => string
  noContent: string
  retry: string
  edit: string
  editLabel: string
  send: string
  discard: string
  discarded: string
  sentAgain: string
  count: (waiting: number, refused: number) => string
  field: (field: string) => string
  unknownRefusal: string
  command: Record<CommandType, string>
  otherCommand: string
}

/** What was entered and has not been accepted by the centre. */
export const outbox = catalogue<Outbox>(
  {
    title: 'Waiting and refused',
    lead: 'Everything here is kept on this computer, also when Sidetone stops. It is sent in this order.',
    refusedTitle: 'Refused by the centre',
    waitingTitle: 'On the way',
    empty: 'Nothing is waiting',
    emptyText: 'All that you entered has reached the centre.',
    when: (time: string) => `Entered at ${time}`,
    noContent: 'No text',
    retry: 'Try again',
    edit: 'Edit and try again',
    editLabel: 'Changed text',
    send: 'Send',
    discard: 'Discard',
    discarded: 'Discarded.',
    sentAgain: 'It is on its way again.',
    count: (waiting: number, refused: number) => `${waiting} waiting, ${refused} ${plural(refused, { one: 'refused', other: 'refused' })}`,
    field: (field: string) => `It concerns: ${field}.`,
    unknownRefusal: 'The centre refused it for a reason that this version does not know.',
    command: {
      'presence.set': 'Status',
      'offer.accept': 'Accept an offer',
      'offer.decline': 'Decline an offer',
      'message.send': 'Reply',
      'note.add': 'Note',
      'transcript.add': 'Said on the call',
      'call.report': 'Report of the phone',
      'call.open': 'Call that the centre did not offer',
      'call.quality': 'Sound quality of a call',
      'call.recover': 'Take a call back',
      'recording.pause': 'Pause the recording',
      'recording.resume': 'Go on recording',
      'recording.confirmed': 'Word of the recorder',
      'callback.schedule': 'Promise a call-back',
      'callback.end': 'End of a call-back',
      'transfer.blind': 'Transfer',
      'transfer.done': 'Transfer made by the phone',
      'conversation.end': 'End the conversation',
      'verification.confirm': 'Identity check',
      'verification.start': 'Send a one-time code',
      'verification.check': 'Check a one-time code',
      'alert.resolve': 'Risk alert dealt with',
      'wrapup.finish': 'Wrap-up',
      'suggestion.rate': 'Rating of a suggestion',
      'article.approve': 'Publish an article',
      'gap.dismiss': 'Dismiss a knowledge gap',
      'gap.reopen': 'Reopen a knowledge gap',
      'emotion.correct': 'Correction of a mood'
    },
    otherCommand: 'Action'
  },
  {
    title: '等待与被拒绝的操作',
    lead: '这些内容都保存在本机，即使 Sidetone 关闭也不会丢失，并按此顺序发送。',
    refusedTitle: '被中心拒绝',
    waitingTitle: '发送中',
    empty: '没有等待的操作',
    emptyText: '您输入的内容都已送达中心。',
    when: (time: string) => `输入时间 ${time}`,
    noContent: '无文字内容',
    retry: '重试',
    edit: '修改后重试',
    editLabel: '修改后的内容',
    send: '发送',
    discard: '丢弃',
    discarded: '已丢弃。',
    sentAgain: '已重新发送。',
    count: (waiting: number, refused: number) => `${waiting} 项等待，${refused} 项被拒绝`,
    field: (field: string) => `涉及字段：${field}。`,
    unknownRefusal: '中心拒绝了此操作，原因不在当前版本的范围内。',
    command: {
      'presence.set': '状态',
      'offer.accept': '接受振铃',
      'offer.decline': '拒接振铃',
      'message.send': '回复',
      'note.add': '备注',
      'transcript.add': '通话中所说',
      'call.report': '电话报告',
      'call.open': '非中心分配的通话',
      'call.quality': '通话音质',
      'call.recover': '找回通话',
      'recording.pause': '暂停录音',
      'recording.resume': '继续录音',
      'recording.confirmed': '录音设备的确认',
      'callback.schedule': '预约回拨',
      'callback.end': '结束回拨',
      'transfer.blind': '转接',
      'transfer.done': '电话完成的转接',
      'conversation.end': '结束会话',
      'verification.confirm': '身份核实',
      'verification.start': '发送验证码',
      'verification.check': '核对验证码',
      'alert.resolve': '处理风险预警',
      'wrapup.finish': '话后处理',
      'suggestion.rate': '建议评价',
      'article.approve': '发布知识',
      'gap.dismiss': '忽略知识缺口',
      'gap.reopen': '恢复知识缺口',
      'emotion.correct': '情绪更正'
    },
    otherCommand: '操作'
  },
  {
    title: '等待與被拒絕的操作',
    lead: '這些內容都儲存在本機，即使 Sidetone 關閉也不會遺失，並依此順序傳送。',
    refusedTitle: '被中心拒絕',
    waitingTitle: '傳送中',
    empty: '沒有等待的操作',
    emptyText: '您輸入的內容都已送達中心。',
    when: (time: string) => `輸入時間 ${time}`,
    noContent: '無文字內容',
    retry: '重試',
    edit: '修改後重試',
    editLabel: '修改後的內容',
    send: '傳送',
    discard: '捨棄',
    discarded: '已捨棄。',
    sentAgain: '已重新傳送。',
    count: (waiting: number, refused: number) => `${waiting} 項等待，${refused} 項被拒絕`,
    field: (field: string) => `涉及欄位：${field}。`,
    unknownRefusal: '中心拒絕了此操作，原因不在目前版本的範圍內。',
    command: {
      'presence.set': '狀態',
      'offer.accept': '接受振鈴',
      'offer.decline': '拒接振鈴',
      'message.send': '回覆',
      'note.add': '備註',
      'transcript.add': '通話中所說',
      'call.report': '電話報告',
      'call.open': '非中心分派的通話',
      'call.quality': '通話音質',
      'call.recover': '找回通話',
      'recording.pause': '暫停錄音',
      'recording.resume': '繼續錄音',
      'recording.confirmed': '錄音設備的確認',
      'callback.schedule': '預約回撥',
      'callback.end': '結束回撥',
      'transfer.blind': '轉接',
      'transfer.done': '電話完成的轉接',
      'conversation.end': '結束對話',
      'verification.confirm': '身分核實',
      'verification.start': '傳送驗證碼',
      'verification.check': '核對驗證碼',
      'alert.resolve': '處理風險警示',
      'wrapup.finish': '話後處理',
      'suggestion.rate': '建議評價',
      'article.approve': '發布知識',
      'gap.dismiss': '略過知識缺口',
      'gap.reopen': '復原知識缺口',
      'emotion.correct': '情緒更正'
    },
    otherCommand: '操作'
  }
)
