import { type Torture, tortureSet } from '../../main/practice/pbx/torture-set.ts'
import { SECTIONS } from './sections.ts'

/** What must come of a message: the status of an answer, or none. */
export type Reaction = number | 'no answer'

export interface Odd {
  name: string
  /** Of RFC 4475, where it has such a message. */
  section: string | undefined
  /** `%d`: the domain. `sip:practice@%d`: who is addressed. */
  message: string | Uint8Array
  phone: Reaction
  pbx: Reaction
}

/** Where a phone rightly reacts otherwise than a PBX: it serves one address, registers nobody and asks nobody who they are. */
const PHONE: Readonly<Record<string, Reaction>> = {
  'escaped characters in the user part': 404,
  'a semicolon in the user part': 404,
  'REGISTER of an address with another scheme': 405,
  'a scheme of authorization nobody knows': 405,
  'REGISTER with a parameter of the Contact': 405,
  'REGISTER with a parameter of the URI': 405,
  'REGISTER with a header in the URI': 405,
  'an INVITE of nobody': 400, // it has no Contact
  'no more hops, and it is for others': 404,
  'too many headers': 200,
  'too large a header': 200
}

export function oddMessages(): Odd[] {
  const known = tortureSet().map(({ name, message, expect }: Torture): Odd => {
    const pbx = typeof expect === 'number' ? expect : 'no answer'
    return { name, section: SECTIONS[name], message, pbx, phone: PHONE[name] ?? pbx }
  })
  const more: Omit<Odd, 'section'>[] = [
    {
      name: 'a branch that is nothing but the magic cookie',
      message: request('OPTIONS', ['Via: SIP/2.0/WS odd.invalid;branch=z9hG4bK']),
      phone: 200,
      pbx: 200
    },
    {
      name: 'a response for somebody else',
      message: [
        'SIP/2.0 200 OK',
        'Via: SIP/2.0/WS 255.255.255.255;branch=z9hG4bKelse',
        'From: <sip:a@odd.invalid>;tag=a',
        'To: <sip:b@odd.invalid>;tag=b',
        'Call-ID: else@odd.invalid',
        'CSeq: 1 INVITE',
        'Content-Length: 0',
        '',
        ''
      ].join('\r\n'),
      phone: 'no answer',
      pbx: 'no answer'
    }
  ]
  return [...known, ...more.map((one) => ({ ...one, section: SECTIONS[one.name] }))]
}

const request = (method: string, headers: readonly string[]): string =>
  [
    `${method} sip:practice@%d SIP/2.0`,
    ...headers,
    'Max-Forwards: 70',
    'From: <sip:odd@odd.invalid>;tag=odd',
    'To: <sip:practice@%d>',
    `Call-ID: ${method.toLowerCase()}-more@odd.invalid`,
    `CSeq: 1 ${method}`,
    'Content-Length: 0',
    '',
    ''
  ].join('\r\n')
