import type { Customer } from '../../src-shared/events.ts'
import type { State } from './state.ts'

/** So many digits at the end have to agree where one of two numbers comes without its country or area. */
const LEAST_DIGITS = 7

/**
 * The customer with this number, when there is exactly one. Numbers come as E.164, with a trunk prefix, or as a national part; two
 * that agree in all the digits the shorter one has (its leading zeros apart), and in seven at least, are the same. Two full numbers
 * of different countries never are.
 */
export function customerCalled(state: State, number: string): Customer | undefined {
  const wanted = readNumber(number)
  if (!wanted) return undefined
  const found = new Map<string, Customer>()
  for (const { data } of state.cards.values()) {
    if (data.casual) continue
    const theirs = readNumber(data.phone)
    if (theirs && agree(wanted, theirs)) found.set(data.customerId, data)
  }
  const [only, ...others] = found.values()
  return others.length === 0 ? only : undefined
}

interface ReadNumber {
  digits: string
  /** With its country: nothing is missing in front. */
  full: boolean
}

/** `undefined` for what is no number outside the centre: a name, an extension. A masked number is none either. */
function readNumber(text: string): ReadNumber | undefined {
  const bare = text.normalize('NFKC').replace(/[\s().\-/]/g, '')
  const parts = /^(\+|00)?(\d+)$/.exec(bare)
  if (!parts) return undefined
  const full = parts[1] !== undefined
  const digits = full ? (parts[2] ?? '') : (parts[2] ?? '').replace(/^0+/, '')
  return digits.length >= LEAST_DIGITS ? { digits, full } : undefined
}

function agree(a: ReadNumber, b: ReadNumber): boolean {
  if (a.full && b.full) return a.digits === b.digits
  const [short, long] = a.digits.length <= b.digits.length ? [a, b] : [b, a]
  // The longer one has a country in front, or both are the same national number.
  return long.digits.endsWith(short.digits) && (!short.full || a.digits === b.digits)
}
