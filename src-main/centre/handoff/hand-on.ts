import type { Turn } from '../../ai/ai.ts'
import type { Draft } from '../decision.ts'
import type { Conversation } from '../state.ts'
import { prepareHandoff } from './prepare.ts'

/** Gives the next person everything that is known. A reading that fails may cost them that, but never the customer their place. */
export function handOn(out: Draft, conversation: Conversation, to: Parameters<typeof prepareHandoff>[2]) {
  const { conversationId, turns } = conversation
  try {
    const given = prepareHandoff(out.world, { ...conversation, turns: [...turns, ...newTurns(out, conversation)] }, to)
    out.add('handoff.prepared', given, conversationId)
  } catch (error) {
    out.world.log?.write('centre.reading-failed', { what: 'handoff', error: String(error) })
  }
}

/** What was said in this very decision: often the words that made it necessary to hand over. */
const newTurns = (out: Draft, { conversationId, entryIds }: Conversation): Turn[] =>
  out.facts.flatMap((fact): Turn[] => {
    if (fact.type !== 'entry.added' || fact.conversationId !== conversationId || entryIds.has(fact.data.entryId)) return []
    const { entryId, kind, speaker, text, at } = fact.data
    return (kind === 'message' || kind === 'utterance') && (speaker === 'customer' || speaker === 'agent')
      ? [{ entryId, speaker, text, at }]
      : []
  })
