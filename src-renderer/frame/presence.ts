import CircleCheck from '@lucide/svelte/icons/circle-check'
import CircleOff from '@lucide/svelte/icons/circle-off'
import CirclePause from '@lucide/svelte/icons/circle-pause'
import GraduationCap from '@lucide/svelte/icons/graduation-cap'
import Headset from '@lucide/svelte/icons/headset'
import PenLine from '@lucide/svelte/icons/pen-line'
import PhoneMissed from '@lucide/svelte/icons/phone-missed'
import TriangleAlert from '@lucide/svelte/icons/triangle-alert'
import Users from '@lucide/svelte/icons/users'
import type { Component } from 'svelte'
import type { ReadinessCause } from '../../src-shared/contract/phone.ts'
import { PRESENCES, type Presence, READINESS_CAUSES } from '../../src-shared/taxonomy.ts'
import { domain } from '../text/domain.ts'
import { readyText } from '../text/phone-ready.ts'
import { shell } from '../text/shell.ts'

/** A presence with its reason, in words: `Break: Lunch`. A reason that this version does not know stands as it came. */
export function presenceName({ presence, reason }: { presence: Presence; reason?: string | undefined }): string {
  const t = shell()
  const reasons: Readonly<Record<string, string>> = {
    short: t.reasonShort,
    lunch: t.reasonLunch,
    coaching: t.reasonCoaching,
    missed_offer: t.reasonMissed,
    phone_unreachable: t.reasonPhone,
    'do-not-disturb': readyText().doNotDisturb,
    'on-the-line': t.reasonOnTheLine
  }
  const name = domain().presence[presence]
  const cause = causeOf(reason)
  // Within a name the sentence needs no full stop.
  if (cause) return `${name}: ${readyText().notReady[cause].replace(/[.。]$/, '')}`
  return reason ? `${name}: ${Object.hasOwn(reasons, reason) ? reasons[reason] : reason}` : name
}

/** Why somebody is technical although they want to be available, out of the reason that the desk told the centre: `phone:CAUSE`. */
export function causeOf(reason: string | undefined): ReadinessCause | undefined {
  return READINESS_CAUSES.find((cause) => reason === `phone:${cause}`)
}

type Tone = 'good' | 'accent' | 'caution' | 'bad' | 'neutral'

/** How each presence looks: a shape of its own and a colour that means something. */
export const PRESENCE_LOOK: Record<Presence, { icon: Component; tone: Tone }> = {
  available: { icon: CircleCheck, tone: 'good' },
  busy: { icon: Headset, tone: 'accent' },
  'wrap-up': { icon: PenLine, tone: 'accent' },
  break: { icon: CirclePause, tone: 'caution' },
  training: { icon: GraduationCap, tone: 'caution' },
  meeting: { icon: Users, tone: 'caution' },
  technical: { icon: TriangleAlert, tone: 'bad' },
  'not-responding': { icon: PhoneMissed, tone: 'bad' },
  offline: { icon: CircleOff, tone: 'neutral' }
}

/** What the chooser offers. Reasons travel as stable ids; their words are the catalogue's. */
export const CHOICES = [
  { presence: 'available' },
  { presence: 'break', reason: 'short' },
  { presence: 'break', reason: 'lunch' },
  { presence: 'meeting' },
  { presence: 'training' },
  { presence: 'training', reason: 'coaching' },
  { presence: 'technical' },
  { presence: 'offline' }
] as const
export type Choice = (typeof CHOICES)[number]

/** What was chosen to follow when the last contact is wrapped up: `then_break`, or `then_break:lunch`, as the reason of busy or wrap-up. */
export function readLater(reason: string | undefined): { presence: Presence; reason?: string } | undefined {
  const found = /^then_([a-z-]+)(?::([\s\S]*))?$/.exec(reason ?? '')
  const presence = PRESENCES.find((one) => one === found?.[1])
  if (!presence) return undefined
  return found?.[2] === undefined ? { presence } : { presence, reason: found[2] }
}
