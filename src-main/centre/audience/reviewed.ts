import type { Conversation, State } from '../state.ts'

/** Desks of those who look at calls again. */
export const reviewers = (state: State): string[] =>
  [...state.people.values()]
    .filter(({ person }) => !person.colleague && (person.role === 'supervisor' || person.role === 'reviewer' || person.role === 'admin'))
    .map(({ person }) => person.personId)

/** Whether the call that is up is one to look at again when it ends: somebody at a desk talked in it. */
export function isReviewed(state: State, { background, call }: Conversation): boolean {
  if (background || call?.answeredAt === undefined) return false
  return !(state.people.get(call.personId)?.person.colleague ?? true)
}
