import type { Customer } from '../../../src-shared/events.ts'
import type { Effect } from '../../centre/port.ts'
import type { Scenario } from '../scenarios/format.ts'

/** What a scripted customer says to the front desk. They want what their scenario says, and nothing else. */

type Awaits = Extract<Effect, { type: 'frontDeskSaid' }>['awaits']

/** How many customers who were helped want a person all the same: people must have something to practise on. */
const WANTS_PERSON = 0.35

const WORDS = {
  en: {
    yes: 'Yes, please.',
    no: 'No, that is all. Thank you!',
    person: 'I would like to speak to a person about this, please.',
    first: 'The first one, please.',
    code: (code: string) => `It is ${code}.`,
    tail: (tail: string) => `It ends in ${tail}.`,
    dontKnow: 'I do not have that at hand.'
  },
  zh: {
    yes: '好的，麻烦了。',
    no: '没有了，谢谢！',
    person: '我想找人工客服说一下。',
    first: '第一个吧。',
    code: (code: string) => `验证码是${code}。`,
    tail: (tail: string) => `尾号是${tail}。`,
    dontKnow: '我手边没有。'
  }
} as const

/** How a customer tells the code that came to their phone. */
export const codeWords = (language: 'en' | 'zh', code: string): string => WORDS[language].code(code)

export interface VisitorAsked {
  awaits: Awaits
  scenario: Scenario
  customer: Customer | undefined
  /** The newest one-time code that came to their phone. */
  code: string | undefined
  /** How often they have said what they want. */
  wishes: number
  /** They want a person whatever was done for them. */
  toPerson: boolean
  random: () => number
}

/** The customer's next line; undefined: they say nothing. */
export function visitorSays({ awaits, scenario, customer, code, wishes, toPerson, random }: VisitorAsked): string | undefined {
  const words = WORDS[scenario.language]
  switch (awaits) {
    case 'nothing':
      return undefined
    case 'wish':
      // Who was not understood says why they come in other words, then asks for a person.
      return wishes === 0 ? scenario.opening.text : wishes === 1 ? scenario.reason : words.person
    case 'code':
      return code === undefined ? words.dontKnow : words.code(code)
    case 'answer': {
      const card = customer?.products.find(({ kind }) => kind === 'card') ?? customer?.products[0]
      const tail = card?.masked.replaceAll(/[^\p{L}\d]/gu, '').slice(-4)
      return tail ? words.tail(tail) : words.dontKnow
    }
    case 'choice':
      return words.first
    case 'yes':
      return words.yes
    case 'more':
      return toPerson || random() < WANTS_PERSON ? words.person : words.no
  }
}
