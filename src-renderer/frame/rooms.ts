import type { Component } from 'svelte'
import type { Room } from './places.ts'

type Loaded = Promise<{ default: Component }>

/** Rooms that are fetched when first opened, so that the first paint does not wait for them. */
export const LAZY: Record<Exclude<Room, 'inbox'>, () => Loaded> = {
  phone: () => import('../softphone/screens/PhonePage.svelte'),
  knowledge: () => import('../knowledge/KnowledgeRoom.svelte'),
  wallboard: () => import('../wallboard/WallboardRoom.svelte'),
  frontdesk: () => import('../front-desk/FrontDeskRoom.svelte'),
  review: () => import('../review/ReviewRoom.svelte'),
  settings: () => import('../settings/SettingsRoom.svelte')
}
