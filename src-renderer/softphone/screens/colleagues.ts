import CircleDashed from '@lucide/svelte/icons/circle-dashed'
import type { Component } from 'svelte'
import type { ColleagueRow } from '../../../src-shared/contract/calls.ts'
import { PRESENCE_LOOK } from '../../frame/presence.ts'
import { callsText } from '../../text/calls.ts'
import { formatMoment } from '../../text/catalogue.svelte.ts'
import { domain } from '../../text/domain.ts'

/** Others than me, by a part of their name in any language or of their extension; those who are available first. */
export function findColleagues(rows: readonly ColleagueRow[], me: string, text: string): ColleagueRow[] {
  const words = text.trim().toLowerCase()
  const fits = (row: ColleagueRow) =>
    words === '' || row.extension.includes(words) || Object.values(row.name).some((name) => name.toLowerCase().includes(words))
  // What was so before the line went down decides nothing.
  const free = ({ presence, onCall, asOf }: ColleagueRow) =>
    asOf !== undefined ? 1 : presence === 'available' && !onCall ? 0 : presence === 'offline' ? 2 : 1
  return rows.filter((row) => row.personId !== me && fits(row)).toSorted((a, b) => free(a) - free(b))
}

/** How a colleague is shown: a mark, one or two words, and the whole of what is known. */
export interface ColleagueLook {
  icon: Component
  tone: (typeof PRESENCE_LOOK)[keyof typeof PRESENCE_LOOK]['tone']
  words: string
  long: string
}

/** @param now epoch ms; what was earlier today is told by the time alone */
export function lookOf({ presence, since, onCall, asOf }: ColleagueRow, now: number): ColleagueLook {
  const t = callsText()
  const unknown = { icon: CircleDashed, tone: 'neutral' } as const
  if (presence === undefined) return { ...unknown, words: t.presenceUnknown, long: t.presenceUnknown }
  const words = onCall ? t.onCall : domain().presence[presence]
  if (asOf !== undefined) {
    const long = t.presenceAsOf(words, formatMoment(asOf, now))
    return { ...unknown, words: long, long }
  }
  const { icon, tone } = PRESENCE_LOOK[onCall ? 'busy' : presence]
  return { icon, tone, words, long: since === undefined ? words : t.presenceSince(words, formatMoment(since, now)) }
}
