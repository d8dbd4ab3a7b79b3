import type { EventData } from '../../src-shared/events.ts'
import type { Ai } from '../ai/ai.ts'
import type { Draft } from './decision.ts'
import type { Conversation } from './state.ts'

type Entry = EventData<'entry.added'>

/** Longest text of an entry; masking can make a text longer. */
const LONGEST = 20_000

/** Adds a line, masked before it goes anywhere. Gives back the text as it stands in the entry. */
export function addEntry(out: Draft, conversation: Conversation, entry: Omit<Entry, 'text'>, raw: string): string {
  const text = out.world.ai.mask(raw).slice(0, LONGEST)
  out.add('entry.added', { ...entry, text }, conversation.conversationId)
  return text
}

/** Intent and mood of what a customer said, and what the rules found in it. */
export function analyseCustomer(out: Draft, conversation: Conversation, entryId: string, text: string) {
  const { ai } = out.world
  const read = { intent: ai.intent(text), mood: ai.mood(text), findings: ai.findings(text, 'customer') }
  out.add('entry.analysed', { entryId, ...read }, conversation.conversationId)
}

/** Only what the rules found: an agent's text is never read for mood. */
export function analyseAgent(out: Draft, conversation: Conversation, entryId: string, text: string) {
  const findings = out.world.ai.findings(text, 'agent')
  if (findings.length > 0) out.add('entry.analysed', { entryId, findings }, conversation.conversationId)
}

/** What the next person is told, so that the customer need not repeat it. */
export function handoffSummary(ai: Ai, conversation: Conversation): string {
  if (conversation.turns.length === 0) return conversation.reason
  const intent = ai.intentOf(conversation.turns).intent
  return ai.summary(conversation.turns, intent === 'unknown' ? (conversation.intent ?? intent) : intent, conversation.language)
}
