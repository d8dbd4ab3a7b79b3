import type { MoodScore } from '../../../src-shared/events.ts'
import type { Handoff, HandoffReason, Promised, Tried } from '../../../src-shared/front-desk.ts'
import type { Queue } from '../../../src-shared/taxonomy.ts'
import { INTENT_NAMES } from '../../ai/summary/words.ts'
import type { World } from '../decision.ts'
import type { Conversation } from '../state.ts'
import { NEXT_STEP, spokenHandoff } from './words.ts'

/** Longest note of a handoff: masking can make a text longer. */
export const NOTE_LIMIT = 500

/** Everything the next person needs in one piece, so that the customer is asked nothing twice. Pure. */
export function prepareHandoff(
  { ai, now, state }: Pick<World, 'ai' | 'now' | 'state'>,
  conversation: Conversation,
  to: { because: HandoffReason; queue: Queue; fromPersonId?: string; note?: string }
): Handoff {
  const { turns, language, frontDesk, verification, verified, handoff: before } = conversation
  const said = turns.filter(({ speaker }) => speaker === 'customer')
  const read = said.length > 0 ? ai.intentOf(turns).intent : 'unknown'
  const intent = read !== 'unknown' ? read : (frontDesk?.intent ?? conversation.intent ?? 'unknown')
  const mood = moodOf(said.slice(-MOOD_LINES).map(({ text }) => ai.mood(text)))
  // What was handed over before holds what the front desk had gathered and tried.
  const gathered = (before?.gathered ?? frontDesk?.gathered ?? []).filter(({ name }) => tells(name))
  const known = new Set(gathered.map(({ value }) => value))
  for (const turn of said)
    for (const { kind, text } of ai.entities(turn.text))
      if (!known.has(text)) {
        known.add(text)
        gathered.push({ name: kind, value: text, entryId: turn.entryId, at: turn.at })
      }
  const wish = said.find(({ text }) => ai.intent(text).intent === intent) ?? said[0]
  const topic = INTENT_NAMES[intent][language]
  const wanted = `${topic.charAt(0).toUpperCase()}${topic.slice(1)}${wish ? quote(ai.mask(wish.text), language) : ''}`
  const tried = triedBy(conversation)
  const nextStep = NEXT_STEP[language][to.because]
  return {
    ...(to.fromPersonId === undefined ? {} : { fromPersonId: to.fromPersonId }),
    because: to.because,
    ...(to.note === undefined || to.note === '' ? {} : { note: ai.mask(to.note).slice(0, NOTE_LIMIT) }),
    queue: to.queue,
    verification: {
      state: verification,
      ...(verified?.how === undefined ? {} : { how: verified.how }),
      ...(verified && { at: verified.at })
    },
    intent,
    wanted,
    tried: tried.slice(-60),
    ...(mood && { mood: { mood: mood.mood, confidence: mood.confidence, ...(mood.span && { quote: mood.span.text }) } }),
    gathered: gathered.slice(-40),
    promised: promisedBy(ai, conversation, to.fromPersonId).slice(-40),
    nextStep,
    spoken: spokenHandoff(language, {
      name: state.cards.get(conversation.customerId)?.data.name ?? '',
      topic,
      because: to.because,
      verified: verification === 'verified',
      mood: mood?.mood,
      done: tried.filter(({ what, outcome }) => outcome === 'done' && what !== 'verification').length
    }),
    at: now
  }
}

/** What the flows note for themselves says nothing to a person. */
const tells = (name: string): boolean => !name.startsWith('_') && !name.endsWith('Id')

/** A word of thanks at the end does not take the anger away. */
const MOOD_LINES = 3
const moodOf = (moods: readonly MoodScore[]): MoodScore | undefined => moods.findLast(({ mood }) => mood !== 'calm') ?? moods.at(-1)

/** What the front desk tried, what was handed over before, and what people have done since. */
function triedBy({ frontDesk, handoff, verification, verified, articles }: Conversation): Tried[] {
  const tried = [...(handoff?.tried ?? frontDesk?.tried ?? [])]
  const told = (what: Tried['what'], at: number) => tried.some((one) => one.what === what && one.at === at)
  if (verified && (verification === 'verified' || verification === 'failed') && !told('verification', verified.at))
    tried.push({
      what: 'verification',
      outcome: verification === 'verified' ? 'done' : 'failed',
      ...(verified.how === undefined ? {} : { detail: verified.how }),
      at: verified.at
    })
  for (const { articleId, at } of articles)
    if (!tried.some(({ what, detail }) => what === 'article' && detail === articleId))
      tried.push({ what: 'article', outcome: 'done', detail: articleId, at })
  return tried.sort((a, b) => a.at - b.at)
}

/** Promises of the front desk and those in people's words, each once. */
function promisedBy(ai: World['ai'], { turns, language, promised, handoff }: Conversation, personId: string | undefined): Promised[] {
  const before = handoff?.promised ?? promised
  const known = new Set(before.map(({ text }) => text))
  const since = ai
    .promises(turns, language)
    .filter(({ text }) => !known.has(text))
    .map(({ text, at }): Promised => ({ text, by: 'agent', ...(personId === undefined ? {} : { personId }), at }))
  return [...before, ...since]
}

const QUOTED = 120
const quote = (text: string, language: 'en' | 'zh'): string => {
  const short = text.length > QUOTED ? `${text.slice(0, QUOTED - 1)}…` : text
  return language === 'en' ? ` – “${short}”` : `——“${short}”`
}
