import type { Customer } from '../../../src-shared/events.ts'
import type { Language } from '../../../src-shared/taxonomy.ts'
import type { DialAnswer } from '../pbx/dialplan.ts'
import type { Person } from '../people.ts'

/** Who plays a number that an agent dialled. */
export interface Party {
  role: 'colleague' | 'customer'
  /** A person's id, or the number. */
  id: string
  language: Language
}

export interface Numbers {
  /** What becomes of a number, as the PBX asks. */
  answer(number: string): DialAnswer
  /** Who speaks for it; undefined for people with a phone of their own and for numbers that nobody plays. */
  party(number: string): Party | undefined
}

export interface NumbersOptions {
  people: readonly Person[]
  customers: readonly Customer[]
  /** Undefined for who is not known to the centre. */
  presenceOf(personId: string): string | undefined
  /** A simulated colleague is on a call already. */
  onCall(personId: string): boolean
  random: () => number
}

const ECHO = '600'
/** So many digits at the end name a customer whose number is dialled without its country. */
const LEAST_DIGITS = 7
const NOT_ANSWERED_MS = 25_000
const BUSY_MS = 400

/** The numbering plan of the practice centre: people by name and extension, the echo, and everybody outside. */
export function createNumbers({ people, customers, presenceOf, onCall, random }: NumbersOptions): Numbers {
  const personOf = (number: string): Person | undefined =>
    people.find(({ personId, extension }) => number === personId || (extension !== '' && number === extension))
  const customerOf = (number: string): Customer | undefined => {
    const digits = digitsOf(number)
    if (digits.length < LEAST_DIGITS) return undefined
    const found = customers.filter(({ phone }) => digitsOf(phone) === digits)
    return found[0] ?? (number.startsWith('+') ? undefined : customers.find(({ phone }) => digitsOf(phone).endsWith(digits)))
  }
  const isOutside = (number: string): boolean => /^\+?\d{4,17}$/.test(plain(number))

  const colleague = ({ personId, name }: Person): DialAnswer => {
    const presence = presenceOf(personId)
    const party = { type: 'party', party: 'colleague', id: personId, name: name.en } as const
    if (onCall(personId) || presence === 'busy' || presence === 'wrap-up') return { ...party, ringMs: BUSY_MS, status: 486 }
    if (presence !== 'available') return { ...party, ringMs: NOT_ANSWERED_MS, status: 480 }
    return { ...party, ringMs: 1_000 + random() * 2_000 }
  }
  const outside = (number: string): DialAnswer => {
    const party = { type: 'party', party: 'customer', id: number, name: customerOf(number)?.name ?? '' } as const
    switch (fateOf(number)) {
      case 'busy':
        return { ...party, ringMs: BUSY_MS, status: 486 }
      case 'not-answered':
        return { ...party, ringMs: NOT_ANSWERED_MS, status: 480 }
      case 'answers':
        return { ...party, ringMs: 2_000 + random() * 4_000 }
    }
  }
  return {
    answer(number) {
      const person = personOf(number)
      if (person?.colleague) return colleague(person)
      if (person) return person.extension === '' ? { type: 'refuse', status: 404 } : { type: 'agent', user: person.personId }
      if (number === ECHO) return { type: 'echo' }
      return isOutside(number) ? outside(number) : { type: 'refuse', status: 404 }
    },
    party(number) {
      const person = personOf(number)
      if (person) return person.colleague ? { role: 'colleague', id: person.personId, language: person.speaks } : undefined
      if (number === ECHO || !isOutside(number)) return undefined
      return { role: 'customer', id: number, language: customerOf(number)?.language ?? languageOf(number) }
    }
  }
}

/**
 * What a call to a number comes to: always the same for one number, and over many numbers what people who ring customers back see.
 * About two in three answer, one in five does not, the rest is busy.
 */
export function fateOf(number: string): 'answers' | 'not-answered' | 'busy' {
  // FNV-1a over the digits, with a final mix: neighbouring numbers have nothing in common.
  let hash = 0x811c9dc5
  for (const digit of digitsOf(number)) hash = Math.imul(hash ^ digit.charCodeAt(0), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  const share = ((hash ^ (hash >>> 12)) >>> 0) % 100
  return share < 67 ? 'answers' : share < 87 ? 'not-answered' : 'busy'
}

const plain = (number: string): string => number.replace(/[\s().\-/]/g, '')
/** Without `+`, a leading `00` or a trunk `0`. */
const digitsOf = (number: string): string => plain(number).replace(/\D/g, '').replace(/^0+/, '')
/** Country codes of the mainland, Hong Kong, Macau and Taiwan. */
const languageOf = (number: string): Language =>
  /^(?:86|852|853|886)/.test(digitsOf(number)) && /^(\+|00)/.test(plain(number)) ? 'zh' : 'en'
