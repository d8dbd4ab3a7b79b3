import type { EventData } from '../../src-shared/events.ts'
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

/** A reading that fails must not cost the line that was read: it is left out and noted. Masking is no reading: it may not fail. */
function reading<T>(out: Draft, what: string, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    out.world.log?.write('centre.reading-failed', { what, error: String(error) })
    return undefined
  }
}

/** Intent and mood of what a customer said, and what the rules found in it. */
export function analyseCustomer(out: Draft, conversation: Conversation, entryId: string, text: string) {
  const { ai } = out.world
  const read = reading(out, 'customer', () => ({ intent: ai.intent(text), mood: ai.mood(text), findings: ai.findings(text, 'customer') }))
  if (read) out.add('entry.analysed', { entryId, ...read }, conversation.conversationId)
}

/** Only what the rules found: an agent's text is never read for mood. */
export function analyseAgent(out: Draft, conversation: Conversation, entryId: string, text: string) {
  const findings = reading(out, 'agent', () => out.world.ai.findings(text, 'agent')) ?? []
  if (findings.length > 0) out.add('entry.analysed', { entryId, findings }, conversation.conversationId)
}

/** What the next person is told, so that the customer need not repeat it. */
export function handoffSummary(out: Draft, conversation: Conversation): string {
  const { turns, reason, language } = conversation
  const { ai } = out.world
  if (turns.length === 0) return reason
  const read = reading(out, 'summary', () => {
    const { intent } = ai.intentOf(turns)
    return ai.summary(turns, intent === 'unknown' ? (conversation.intent ?? intent) : intent, language)
  })
  return read ?? reason
}
