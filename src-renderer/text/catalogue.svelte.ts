import type { Locale } from '../../src-shared/taxonomy.ts'

let current = $state<Locale>('en')

/** The language of the screen. Reading it in a template makes the template follow a switch. */
export const locale = (): Locale => current

/** Switches every text at once. */
export function setLocale(next: Locale): void {
  current = next
  document.documentElement.lang = next
}

/** The best catalogue for a browser's or system's language tag: zh-Hant, zh-TW, zh-HK -> zh-TW; other zh -> zh-CN; else en. */
export function matchLocale(tag: string): Locale {
  let wanted: Intl.Locale
  try {
    wanted = new Intl.Locale(tag).maximize()
  } catch {
    return 'en' // not a language tag at all: the screen still needs a language
  }
  return wanted.language === 'zh' ? (wanted.script === 'Hant' ? 'zh-TW' : 'zh-CN') : 'en'
}

type Shape<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => string ? (...args: A) => string : T[K] extends string ? string : Shape<T[K]>
}

/**
 * One room's texts in all languages. `en` gives the shape; a key that another language lacks does not compile. Returns a function,
 * to be called where the text is shown, so that it follows the language: `t().accept`, `t().waiting(3)`.
 */
export function catalogue<T extends object>(en: T, zhCN: Shape<T>, zhTW: Shape<T>): () => Shape<T> {
  const all: Record<Locale, Shape<T>> = { en: en as Shape<T>, 'zh-CN': zhCN, 'zh-TW': zhTW } // `en` is the shape it defines
  return () => all[current]
}

const cache = new Map<string, unknown>()
function cached<F>(key: string, make: () => F): F {
  const found = cache.get(key)
  if (found) return found as F // the key names the kind of formatter
  const made = make()
  cache.set(key, made)
  return made
}

/** English plural: picks by Intl.PluralRules. Chinese texts need none. */
export function plural(n: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }): string {
  return forms[cached('plural', () => new Intl.PluralRules('en')).select(n)] ?? forms.other
}

export const formatNumber = (n: number): string => cached(`number ${current}`, () => new Intl.NumberFormat(current)).format(n)
/** 0.834 -> "83%". */
export const formatRatio = (ratio: number): string =>
  cached(`ratio ${current}`, () => new Intl.NumberFormat(current, { style: 'percent', maximumFractionDigits: 0 })).format(ratio)
/** Time of day, e.g. 14:02. */
export const formatTime = (at: number): string =>
  cached(`time ${current}`, () => new Intl.DateTimeFormat(current, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })).format(at)
export const formatDate = (at: number): string =>
  cached(`date ${current}`, () => new Intl.DateTimeFormat(current, { year: 'numeric', month: 'short', day: 'numeric' })).format(at)
/** Time today, date otherwise. */
export const formatMoment = (at: number, now: number): string =>
  new Date(at).toDateString() === new Date(now).toDateString() ? formatTime(at) : `${formatDate(at)} ${formatTime(at)}`
/** 75_000 -> "1:15", 3_725_000 -> "1:02:05". Never negative. */
export function formatDuration(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`
}
