import type { Draft } from '../decision.ts'
import type { Conversation } from '../state.ts'
import { prepareHandoff } from './prepare.ts'

/** Gives the next person everything that is known. A reading that fails may cost them that, but never the customer their place. */
export function handOn(out: Draft, conversation: Conversation, to: Parameters<typeof prepareHandoff>[2]) {
  try {
    out.add('handoff.prepared', prepareHandoff(out.world, conversation, to), conversation.conversationId)
  } catch (error) {
    out.world.log?.write('centre.reading-failed', { what: 'handoff', error: String(error) })
  }
}
