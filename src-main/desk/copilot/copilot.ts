import type { CopilotCard } from '../../../src-shared/contract/copilot.ts'
import type { IntentScore, MoodScore } from '../../../src-shared/events.ts'
import { HUMAN_ONLY, type Intent, type Language, type Locale } from '../../../src-shared/taxonomy.ts'
import type { Ai, Entity, Passage } from '../../ai/ai.ts'
import { readSettings } from '../../store/own/keep.ts'
import type { Reading } from '../../store/queries/rows.ts'
import type { BetterWording } from './better-wording.ts'
import { foundIn, withLaw } from './found.ts'
import { withIdentity } from './identity.ts'
import { lean } from './leanings.ts'
import { type Heard, type HeardTurn, hear } from './turns.ts'

/** The co-pilot of one desk. Everything is computed here, so it works while the line is down. */
export interface Copilot {
  /** `undefined` when the desk does not know the conversation. */
  card(conversationId: string): CopilotCard | undefined
  /** The knowledge base has changed: cards are made anew. */
  forget(): void
}

/** What one utterance says by itself; read once and kept. */
interface Reading1 {
  mood: MoodScore | undefined
  entities: Entity[]
  /** The customer speaks of something that a person decides. */
  needsPerson: boolean
  /** The customer threatens with, or asks for, a regulator: from then on a person decides. */
  regulator: boolean
}

interface Kept {
  print: string
  card: CopilotCard
  language: Language
}

/** Conversations whose cards and readings are kept; the one not asked for longest goes first. */
const KEPT_CONVERSATIONS = 64
/** A passage that fits worse is not worth the agent's look. */
const LEAST_SCORE = 0.1
const MATERIAL = 4
/** A summary is in the conversation's language; one without a word has none, so it is in the reader's. */
const NOTHING_SAID: Readonly<Record<Locale, string>> = {
  en: 'Nothing was said.',
  'zh-CN': '没有对话内容。',
  'zh-TW': '沒有對話內容。'
}

export interface CopilotOptions {
  ai: Ai
  reading: () => Reading
  /** Milliseconds of a steady clock, for `tookMs`. */
  clock: () => number
  better: BetterWording
}

export function createCopilot({ ai, reading, clock, better }: CopilotOptions): Copilot {
  const cards = new Map<string, Kept>()
  const utterances = new Map<string, Map<string, Reading1>>()

  const ofCustomer = (text: string): Reading1 => ({
    mood: ai.mood(text),
    entities: ai.entities(text),
    needsPerson: isHumanOnly(ai.intent(text).intent),
    regulator: ai.findings(text, 'customer').some((finding) => finding.rule === 'regulator')
  })
  // Moods are of customers only.
  const ofAgent = (text: string): Reading1 => ({ mood: undefined, entities: ai.entities(text), needsPerson: false, regulator: false })

  function readOnce(conversationId: string, turn: HeardTurn): Reading1 {
    let known = utterances.get(conversationId)
    if (!known) utterances.set(conversationId, (known = new Map()))
    let one = known.get(turn.entryId)
    if (!one) known.set(turn.entryId, (one = turn.speaker === 'customer' ? ofCustomer(turn.text) : ofAgent(turn.text)))
    return one
  }

  function make(conversationId: string, heard: Heard, locale: Locale, language: Language): CopilotCard {
    const startedAt = clock()
    const { turns } = heard
    const said = turns.filter((turn) => turn.speaker === 'customer')
    const intent = needOf(ai, turns, heard)
    const readings = turns.map((turn) => readOnce(conversationId, turn))
    const newest = readings[turns.findLastIndex((turn) => turn.speaker === 'customer')]
    // Any sign will do: a script too few costs a look into the material, a script too many may decide what a person must.
    const humanOnly =
      isHumanOnly(intent?.intent) ||
      isHumanOnly(heard.openedIntent) ||
      newest?.needsPerson === true ||
      readings.some((one) => one.regulator)
    const retrieved = said.length === 0 ? [] : ai.retrieve(queryOf(said), intent?.intent, language, MATERIAL + 1 + heard.rated.size)
    const passages = lean(retrieved, heard.leanings, intent?.intent)
    const good = passages.filter((passage) => passage.score >= LEAST_SCORE && !heard.rated.has(passage.articleId))
    const lastSaid = said.at(-1)
    // Rated: the need has been met (or the script refused) until the customer speaks again.
    const settled = heard.lastRatedAt > 0 && heard.lastRatedAt >= (lastSaid?.at ?? 0)
    const suggested = humanOnly || settled ? undefined : good[0]
    const material = good.filter((passage) => passage !== suggested).slice(0, MATERIAL)
    const mood = newestMood(turns, readings)
    return {
      conversationId,
      ...(intent ? { intent } : {}),
      humanOnly,
      ...(mood ? { mood } : {}),
      ...(suggested ? { suggestion: suggestion(suggested) } : {}),
      material: material.map(({ articleId, title, passage }) => ({ articleId, title, passage })),
      // Only calls are recorded; a written line is its own record.
      checks: withIdentity(
        withLaw(
          ai.checks(turns, intent?.intent ?? 'unknown').filter(({ check }) => check !== 'recording_notice' || heard.channel === 'voice'),
          language,
          (entryId) => turns.find((turn) => turn.entryId === entryId)?.speaker
        ),
        heard.verifiedBefore,
        locale
      ),
      summary:
        turns.length === 0
          ? NOTHING_SAID[locale]
          : ai.summary(turns, intent?.intent ?? 'unknown', language, { verified: heard.verifiedBefore !== undefined }),
      entities: distinct(readings.flatMap((one) => one.entities)),
      ...(heard.alert === undefined ? {} : { alert: heard.alert }),
      tookMs: clock() - startedAt
    }
  }

  const withBetter = ({ card: kept, language }: Kept, heard: Heard): CopilotCard => {
    const card = { ...kept, findings: foundIn(reading().desk, kept.conversationId, language) }
    const wording = better.of(card, heard, language)
    return wording ? { ...card, wording } : card
  }

  return {
    card(conversationId) {
      const heard = hear(reading(), conversationId)
      if (!heard) return undefined
      const { locale } = readSettings(reading().own)
      const print = JSON.stringify([
        (heard.turns.length === 0 || heard.verifiedBefore) && locale,
        heard.verifiedBefore,
        heard.turns.map((t) => [t.entryId, t.mood?.mood]),
        heard.openedIntent,
        heard.alert,
        [...heard.rated],
        heard.leanings,
        heard.lastRatedAt
      ])
      const kept = cards.get(conversationId)
      if (kept?.print === print) return withBetter(kept, heard)
      const language = heard.language ?? ai.language(heard.turns.findLast((turn) => turn.speaker === 'customer')?.text ?? '')
      const made: Kept = { print, card: make(conversationId, heard, locale, language), language }
      cards.delete(conversationId)
      cards.set(conversationId, made)
      if (cards.size > KEPT_CONVERSATIONS)
        for (const [oldest] of [...cards].slice(0, 1)) {
          cards.delete(oldest)
          utterances.delete(oldest)
        }
      return withBetter(made, heard)
    },
    forget: () => {
      better.forget()
      cards.clear()
      utterances.clear()
    }
  }
}

const isHumanOnly = (intent: Intent | undefined): boolean => intent !== undefined && HUMAN_ONLY.includes(intent)

/** What the customer wants: from what was said, else from what the conversation was opened with. */
function needOf(ai: Ai, turns: readonly HeardTurn[], heard: Heard): IntentScore | undefined {
  const scored = turns.some((turn) => turn.speaker === 'customer') ? ai.intentOf(turns) : undefined
  if (scored && scored.intent !== 'unknown') return scored
  return heard.openedIntent ? { intent: heard.openedIntent, confidence: 0.5, why: [] } : scored
}

/** The newest words lead; the ones before give the context that a short "and the fee?" lacks. */
const queryOf = (said: readonly HeardTurn[]): string =>
  said
    .slice(-3)
    .reverse()
    .map((turn) => turn.text)
    .join('\n')

const suggestion = ({ articleId, title, say, passage, score }: Passage): NonNullable<CopilotCard['suggestion']> => ({
  articleId,
  title,
  say,
  passage,
  confidence: score
})

function newestMood(turns: readonly HeardTurn[], readings: readonly Reading1[]): CopilotCard['mood'] {
  for (let i = turns.length - 1; i >= 0; i--) {
    const turn = turns[i]
    // What the centre or a person said about it outranks the reading made here.
    const score = turn?.mood ?? readings[i]?.mood
    if (turn?.speaker === 'customer' && score) return { ...score, entryId: turn.entryId, at: turn.at }
  }
  return undefined
}

const distinct = (entities: readonly Entity[]): Entity[] => [...new Map(entities.map((one) => [`${one.kind} ${one.text}`, one])).values()]
