import type { Reading } from './text/reading.ts'

/** Something in a text that must not be shown, stored or sent in clear. */
export interface Sensitive {
  kind: 'card' | 'identity' | 'phone' | 'account' | 'policy' | 'email' | 'secret'
  start: number
  end: number
  /** What stands in its place. */
  masked: string
}

const DIGIT_WORDS = 'zero|oh|one|two|three|four|five|six|seven|eight|nine'
const HAN_DIGITS = '〇零一二三四五六七八九幺两'
/** Digits as they are written or said: "4242 4242", "four two four two", "六二二二". Single separators only. */
const RUN_SOURCE = `\\+?\\(?(?:\\d|\\b(?:${DIGIT_WORDS})\\b|[${HAN_DIGITS}])(?:[ .\\-()/]{0,2}(?:\\d|\\b(?:${DIGIT_WORDS})\\b|[${HAN_DIGITS}]))*[x]?`
const RUN = new RegExp(RUN_SOURCE, 'g')
const RUN_HERE = new RegExp(`^${RUN_SOURCE}`)
const ONE = new RegExp(`\\d|\\b(?:${DIGIT_WORDS})\\b|[${HAN_DIGITS}]`, 'g')
const EMAIL = /[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/g
const IBAN = /\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?\b/g
/** Policy, claim and account numbers with letters: "POL-2024-0093", "保单号 P100233". */
const LABELLED =
  /(policy|claim|account|acct|contract|loan|reference|customer|保单|账户|账号|合同|客户|理赔|案件)\s*(?:number|no\.?|num|id|#|号码|编号|号)?\s*(?:is|was|:|：|#|是|为)?\s*#?\s*([a-z]{0,4}[- ]?\d[\da-z-]{4,24})/g
/** A secret follows these words within a few others. */
const SECRET_LABEL =
  /\b(pin|passcode|password|cvv2?|cvc|security code|verification code|one[- ]time (?:code|password|passcode)|otp|code)\b(?! ?(?:of conduct|name))|验证码|校验码|动态码|密码|安全码|口令|取款码|短信码/g
const SECRET_LINK =
  /^(?:\s*(?:number|is|was|to|it's|its|are|says|reads|here|that|i got|you sent|sent to me|for my card|on the back|of my card|的|是|为|码|我的|收到的|发的|:|：|=|,|，|"|'|-)){0,5}\s*/
const SECRET_WORD = /^[^\s,.;，。；、"'•\u4e00-\u9fff]*\d[^\s,.;，。；、"'\u4e00-\u9fff]*/

/** Figures said as words, one at a time. */
export const DIGIT_OF: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  〇: '0',
  零: '0',
  一: '1',
  幺: '1',
  二: '2',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9'
}

/** Taiwan's citizen and resident numbers: a letter and nine figures. */
const TAIWAN_ID = /(?<![a-z0-9•])[a-z][1289]\d{8}(?![a-z0-9])/g
/** Figures parted by what a run of figures is not parted by, or behind a letter: line breaks, long dashes, underscores. */
const SPREAD = /(?<![\d•])\d(?:[\s_.\-/‐‑–—]{0,3}\d){12,18}x?(?!\d)/g

/** All sensitive pieces of a text, in order and without overlap. */
export function sensitiveIn(reading: Reading): Sensitive[] {
  const { folded } = reading
  if (!/\d|@|[〇零一二三四五六七八九幺]{3}|zero|oh|one|two|three|four|five|six|seven|eight|nine/.test(folded)) return []
  const found: Sensitive[] = [
    ...secrets(reading),
    ...emails(reading),
    ...ibans(reading),
    ...spread(reading),
    ...runs(reading),
    ...taiwanIds(reading),
    ...labelled(reading)
  ]
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Sensitive[] = []
  // Earlier rules know more (a code after "my PIN is" is a secret, whatever it looks like).
  for (const item of found) {
    const last = kept[kept.length - 1]
    if (last && item.start < last.end) continue
    kept.push(item)
  }
  return kept
}

function secrets({ folded }: Reading): Sensitive[] {
  const found: Sensitive[] = []
  for (const label of folded.matchAll(SECRET_LABEL)) {
    const from = label.index + label[0].length
    const rest = folded.slice(from, from + 80)
    const start = from + (SECRET_LINK.exec(rest)?.[0].length ?? 0)
    const piece = folded.slice(start, start + 60)
    const said = trimRun(RUN_HERE.exec(piece)?.[0] ?? '')
    const digits = digitsOf(said)
    if (digits.length >= 3 && digits.length <= 10 && !/^[ ]?[•*]/.test(piece.slice(said.length))) {
      // "code is 4 8 2 9": single digits; a mixed word such as "tiger22" is caught below.
      const whole = SECRET_WORD.exec(piece)?.[0] ?? ''
      const length = Math.max(said.length, whole.length)
      found.push({ kind: 'secret', start, end: start + length, masked: '••••' })
      continue
    }
    const word = /password|passcode|密码|口令/.test(label[0]) ? (SECRET_WORD.exec(piece)?.[0] ?? '') : ''
    if (word.length >= 4 && !word.includes('•')) found.push({ kind: 'secret', start, end: start + word.length, masked: '••••' })
  }
  return found
}

function emails({ text, folded }: Reading): Sensitive[] {
  return [...folded.matchAll(EMAIL)]
    .map((match) => {
      const at = match[0].indexOf('@')
      return {
        kind: 'email',
        start: match.index,
        end: match.index + match[0].length,
        masked: `${text.charAt(match.index)}•••${text.slice(match.index + at, match.index + match[0].length)}`
      } as const
    })
    .filter((item) => folded.charAt(item.start - 1) !== '•')
}

function ibans({ folded }: Reading): Sensitive[] {
  return [...folded.matchAll(IBAN)]
    .filter((match) => match[0].replace(/[^a-z0-9]/g, '').length >= 15 && /\d{6}/.test(match[0].replace(/ /g, '')))
    .map((match) => ({
      kind: 'account',
      start: match.index,
      end: match.index + match[0].length,
      masked: `•••${match[0].replace(/ /g, '').slice(-4).toUpperCase()}`
    }))
}

/** Cards and citizen numbers that prove themselves by their check figure, however they are written. */
function spread({ folded }: Reading): Sensitive[] {
  return [...folded.matchAll(SPREAD)].flatMap((match) => {
    const whole = match[0].replace(/[^\dx]/g, '')
    const digits = whole.replace('x', '')
    const kind = isChineseId(whole) ? 'identity' : digits.length >= 13 && passesLuhn(digits) ? 'card' : undefined
    if (!kind || /[•*]/.test(folded.slice(Math.max(0, match.index - 2), match.index))) return []
    const length = kind === 'card' && match[0].endsWith('x') ? match[0].length - 1 : match[0].length
    const masked = kind === 'card' ? `•••• ${digits.slice(-4)}` : `•••••• ${whole.slice(-4).toUpperCase()}`
    return [{ kind, start: match.index, end: match.index + length, masked } as const]
  })
}

const taiwanIds = ({ folded }: Reading): Sensitive[] =>
  [...folded.matchAll(TAIWAN_ID)].map((match) => ({
    kind: 'identity',
    start: match.index,
    end: match.index + match[0].length,
    masked: `•••••• ${match[0].slice(-4)}`
  }))

function trimRun(run: string): string {
  return run.replace(/[ .\-()/]+$/, '')
}

function digitsOf(said: string): string {
  return [...said.matchAll(ONE)].map(([digit]) => DIGIT_OF[digit] ?? digit).join('')
}

function runs({ folded }: Reading): Sensitive[] {
  const found: Sensitive[] = []
  for (const match of folded.matchAll(RUN)) {
    const before = folded.charAt(match.index - 1)
    const beforeTwo = folded.slice(Math.max(0, match.index - 2), match.index)
    // Already masked, or part of a word or of a decimal number.
    if (beforeTwo.includes('•') || /[a-z]/.test(before)) continue
    const raw = trimRun(match[0])
    const said = raw.endsWith('x') && !/\d{17}x$/.test(raw.replace(/[ -]/g, '')) ? trimRun(raw.slice(0, -1)) : raw
    const kind = kindOf(said, folded, match.index)
    if (!kind) continue
    const digits = digitsOf(said) + (said.endsWith('x') ? 'X' : '')
    const last = digits.slice(-4)
    const masked =
      kind === 'card' ? `•••• ${last}` : kind === 'phone' ? `••• ${last}` : kind === 'identity' ? `•••••• ${last}` : `•••${last}`
    found.push({ kind, start: match.index, end: match.index + said.length, masked })
  }
  return found
}

function kindOf(said: string, folded: string, start: number): Sensitive['kind'] | undefined {
  const digits = digitsOf(said)
  if (isChineseId(digits + (said.endsWith('x') ? 'x' : ''))) return 'identity'
  if (digits.length < 7) return undefined
  if (digits.length >= 13 && digits.length <= 19 && passesLuhn(digits)) return 'card'
  const context = folded.slice(Math.max(0, start - 24), start)
  if (/id (?:card )?(?:number|no)|passport|social security|ssn|national id|身份证|证件/.test(context)) return 'identity'
  if (isAmountOrDate(said, folded, start)) return undefined
  if (/card|卡号|卡/.test(context) && digits.length >= 12 && digits.length <= 19) return 'card'
  if (/policy|claim|保单|理赔/.test(context)) return 'policy'
  if (/account|acct|账号|账户/.test(context)) return 'account'
  if (/phone|mobile|cell|call me|number is|电话|手机|号码|致电/.test(context) || said.startsWith('+'))
    return digits.length <= 15 ? 'phone' : 'account'
  if (/^1[3-9]\d{9}$/.test(digits) || /^09\d{8}$/.test(digits)) return 'phone'
  if (/^\(?\d{2,4}\)?[ \-.]\d{3,4}[ \-.]?\d{3,4}$/.test(said)) return 'phone'
  if (/^0\d{9,10}$/.test(digits)) return 'phone'
  return digits.length >= 8 ? 'account' : undefined
}

function isAmountOrDate(said: string, folded: string, start: number): boolean {
  if (/^(?:19|20)\d{2}[-/. ]\d{1,2}[-/. ]\d{1,2}$/.test(said) || /^\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}$/.test(said)) return true
  if (/[$£€¥]\s?$/.test(folded.slice(Math.max(0, start - 2), start))) return true
  return /^\s*(?:dollars?|pounds?|euros?|yuan|usd|rmb|cny|元|块|万|千|亿|美元)/.test(
    folded.slice(start + said.length, start + said.length + 10)
  )
}

/** Luhn's check, ISO/IEC 7812-1 annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0 && /[1-9]/.test(digits)
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** Chinese citizen number, GB 11643-1999: 17 digits and a check character. */
export function isChineseId(number: string): boolean {
  if (!/^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]$/.test(number)) return false
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * (number.charCodeAt(i) - 48), 0)
  return '10x98765432'.charAt(sum % 11) === number.charAt(17)
}

function labelled({ folded }: Reading): Sensitive[] {
  const found: Sensitive[] = []
  for (const match of folded.matchAll(LABELLED)) {
    const number = match[2]
    const label = match[1]
    if (number === undefined || label === undefined || number.replace(/\D/g, '').length < 5) continue
    const start = match.index + match[0].length - number.length
    if (isAmountOrDate(number, folded, start)) continue
    found.push({
      kind: /policy|claim|保单|理赔|案件/.test(label) ? 'policy' : 'account',
      start,
      end: start + number.length,
      masked: `•••${number.slice(-4).toUpperCase()}`
    })
  }
  return found
}
