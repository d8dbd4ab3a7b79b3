import type { Fact } from '../../src-shared/events.ts'
import type { Audit } from '../audit/audit.ts'
import type { CentreLine, Hub } from '../hub/hub.ts'

/** Facts that somebody must be able to answer for, who did them, and what identifies them. Never words of a conversation. */
function audited(fact: Fact): { actor: string; detail: Record<string, string> } | undefined {
  switch (fact.type) {
    case 'verification.changed':
      return { actor: 'centre', detail: { state: fact.data.state } }
    case 'alert.resolved':
      return { actor: fact.data.personId ?? 'centre', detail: { alertId: fact.data.alertId, outcome: fact.data.outcome ?? '' } }
    case 'conversation.transferred':
      return { actor: fact.data.fromPersonId, detail: { queue: fact.data.queue } }
    case 'conversation.wrapped':
      return { actor: fact.data.personId, detail: { disposition: fact.data.disposition } }
    case 'mood.corrected':
      return { actor: fact.data.personId, detail: { entryId: fact.data.entryId, mood: fact.data.mood } }
    case 'suggestion.rated':
      return { actor: fact.data.personId, detail: { articleId: fact.data.articleId, outcome: fact.data.outcome } }
    case 'call.recording-paused':
      return fact.data.personId === undefined ? undefined : { actor: fact.data.personId, detail: { reason: fact.data.reason } }
    case 'desk.revoked':
      return { actor: 'centre', detail: {} }
    default:
      return undefined
  }
}

/** The same hub, whose centre leaves a trail of what `watches` people did. It is written first: better an entry too many than one too few. */
export function auditedHub<H extends Hub>(hub: H, audit: Audit, watches: (personId: string) => boolean): H {
  const note = (fact: Fact, handledFor: string | undefined) => {
    const found = audited(fact)
    if (!found) return
    const actor = found.actor === 'centre' ? (handledFor ?? 'centre') : found.actor
    if (actor !== 'centre' && !watches(actor)) return
    audit.record(actor, fact.type, {
      ...found.detail,
      ...(fact.conversationId === undefined ? {} : { conversationId: fact.conversationId })
    })
  }
  return {
    ...hub,
    centre(): CentreLine {
      const line = hub.centre()
      return {
        ...line,
        commit(commit) {
          for (const fact of commit.facts) note(fact, commit.handled?.deskId)
          line.commit(commit)
        }
      }
    }
  }
}
