import type { Ai } from '../ai/ai.ts'
import { SURE } from '../centre/front-desk/decide.ts'
import { ROUTINE, type Wish } from './mix.ts'

/** How the intent engine reads the callers' words, each on its own. Ratios 0..1 of all the utterances, or of those it acts on. */
export interface Understanding {
  utterances: number
  right: number
  /** Sure enough for the front desk to act. */
  actedOn: number
  rightOfActedOn: number
  /** Of what there is a flow for: recognised, and sure enough. */
  routineRecognised: number
}

export function understandingOf(ai: Ai, wishes: readonly Wish[]): Understanding {
  const read = wishes.map((wish) => {
    const { intent, confidence } = ai.intent(wish.text)
    return { wish, right: intent === wish.intent, sure: intent !== 'unknown' && confidence >= SURE }
  })
  const share = (of: typeof read, is: (one: (typeof read)[number]) => boolean) => of.filter(is).length / of.length
  return {
    utterances: read.length,
    right: share(read, ({ right }) => right),
    actedOn: share(read, ({ sure }) => sure),
    rightOfActedOn: share(
      read.filter(({ sure }) => sure),
      ({ right }) => right
    ),
    routineRecognised: share(
      read.filter(({ wish }) => ROUTINE.includes(wish.intent)),
      ({ right, sure }) => right && sure
    )
  }
}

/** The words cannot be used. */
export class WishesError extends Error {}

/** Reads `language`, `intent`, `text`, tab-separated with a header. @throws WishesError with the line */
export function readWishes(text: string, intents: readonly string[]): Wish[] {
  const [header, ...lines] = text.trim().split(/\r?\n/u)
  if (header !== 'language\tintent\ttext') throw new WishesError('the first line is not language, intent, text')
  return lines.map((line, i) => {
    const [language, intent, said] = line.split('\t')
    if ((language !== 'en' && language !== 'zh') || !intents.includes(intent ?? '') || !said?.trim())
      throw new WishesError(`line ${i + 2} cannot be read`)
    return { language, intent: intent as Wish['intent'], text: said } // the list of intents was asked just before
  })
}
