import type { Advice } from '../../src-shared/front-desk.ts'
import { catalogue, formatDate, formatNumber } from './catalogue.svelte.ts'

export const adviceText = catalogue(
  {
    title: 'Offers and reminders',
    offer: 'May be offered',
    reminder: 'Remind',
    not: 'Not now',
    why: 'Because',
    whyNot: 'Why not',
    reason: {
      savings_rest: () => 'money rests on a savings account',
      asks_rates: () => 'asks about interest rates',
      asks_wealth: () => 'asks about investing',
      deposit_ends: () => 'holds a fixed deposit',
      has_fund: () => 'holds a fund already',
      travels: () => 'travels a lot',
      has_mortgage: () => 'has a mortgage and no cover for the home',
      loan_due: (at: string, amount: string) => `the instalment of ${amount} is due on ${at}`,
      card_due: (at: string, amount: string) => `the card bill of ${amount} is due on ${at}`,
      deposit_due: (at: string, amount: string) => `the deposit of ${amount} ends on ${at}`,
      policy_due: (at: string, amount: string) => `the policy renews on ${at} for ${amount}`,
      no_assessment: () => 'risk was never assessed',
      assessment_expired: () => 'the risk assessment has run out',
      risk_too_high: (product: string, customer: string) => `too risky: the product is ${product}, the customer ${customer}`,
      needs_care: () => 'remarks ask for particular care',
      complaint: () => 'this is a complaint',
      alert: () => 'there is a risk alert',
      strained: () => 'the customer is upset'
    }
  },
  {
    title: '推荐与提醒',
    offer: '可推荐',
    reminder: '提醒',
    not: '暂不推荐',
    why: '理由',
    whyNot: '不推荐原因',
    reason: {
      savings_rest: () => '储蓄账户有闲置资金',
      asks_rates: () => '正在咨询利率',
      asks_wealth: () => '正在咨询理财',
      deposit_ends: () => '持有定期存款',
      has_fund: () => '已持有基金',
      travels: () => '经常出行',
      has_mortgage: () => '有住房贷款但无家财险',
      loan_due: (at, amount) => `${at} 应还 ${amount}`,
      card_due: (at, amount) => `信用卡 ${at} 应还 ${amount}`,
      deposit_due: (at, amount) => `定期存款 ${amount} 将于 ${at} 到期`,
      policy_due: (at, amount) => `保单将于 ${at} 续保，保费 ${amount}`,
      no_assessment: () => '从未做过风险测评',
      assessment_expired: () => '风险测评已过期',
      risk_too_high: (product, customer) => `风险不匹配：产品 ${product}，客户 ${customer}`,
      needs_care: () => '备注显示需特别关照',
      complaint: () => '本次为投诉',
      alert: () => '存在风险预警',
      strained: () => '客户情绪紧张'
    }
  },
  {
    title: '推薦與提醒',
    offer: '可推薦',
    reminder: '提醒',
    not: '暫不推薦',
    why: '理由',
    whyNot: '不推薦原因',
    reason: {
      savings_rest: () => '儲蓄帳戶有閒置資金',
      asks_rates: () => '正在詢問利率',
      asks_wealth: () => '正在詢問理財',
      deposit_ends: () => '持有定期存款',
      has_fund: () => '已持有基金',
      travels: () => '經常出遊',
      has_mortgage: () => '有房屋貸款但無住宅保險',
      loan_due: (at, amount) => `${at} 應還 ${amount}`,
      card_due: (at, amount) => `信用卡 ${at} 應還 ${amount}`,
      deposit_due: (at, amount) => `定期存款 ${amount} 將於 ${at} 到期`,
      policy_due: (at, amount) => `保單將於 ${at} 續保，保費 ${amount}`,
      no_assessment: () => '從未做過風險評估',
      assessment_expired: () => '風險評估已過期',
      risk_too_high: (product, customer) => `風險不相符：產品 ${product}，客戶 ${customer}`,
      needs_care: () => '備註顯示需特別關照',
      complaint: () => '本次為客訴',
      alert: () => '存在風險警示',
      strained: () => '客戶情緒緊張'
    }
  }
)

/** A reason in words; one that this version has no words for is shown by its key. */
export function reasonWords({ key, values = {} }: Advice['why'][number]): string {
  const reasons = adviceText().reason
  if (!Object.hasOwn(reasons, key)) return key
  const words = reasons[key as keyof typeof reasons] // the line above made sure it is one of them
  return key === 'risk_too_high'
    ? words(String(values['product'] ?? ''), String(values['customer'] ?? ''))
    : words(formatDate(Number(values['at'] ?? 0)), formatNumber(Math.round(Number(values['cents'] ?? 0) / 100)))
}
