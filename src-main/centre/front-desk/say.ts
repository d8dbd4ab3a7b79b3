import type { BankRow } from '../bank/port.ts'
import type { Texts } from './flows.ts'

/** How the front desk writes: which script, money, dates and states. */
export type Tongue = keyof Texts

const LOCALE: Readonly<Record<Tongue, string>> = { en: 'en-US', 'zh-CN': 'zh-CN', 'zh-TW': 'zh-TW' }

/** Words for states that the bank tells by id. */
const STATES: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {
  transfer: {
    on_its_way: { en: 'on its way', 'zh-CN': '处理中', 'zh-TW': '處理中' },
    arrived: { en: 'arrived', 'zh-CN': '已到账', 'zh-TW': '已入帳' }
  },
  loan: {
    in_review: { en: 'in review', 'zh-CN': '审核中', 'zh-TW': '審核中' },
    running: { en: 'running', 'zh-CN': '还款中', 'zh-TW': '繳款中' },
    repaid: { en: 'repaid', 'zh-CN': '已结清', 'zh-TW': '已結清' }
  },
  policy: {
    in_force: { en: 'in force', 'zh-CN': '有效', 'zh-TW': '有效' },
    lapsed: { en: 'lapsed', 'zh-CN': '已失效', 'zh-TW': '已失效' }
  }
}

/**
 * Fills a text's places: `{field}` as it is, `:money` whole cents in the row's currency, `:date` and `:time` epoch ms, `:percent` a
 * ratio, `:transfer`, `:loan`, `:policy` a state. A field that is missing leaves nothing.
 */
export function fill(texts: Texts, tongue: Tongue, values: BankRow): string {
  const locale = LOCALE[tongue]
  return texts[tongue]
    .replace(/\{(\w+)(?::(\w+))?\}/gu, (_, field: string, format: string | undefined) => {
      const value = values[field]
      if (value === undefined) return ''
      switch (format) {
        case 'money':
          return Intl.NumberFormat(locale, { style: 'currency', currency: String(values['currency'] ?? 'USD') }).format(Number(value) / 100)
        case 'date':
          return Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Number(value))
        case 'time':
          return Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(Number(value))
        case 'percent':
          return Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2 }).format(Number(value))
        case undefined:
          return String(value)
        default:
          return STATES[format]?.[String(value)]?.[tongue] ?? String(value)
      }
    })
    .replace(/ +/gu, ' ')
    .replace(/ ([:：])/gu, '$1')
    .trim()
}
