import type { Article, IntentScore, MoodScore, Span } from '../../src-shared/events.ts'
import type { Check, Intent, Language } from '../../src-shared/taxonomy.ts'

/** What the co-pilot and the centre read from one utterance. All pure and local; offsets are UTF-16 into the given text. */
export interface Finding {
  rule: string
  severity: 'info' | 'caution' | 'bad'
  span: Span
}
export interface Entity {
  kind: 'amount' | 'date' | 'card' | 'phone' | 'policy' | 'product' | 'code'
  text: string
}
export interface Passage {
  articleId: string
  title: string
  passage: string
  say: string
  /** 0..1 */
  score: number
}
/** One spoken or written line, as the compliance rules and the summary see a conversation. */
export interface Turn {
  entryId: string
  speaker: 'customer' | 'agent'
  text: string
  at: number
}
export interface CheckResult {
  check: Check
  state: 'open' | 'done' | 'broken'
  quote?: string
  entryId?: string
  at?: number
}

/** What is known of a conversation beside its lines. */
interface Known {
  /** Somebody proved who they are before these lines: nobody need ask. */
  verified?: boolean
}

/** Something that an agent said would be done and that nobody has said was done. */
export interface Pledge {
  text: string
  entryId: string
  at: number
}

/** The local intelligence as one object; made once per process by `createAi()` (src-main/ai/index.ts). */
export interface Ai {
  language(text: string): Language
  /** `unknown` when nothing fits well enough. */
  intent(text: string): IntentScore
  /** The intent of a whole conversation so far: the customer's lines, newer and longer ones weigh more. */
  intentOf(turns: readonly Turn[]): IntentScore
  /** Of a customer's text; never called with an agent's. */
  mood(text: string): MoodScore
  entities(text: string): Entity[]
  /** Card, identity, phone and account numbers, e-mail addresses and secrets replaced by their masked form. */
  mask(text: string): string
  /** Forbidden promises, coaching by a third party, personal data spoken in clear ... */
  findings(text: string, speaker: 'customer' | 'agent'): Finding[]
  /** The "check first" list of a conversation. Which checks apply depends on the intent. */
  checks(turns: readonly Turn[], intent: Intent): CheckResult[]
  /** A running summary in the conversation's language: wanted, done, promised, open. */
  summary(turns: readonly Turn[], intent: Intent, language: Language, known?: Known): string
  /** What agents promised and nobody has reported as done, in the conversation's language, in order. */
  promises(turns: readonly Turn[], language: Language): Pledge[]
  /** How much two questions ask the same, 0..1. */
  similarity(a: string, b: string): number
  /** Articles that fit, best first. */
  retrieve(query: string, intent: Intent | undefined, language: Language, limit: number): Passage[]
  /** Replaces the knowledge base that `retrieve` searches. */
  setArticles(articles: readonly Article[]): void
}
