import type { Presence } from '../../src-shared/taxonomy.ts'
import type { Draft } from './decision.ts'
import type { PersonState, State } from './state.ts'

/**
 * What a person is shown as comes from what they chose and what keeps them:
 *
 *   chosen: available | busy | break | training | meeting | technical | offline     (the person)
 *           not-responding                                                         (the centre, after a missed offer)
 *
 *   something active          -> busy
 *   else something in wrap-up -> wrap-up
 *   else                      -> what was chosen
 *
 * Work comes before choice: choosing a break while serving somebody takes effect when the last contact is wrapped up. Until then the
 * reason says so: `then_break`, or `then_break:lunch` when a reason was given. Nothing new is offered from the choice on.
 */
const THEN = /^then_([a-z-]+)(?::([\s\S]*))?$/
const LATER: readonly Presence[] = ['busy', 'break', 'training', 'meeting', 'technical', 'not-responding', 'offline']

/** The choice behind a presence that was told: the inverse of {@link shownAs}. */
export function readShown(
  presence: Presence,
  reason: string | undefined,
  hasWork: boolean
): { chosen: Presence; reason?: string | undefined } {
  if ((presence !== 'busy' && presence !== 'wrap-up') || !hasWork) return { chosen: presence, reason }
  const then = reason === undefined ? null : THEN.exec(reason)
  const chosen = LATER.find((one) => one === then?.[1])
  return chosen === undefined ? { chosen: 'available' } : { chosen, reason: then?.[2] }
}

/** What is told about a person with this choice, given their work. */
function shownAs(
  state: State,
  person: PersonState,
  chosen: Presence,
  reason: string | undefined
): { presence: Presence; reason?: string | undefined } {
  if (person.work.size === 0) return { presence: chosen, reason }
  const active = [...person.work].some((id) => state.conversations.get(id)?.state === 'active')
  const later = chosen === 'available' ? undefined : `then_${chosen}${reason === undefined ? '' : `:${reason}`}`
  return { presence: active ? 'busy' : 'wrap-up', reason: later }
}

function tell(out: Draft, person: PersonState, next: { presence: Presence; reason?: string | undefined }, writtenOnly: boolean) {
  const { shown } = person
  if (shown.presence === next.presence && shown.reason === next.reason && shown.writtenOnly === writtenOnly) return
  out.add('presence.changed', {
    personId: person.person.personId,
    presence: next.presence,
    ...(next.reason === undefined ? {} : { reason: next.reason }),
    since: shown.presence === next.presence ? shown.since : out.world.now,
    ...(writtenOnly ? { writtenOnly } : {})
  })
}

/** Makes a choice. An outstanding offer is the caller's to withdraw. */
export function choose(out: Draft, person: PersonState, chosen: Presence, reason: string | undefined, writtenOnly = person.writtenOnly) {
  tell(out, person, shownAs(out.world.state, person, chosen, reason), writtenOnly)
}

/** Tells what work has changed about everybody. */
export function reconcile(out: Draft) {
  for (const person of out.world.state.people.values())
    tell(out, person, shownAs(out.world.state, person, person.chosen, person.chosenReason), person.writtenOnly)
}
