import type { Handoff, HandoffReason } from '../../../src-shared/front-desk.ts'
import type { Queue } from '../../../src-shared/taxonomy.ts'
import { INTENT_NAMES } from '../../ai/summary/words.ts'
import type { World } from '../decision.ts'
import type { Conversation } from '../state.ts'
import { NEXT_STEP, spokenHandoff } from './words.ts'

/** Everything the next person needs in one piece, so that the customer is asked nothing twice. Pure. */
export function prepareHandoff(
  { ai, now, state }: Pick<World, 'ai' | 'now' | 'state'>,
  conversation: Conversation,
  to: { because: HandoffReason; queue: Queue; fromPersonId?: string; note?: string }
): Handoff {
  const { turns, language, frontDesk, verification, verified, promised, handoff: before } = conversation
  const said = turns.filter(({ speaker }) => speaker === 'customer')
  const read = said.length > 0 ? ai.intentOf(turns).intent : 'unknown'
  const intent = read !== 'unknown' ? read : (frontDesk?.intent ?? conversation.intent ?? 'unknown')
  const moods = said.map((turn) => ai.mood(turn.text))
  const mood = moods.at(-1)
  const gathered = (frontDesk?.gathered ?? before?.gathered ?? []).filter(({ name }) => !name.startsWith('_'))
  const known = new Set(gathered.map(({ value }) => value))
  for (const turn of said)
    for (const { kind, text } of ai.entities(turn.text))
      if (!known.has(text)) {
        known.add(text)
        gathered.push({ name: kind, value: text, entryId: turn.entryId, at: turn.at })
      }
  const wanted = `${INTENT_NAMES[intent][language]}${said[0] ? quote(ai.mask(said[0].text), language) : ''}`
  const tried = frontDesk?.tried ?? before?.tried ?? []
  const nextStep = NEXT_STEP[language][to.because]
  return {
    ...(to.fromPersonId === undefined ? {} : { fromPersonId: to.fromPersonId }),
    because: to.because,
    ...(to.note === undefined || to.note === '' ? {} : { note: ai.mask(to.note) }),
    queue: to.queue,
    verification: {
      state: verification,
      ...(verified?.how === undefined ? {} : { how: verified.how }),
      ...(verified && { at: verified.at })
    },
    intent,
    wanted,
    tried,
    ...(mood && { mood: { mood: mood.mood, confidence: mood.confidence, ...(mood.span && { quote: mood.span.text }) } }),
    gathered: gathered.slice(-40),
    promised,
    nextStep,
    spoken: spokenHandoff(language, {
      name: state.cards.get(conversation.customerId)?.data.name ?? '',
      topic: INTENT_NAMES[intent][language],
      because: to.because,
      verified: verification === 'verified',
      mood: mood?.mood,
      done: tried.filter(({ what, outcome }) => outcome === 'done' && what !== 'verification').length
    }),
    at: now
  }
}

const QUOTED = 120
const quote = (text: string, language: 'en' | 'zh'): string => {
  const short = text.length > QUOTED ? `${text.slice(0, QUOTED - 1)}…` : text
  return language === 'en' ? ` – “${short}”` : `——“${short}”`
}
