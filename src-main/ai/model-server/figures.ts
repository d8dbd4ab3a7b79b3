/** A number as a text gives it, with what it counts where that is said. */
export interface Figure {
  value: number
  unit: Unit | undefined
}
type Unit = 'percent' | 'money' | 'workday' | 'day' | 'hour' | 'minute' | 'week' | 'month' | 'month-of-year' | 'year'

const UNITS: readonly (readonly [Unit, string])[] = [
  ['percent', String.raw`%|per ?cent\b|percentage`],
  ['money', String.raw`dollars?\b|pounds?\b|euros?\b|yuan\b|usd\b|gbp\b|eur\b|rmb\b|cny\b|hkd\b|元|块|人民币|美元|英镑|港币`],
  ['workday', String.raw`(?:working|business)[ -]days?\b|个?工作日`],
  ['day', String.raw`days?\b|天|日`],
  ['hour', String.raw`hours?\b|hrs?\b|个?小时`],
  ['minute', String.raw`minutes?\b|mins?\b|分钟`],
  ['week', String.raw`weeks?\b|周|个?星期`],
  ['month', String.raw`months?\b|个月`],
  ['month-of-year', '月'],
  ['year', String.raw`years?\b|年`]
]
const ANY_UNIT = UNITS.map(([, words]) => words).join('|')
const UNIT_HERE = new RegExp(`^[ -]?(?:${ANY_UNIT})`)
const EACH_UNIT = UNITS.map(([unit, words]) => [unit, new RegExp(`^(?:${words})$`)] as const)
const CURRENCY_BEFORE = /(?:[$£€¥￥]|\b(?:usd|gbp|eur|rmb|cny|hkd))\s?$/
const RANGE = /^\s?(?:-|~|to|and|or|至|到)\s?(?=\d|[a-z])/
const TIMES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  million: 1e6,
  m: 1e6,
  bn: 1e9,
  billion: 1e9,
  百: 100,
  千: 1e3,
  万: 1e4,
  亿: 1e8
}
const TIMES_HERE = /^(?: ?(?:thousand|million|billion)\b|(?:k|m|bn)\b|[百千万亿]+)/

const WORDS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1e3,
  million: 1e6
}
const ONE_WORD = Object.keys(WORDS).join('|')
const DIGITS = /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/g
const IN_WORDS = new RegExp(`\\b(?:(?:one|an?) )?(?:${ONE_WORD})(?:(?:[ -]| and )(?:one|${ONE_WORD}))*\\b`, 'g')
/** "One" is a number only before a unit: "one of your cards" counts nothing. */
const SINGLE = new RegExp(`\\b(?:one|an?) (?=(?:${ANY_UNIT}))`, 'g')
const HAN_DIGITS = '零一二三四五六七八九'
const HAN_NUMBER = '[零〇一二三四五六七八九十百千万亿两]+(?:点[零〇一二三四五六七八九]+)?'
/** Han numerals stand in many words that count nothing (十分, 万一), so only before a unit or after 百分之. */
const IN_HAN = new RegExp(`(百分之)?(?<![\\d零〇一二三四五六七八九十百千万亿两])(${HAN_NUMBER})(?=(?:多|来)?(${ANY_UNIT})|)`, 'g')

/** The numbers of a text, in digits or in words of either language. `text` is folded (text/fold.ts). */
export function figuresIn(text: string): Figure[] {
  return [...inDigits(text), ...inWords(text), ...inHan(text)]
}

/** The first number of `answer` that `given` does not hold, counting the same thing where the answer says what it counts. */
export function inventedFigure(answer: string, given: string): Figure | undefined {
  const known = figuresIn(given)
  return figuresIn(answer).find(
    (one) => !known.some((other) => Math.abs(other.value - one.value) < 1e-9 && (one.unit === undefined || other.unit === one.unit))
  )
}

function inDigits(text: string): Figure[] {
  return [...text.matchAll(DIGITS)].map((match) => {
    let end = match.index + match[0].length
    const times = TIMES_HERE.exec(text.slice(end, end + 12))?.[0] ?? ''
    end += times.length
    const value = Number(match[0].replaceAll(',', '')) * factorOf(times.trim())
    const before = CURRENCY_BEFORE.test(text.slice(Math.max(0, match.index - 5), match.index))
    return { value, unit: before ? 'money' : unitAfter(text, end) }
  })
}

const factorOf = (times: string): number => TIMES[times] ?? [...times].reduce((product, char) => product * (TIMES[char] ?? 1), 1)

function inWords(text: string): Figure[] {
  const singles = [...text.matchAll(SINGLE)].map((match) => ({ value: 1, unit: unitAfter(text, match.index + match[0].length) }))
  const many = [...text.matchAll(IN_WORDS)]
    // "5 million" was read with its digits.
    .filter((match) => !/\d ?$/.test(text.slice(Math.max(0, match.index - 2), match.index)))
    .map((match) => ({ value: valueOfWords(match[0]), unit: unitAfter(text, match.index + match[0].length) }))
  return [...singles, ...many]
}

function valueOfWords(words: string): number {
  let total = 0
  let part = 0
  for (const word of words.split(/[ -]/)) {
    const value = word === 'one' || word === 'a' || word === 'an' ? 1 : (WORDS[word] ?? 0)
    if (value >= 1e3) {
      total += Math.max(part, 1) * value
      part = 0
    } else if (value === 100) part = Math.max(part, 1) * 100
    else part += value
  }
  return total + part
}

function inHan(text: string): Figure[] {
  return [...text.matchAll(IN_HAN)].flatMap(([, percent, number = '', unit]) => {
    if (percent === undefined && unit === undefined) return []
    return [{ value: valueOfHan(number), unit: percent === undefined ? unitOf(unit ?? '') : ('percent' as const) }]
  })
}

function valueOfHan(number: string): number {
  const [whole = '', decimals = ''] = number.split('点')
  const fraction = [...decimals].map((char) => Math.max(0, HAN_DIGITS.indexOf(char))).join('')
  return wholeOfHan(whole) + Number(`0.${fraction || '0'}`)
}

function wholeOfHan(number: string): number {
  let total = 0
  let section = 0
  let digit = 0
  for (const char of number.replaceAll('两', '二').replaceAll('〇', '零')) {
    const value = HAN_DIGITS.indexOf(char)
    if (value >= 0) digit = digit * (section === 0 && total === 0 ? 10 : 1) + value
    else if (char === '万' || char === '亿') {
      total = (total + section + digit || 1) * (char === '万' ? 1e4 : 1e8)
      section = 0
      digit = 0
    } else {
      section += (digit || 1) * (char === '十' ? 10 : char === '百' ? 100 : 1e3)
      digit = 0
    }
  }
  return total + section + digit
}

function unitAfter(text: string, at: number): Unit | undefined {
  const rest = text.slice(at, at + 40)
  const here = UNIT_HERE.exec(rest)
  if (here) return unitOf(here[0].replace(/^[ -]/, ''))
  // "3 to 5 working days": the first number counts what the second does.
  const range = RANGE.exec(rest)
  const next = range ? /^(?:[\d.,]+|[a-z]+)/.exec(rest.slice(range[0].length)) : null
  if (!range || !next) return undefined
  const after = UNIT_HERE.exec(rest.slice(range[0].length + next[0].length))
  return after ? unitOf(after[0].replace(/^[ -]/, '')) : undefined
}

const unitOf = (words: string): Unit | undefined => EACH_UNIT.find(([, pattern]) => pattern.test(words))?.[0]
