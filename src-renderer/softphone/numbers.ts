import type { CountryCode, PhoneNumber } from 'libphonenumber-js/min'

/** Why a text cannot be dialled, or why dialling it is doubtful; the catalogue has a sentence for each. */
export type NumberProblem = 'empty' | 'not-a-number' | 'too-short' | 'too-long'

export interface DialNumber {
  /** What the PBX is asked to call: digits, or a sip: address as it stands. Empty when there is nothing to dial. */
  dial: string
  /** The number as the world knows it (ITU-T E.164); absent for extensions, feature codes and sip: addresses. */
  e164?: string | undefined
  /** As a person reads it, with what is keyed after the answer. */
  display: string
  /** Digits of a further extension (RFC 3966 `ext`), to be keyed once somebody answered; a comma is a pause. */
  extension?: string | undefined
  /** With a `dial` it can still be tried: the PBX may know better. */
  problem?: NumberProblem | undefined
}

export interface DialRules {
  /** ISO 3166 country of numbers that name none. */
  country: string
  /** Put before numbers outside the centre. */
  outsidePrefix: string
}

/** Longer than this is no extension: the shortest national numbers have seven digits. */
const LONGEST_EXTENSION = 6
const KEYPAD = ['', '', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'] // ITU-T E.161

/**
 * What a person typed, pasted or clicked, as something to dial. Full-width digits and signs, Chinese punctuation, invisible marks and
 * `tel:` (RFC 3966), `callto:` and `sip:` addresses are understood; extensions and feature codes go through as they are. A number outside
 * the centre is dialled as E.164, or with a prefix the way a telephone of the country would dial it.
 *
 * The library with every country's rules is fetched when first needed.
 */
export async function normalise(text: string, rules: DialRules): Promise<DialNumber> {
  const number = await read(text, rules)
  return number.extension === undefined ? number : { ...number, display: `${number.display} → ${number.extension}` }
}

async function read(text: string, rules: DialRules): Promise<DialNumber> {
  const address = readAddress(text)
  if ('result' in address) return address.result
  const { digits, extension } = address
  const inside = { dial: digits, display: digits, extension }
  if (/[*#]/.test(digits) || (!digits.startsWith('+') && digits.length <= LONGEST_EXTENSION)) return inside

  const lib = await import('libphonenumber-js/min')
  const country = lib.isSupportedCountry(address.country ?? rules.country)
    ? ((address.country ?? rules.country) as CountryCode) // just asked
    : undefined
  const parse = (number: string): PhoneNumber | undefined => {
    const found = lib.parsePhoneNumberFromString(number, { ...(country ? { defaultCountry: country } : {}), extract: false })
    return found?.isPossible() ? found : undefined
  }
  const number = parse(digits)
  if (number) return { dial: outside(number, rules, country), e164: number.number, display: number.formatInternational(), extension }
  // The prefix was typed already.
  const bare = rules.outsidePrefix !== '' && digits.startsWith(rules.outsidePrefix) ? digits.slice(rules.outsidePrefix.length) : ''
  const known = bare === '' ? undefined : parse(bare)
  if (known) return { dial: digits, e164: known.number, display: known.formatInternational(), extension }
  const why = lib.validatePhoneNumberLength(digits, country ? { defaultCountry: country } : {})
  return { ...inside, problem: why === 'TOO_SHORT' ? 'too-short' : why === 'TOO_LONG' ? 'too-long' : 'not-a-number' }
}

/** A number as a person reads it: grouped as {@link normalise} groups it; what is no number of the world (E.164) stands as it came. */
export async function grouped(number: string): Promise<string> {
  if (!/^\+\d+$/.test(number)) return number
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  const found = parsePhoneNumberFromString(number)
  return found?.isPossible() ? found.formatInternational() : number
}

function outside(number: PhoneNumber, { outsidePrefix }: DialRules, country: CountryCode | undefined): string {
  if (outsidePrefix === '') return number.number
  // Countries that share a code (the North American ones) dial each other like themselves.
  const local = country === undefined || number.country === country || number.getPossibleCountries().includes(country)
  const dialled = local ? number.format('NATIONAL') : number.format('IDD', { fromCountry: country })
  return outsidePrefix + dialled.replace(/\D/g, '')
}

type Address = { result: DialNumber } | { digits: string; extension?: string | undefined; country?: string | undefined }

const none = (problem: NumberProblem, display = ''): Address => ({ result: { dial: '', display, problem } })

/** Takes the text apart. Pure. */
function readAddress(text: string): Address {
  // NFKC turns full-width digits, letters and signs into plain ones; the marks are what copied text carries along.
  const plain = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
    .replace(/[\u2010-\u2015\u2212\u30fc]/g, '-')
    .trim()
  if (plain === '') return none('empty')
  if (/^sips?:/i.test(plain)) return readSip(plain)
  const scheme = /^(?:tel|callto|web\+tel):(?:\/\/)?/i.exec(plain)?.[0]
  return scheme === undefined ? readNumber(plain) : readTel(decoded(plain.slice(scheme.length)))
}

function readSip(address: string): Address {
  // Headers of a clicked address (RFC 3261 19.1.1) could say anything in an INVITE: only the address itself is taken.
  const bare = address.replace(/\?.*$/s, '')
  const parts = /^(sips?):([^\s@<>"]+@)?([A-Za-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?((?:;[^\s;<>"]+)*)$/i.exec(bare)
  if (!parts) return none('not-a-number', address)
  const [, , user = '', host = ''] = parts
  return { result: { dial: bare, display: user === '' ? host : `${decoded(user.slice(0, -1))}@${host}` } }
}

/** RFC 3966: `+44-20-7946-0018;ext=12`, `7042;phone-context=example.com`. */
function readTel(rest: string): Address {
  const [number = '', ...parameters] = rest.split(';')
  const value = (name: string) => parameters.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
  const read = readNumber(number)
  if ('result' in read) return read
  const context = value('phone-context')
  const extension = value('ext')?.replace(/[^\d*#,]/g, '') || read.extension
  // A context of digits says where a local number belongs; it is no part of what is dialled.
  const inContext = context?.startsWith('+') && !read.digits.startsWith('+') ? { country: countryOfCode(context) } : {}
  return { ...read, extension, ...inContext }
}

/** The countries that a desk is most likely to be told of; any other context is left to the account's own country. */
function countryOfCode(context: string): string | undefined {
  const code = context.replace(/\D/g, '')
  return { '1': 'US', '44': 'GB', '49': 'DE', '65': 'SG', '81': 'JP', '82': 'KR', '86': 'CN', '852': 'HK', '853': 'MO', '886': 'TW' }[code]
}

function readNumber(text: string): Address {
  const [body = '', said] = splitExtension(text)
  const spelled = body.replace(/[\s().\-/·,。、，]/g, '')
  if (spelled === '') return none('empty')
  // 0800-FLOWERS: letters after digits are keys. A word alone is somebody's user name.
  const digits = /^\+?\d+[A-Za-z]+$/.test(spelled) ? keyed(spelled) : spelled
  if (/^\+?[0-9]+$/.test(digits) || /^[0-9*#]+$/.test(digits)) return { digits, extension: said }
  if (/^[A-Za-z0-9._-]{1,64}$/.test(body)) return { result: { dial: body, display: body } }
  return none('not-a-number', text)
}

function splitExtension(text: string): [string, string | undefined] {
  // As a mobile phone keeps it: pauses, and what is keyed after them.
  const paused = /^([^,]*\d{2})\s*(,[,\d*#]*[\d*#])$/.exec(text)
  if (paused?.[1] !== undefined) return [paused[1], paused[2]]
  const found = /^(.*\d)\s*(?:ext\.?|extension|x|转|轉|分机|分機)\s*[:：]?\s*(\d{1,8})$/i.exec(text)
  return found?.[1] === undefined ? [text, undefined] : [found[1], found[2]]
}

const keyed = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => String(KEYPAD.findIndex((letters) => letters.includes(letter.toUpperCase()))))

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a broken escape: what is there is tried
  }
}
