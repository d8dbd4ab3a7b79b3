import type { Role } from '../../src-shared/taxonomy.ts'
import type { Place } from '../desk.svelte.ts'

export type Room = Place['room']

const ROOMS: Record<Role, readonly Room[]> = {
  agent: ['inbox', 'phone', 'knowledge', 'settings'],
  expert: ['inbox', 'phone', 'knowledge', 'settings'],
  supervisor: ['wallboard', 'review', 'knowledge', 'frontdesk', 'settings'],
  reviewer: ['review', 'knowledge', 'settings'],
  admin: ['wallboard', 'review', 'knowledge', 'frontdesk', 'settings'],
  screen: ['wallboard']
}

/** What a role sees on its rail, in order; the first one is where it starts. */
export const roomsOf = (role: Role): readonly Room[] => ROOMS[role]

/** Does this role serve customers: has a presence, an inbox and a phone. */
export const serves = (role: Role): boolean => ROOMS[role].includes('inbox')

/** A place as the address shows it, so that Back works and a reload stays: `#/inbox/ID`. */
export function hashOf(place: Place): string {
  const id = idOf(place)
  return `#/${place.room}${id ? `/${encodeURIComponent(id)}` : ''}`
}

function idOf(place: Place): string | undefined {
  if (place.room === 'inbox') return place.conversationId
  if (place.room === 'knowledge') return place.articleId
  if (place.room === 'frontdesk') return place.flowId
  return place.room === 'review' ? place.callId : undefined
}

/** The place an address means, or `undefined` when the role has no such room or the address is not one of ours. */
export function placeOf(hash: string, role: Role): Place | undefined {
  const parts = /^#\/([a-z]+)(?:\/([^/]+))?$/.exec(hash)
  const room = ROOMS[role].find((one) => one === parts?.[1])
  if (!room) return undefined
  const id = decoded(parts?.[2])
  if (room === 'inbox') return id ? { room, conversationId: id } : { room }
  if (room === 'knowledge') return id ? { room, articleId: id } : { room }
  if (room === 'frontdesk') return id ? { room, flowId: id } : { room }
  if (room === 'review') return id ? { room, callId: id } : { room }
  return { room }
}

function decoded(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part)
  } catch {
    return undefined // a broken escape, typed by hand: the room is still right
  }
}
