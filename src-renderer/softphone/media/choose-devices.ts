import type { DeviceProfile, Settings } from '../../../src-shared/contract/desk.ts'

export interface Device {
  deviceId: string
  /** Empty until the user has allowed the microphone: browsers hide names until then. */
  label: string
  /** The same for a headset's microphone and its ear; empty where the browser does not tell. */
  groupId: string
}

/** What is plugged in, without the browser's copies of the default devices. */
export interface Available {
  microphones: readonly Device[]
  outputs: readonly Device[]
  /** The system's own choice, where the browser names it: that changes while ours stays "default". */
  defaultMicrophone?: string | undefined
  defaultOutput?: string | undefined
}

/** An empty id is the system's default. */
export type Chosen = Pick<Settings, 'microphoneId' | 'speakerId' | 'ringerId'> & { gain: number }
type Wanted = Pick<Settings, 'microphoneId' | 'speakerId' | 'ringerId' | 'microphoneGain'>

/** The contract keeps so many; the one used longest ago goes first. */
const MOST_PROFILES = 20
const COPIES = ['', 'default', 'communications']

/** One kind of device out of all, without the browser's duplicates of the default one. Pure. */
export function devicesOf(
  all: readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label' | 'groupId'>[],
  kind: MediaDeviceKind
): Device[] {
  const seen = new Set<string>()
  return all
    .filter((device) => device.kind === kind && !COPIES.includes(device.deviceId))
    .filter((device) => !seen.has(device.deviceId) && seen.add(device.deviceId))
    .map(({ deviceId, label, groupId }) => ({ deviceId, label, groupId }))
}

/** Everything that is plugged in, out of the browser's list. Pure. */
export function availableOf(all: readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label' | 'groupId'>[]): Available {
  const standard = (kind: MediaDeviceKind) => all.find((device) => device.kind === kind && device.deviceId === 'default')?.label
  return {
    microphones: devicesOf(all, 'audioinput'),
    outputs: devicesOf(all, 'audiooutput'),
    defaultMicrophone: standard('audioinput'),
    defaultOutput: standard('audiooutput')
  }
}

/** A device's name without what changes from plug to plug: "Default - " in front, USB ids like "(0b0e:2475)" behind. */
export function nameOf(label: string): string {
  return label
    .replace(/^(default|communications)\s+-\s+/i, '')
    .replace(/\s*\([0-9a-f]{4}:[0-9a-f]{4}\)$/i, '')
    .trim()
}

/**
 * What a remembered set of devices is called: the microphone's card. "Headset Microphone (Jabra Evolve2 65)" and "Headset Earphone (Jabra
 * Evolve2 65)" are one card, named by what stands in the brackets.
 */
export function cardOf(label: string): string {
  const name = nameOf(label)
  return /\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(name)?.[1]?.trim() || name
}

/**
 * Which devices are to be used. A remembered set counts while its microphone (or, where it has none of its own, its speaker) is plugged
 * in; of those the one used last: plugging one in is using it, and when it is pulled out the one before is right again. Without any,
 * what the settings name, as far as it is there. Ids change between sessions: a device is
 * found by its id, else by the card's name, else by being of the same group as the microphone. Pure.
 */
export function chooseDevices(available: Available, remembered: readonly DeviceProfile[], wanted: Wanted): Chosen {
  const set = newestFirst(remembered).find((profile) => isPlugged(available, profile))
  if (!set) return { ...present(available, wanted), gain: wanted.microphoneGain }
  return { ...present(available, set, set.name), gain: set.gain }
}

function present(available: Available, ids: Pick<Wanted, 'microphoneId' | 'speakerId' | 'ringerId'>, card?: string): Omit<Chosen, 'gain'> {
  const microphone = find(available.microphones, ids.microphoneId, card)
  const output = (id: string, mate?: Device) => find(available.outputs, id, card, mate)?.deviceId ?? ''
  return {
    microphoneId: microphone?.deviceId ?? '',
    speakerId: output(ids.speakerId, microphone),
    // What rings is often another card than the one that is talked on: only its id or name will do.
    ringerId: available.outputs.some((device) => device.deviceId === ids.ringerId) ? ids.ringerId : ''
  }
}

function find(devices: readonly Device[], id: string, card?: string, mate?: Device): Device | undefined {
  if (id === '') return undefined // the default was chosen
  return (
    devices.find((device) => device.deviceId === id) ??
    devices.find((device) => card && cardOf(device.label) === card) ??
    devices.find((device) => mate !== undefined && mate.groupId !== '' && device.groupId === mate.groupId)
  )
}

function isPlugged(available: Available, profile: DeviceProfile): boolean {
  const { microphoneId, speakerId, name } = profile
  if (microphoneId !== '') return find(available.microphones, microphoneId, name) !== undefined
  return speakerId === '' || find(available.outputs, speakerId, name) !== undefined
}

const newestFirst = (profiles: readonly DeviceProfile[]): DeviceProfile[] => profiles.toSorted((one, other) => other.usedAt - one.usedAt)

/** Keeps what is used now for the card that it is used with, newest first; the system's defaults are a set without a name. Pure. */
export function rememberDevices(
  available: Available,
  remembered: readonly DeviceProfile[],
  { microphoneId, speakerId, ringerId, gain }: Chosen,
  at: number
): DeviceProfile[] {
  const own =
    available.microphones.find((device) => device.deviceId === microphoneId) ??
    (microphoneId === '' ? available.outputs.find((device) => device.deviceId === speakerId) : undefined)
  const name = own ? cardOf(own.label).slice(0, 300) : ''
  // A browser that hides names: by which name should it be found again?
  if (own && name === '') return newestFirst(remembered)
  const set: DeviceProfile = { name, microphoneId, speakerId, ringerId, gain, usedAt: at }
  return newestFirst([set, ...remembered.filter((profile) => profile.name !== name)]).slice(0, MOST_PROFILES)
}

/** A remembered set that was not plugged in before and is now has been asked for by plugging it in. Pure. */
export function touchPlugged(before: Available, after: Available, remembered: readonly DeviceProfile[], at: number): DeviceProfile[] {
  return remembered.map((profile) => (!isPlugged(before, profile) && isPlugged(after, profile) ? { ...profile, usedAt: at } : profile))
}

export type Moved = { what: 'microphone' | 'speaker' | 'ringer'; to: string }

/** What went to another device, with that device's name; empty: the system's default. Pure. */
export function movedBetween(before: Chosen, after: Chosen, available: Available): Moved[] {
  const label = (devices: readonly Device[], id: string) => nameOf(devices.find((device) => device.deviceId === id)?.label ?? '')
  const moved: Moved[] = []
  if (before.microphoneId !== after.microphoneId) moved.push({ what: 'microphone', to: label(available.microphones, after.microphoneId) })
  if (before.speakerId !== after.speakerId) moved.push({ what: 'speaker', to: label(available.outputs, after.speakerId) })
  if (before.ringerId !== after.ringerId) moved.push({ what: 'ringer', to: label(available.outputs, after.ringerId) })
  return moved
}
