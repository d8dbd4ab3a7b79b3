import type { DeviceProfile, Settings } from '../../../src-shared/contract/desk.ts'
import { type Clock, repeat } from '../engine/clock.ts'
import type { DevicesView } from '../port/port.ts'
import {
  type Available,
  availableOf,
  type Chosen,
  chooseDevices,
  type Moved,
  movedBetween,
  rememberDevices,
  touchPlugged
} from './choose-devices.ts'
import type { Meter } from './levels.ts'
import { type Microphone, MicrophoneError, type MicrophoneProblem, type Taken } from './microphone.ts'
import type { Sounds } from './sounds.ts'

/** The settings that devices follow. */
export type DeviceSettings = Pick<
  Settings,
  | 'microphoneId'
  | 'speakerId'
  | 'ringerId'
  | 'ringVolume'
  | 'echoCancellation'
  | 'noiseSuppression'
  | 'autoGainControl'
  | 'microphoneGain'
  | 'deviceProfiles'
>
/** What the devices want kept: what is used now, and what goes together. */
export type DeviceChange = Pick<Settings, 'microphoneId' | 'speakerId' | 'ringerId' | 'microphoneGain' | 'deviceProfiles'>

export interface DevicesDeps {
  /** Absent where the page may not use devices. */
  media: Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'> | undefined
  microphone: Microphone
  sounds: Pick<Sounds, 'chooseRinger' | 'chooseSpeaker' | 'test'>
  clock: Clock
  meterOf(stream: MediaStream): Meter
  canChooseOutput: boolean
  /** Where the far end's voice is to be heard from now on. */
  chooseSpeaker(deviceId: string): void
  /** Keeps what changed by plugging; the settings that come of it change nothing any more. */
  save(change: DeviceChange): void
  /** The view is another one. */
  changed(): void
  /** Sound went elsewhere without the user having chosen so: tell them. Once for each of microphone, speaker, ringer. */
  moved(moved: Moved): void
}

export interface Devices {
  readonly view: DevicesView
  /** What is used now. */
  readonly chosen: Chosen
  /** The settings as they are; takes effect at once, in calls too. */
  apply(saved: DeviceSettings): void
  /** Looks at what is plugged in. */
  refresh(): Promise<void>
  /**
   * Opens the microphone and tells its level, RMS 0..1, until the returned function is called; asks for the permission where it is
   * missing.
   */
  meter(onLevel: (level: number) => void): () => void
  /** Plays the test sound where the far end's voice or the ring would be heard. */
  test(what: 'speaker' | 'ringer', deviceId: string, volume: number): Promise<void>
  /** The microphone could not be had (a call or a probe found out), or can be had again. */
  tell(problem: MicrophoneProblem | undefined): void
  close(): void
}

const LEVEL_MS = 60
const NOTHING: Available = { microphones: [], outputs: [] }

const chosenIn = ({ microphoneId, speakerId, ringerId, microphoneGain }: DeviceSettings): Chosen => ({
  microphoneId,
  speakerId,
  ringerId,
  gain: microphoneGain
})
const same = (one: Chosen, other: Chosen): boolean =>
  one.microphoneId === other.microphoneId && one.speakerId === other.speakerId && one.ringerId === other.ringerId && one.gain === other.gain
const sameProfiles = (some: readonly DeviceProfile[], others: readonly DeviceProfile[]): boolean =>
  some.length === others.length &&
  some.every((one, i) => {
    const other = others[i]
    return other !== undefined && same(one, other) && one.name === other.name && one.usedAt === other.usedAt
  })

export function createDevices(deps: DevicesDeps): Devices {
  const { media, microphone, sounds, clock } = deps
  let available = NOTHING
  /** As the host last told them. */
  let saved: DeviceSettings | undefined
  let profiles: readonly DeviceProfile[] = []
  let chosen: Chosen = { microphoneId: '', speakerId: '', ringerId: '', gain: 1 }
  let looks = 0
  let known = false
  let stopMeter: (() => void) | undefined
  let view: DevicesView = { microphones: [], outputs: [], canChooseOutput: deps.canChooseOutput, metering: false }
  const set = (change: Partial<DevicesView>) => {
    view = { ...view, ...change }
    deps.changed()
  }

  /** Brings all that makes or takes sound to the chosen devices. What is there already stays as it is. */
  function use(next: Chosen): void {
    chosen = next
    microphone.choose(chosen.microphoneId)
    microphone.setGain(chosen.gain)
    sounds.chooseSpeaker(chosen.speakerId)
    deps.chooseSpeaker(chosen.speakerId)
    if (saved) sounds.chooseRinger(chosen.ringerId, saved.ringVolume)
  }

  function apply(next: DeviceSettings): void {
    const before = saved
    saved = next
    if (!before || !sameProfiles(before.deviceProfiles, next.deviceProfiles)) profiles = next.deviceProfiles
    microphone.process(next)
    if (!before) {
      use(chooseDevices(available, profiles, next))
      keep()
      return
    }
    const wanted = chosenIn(next)
    // What comes back as it was asked to be kept, or as it was before that reached the host, is nobody's choice.
    if (same(wanted, chosenIn(before)) || same(wanted, chosen)) use(chosen)
    else {
      // What a person chooses is used as it is, and is remembered for the set that it makes.
      use(wanted)
      profiles = rememberDevices(available, profiles, chosen, clock.now())
    }
    keep()
  }

  /** Asks for what is used to be kept, when that is not what is kept already. */
  function keep(): void {
    if (!saved || !known || (same(chosen, chosenIn(saved)) && sameProfiles(profiles, saved.deviceProfiles))) return
    const { microphoneId, speakerId, ringerId, gain } = chosen
    deps.save({ microphoneId, speakerId, ringerId, microphoneGain: gain, deviceProfiles: [...profiles] })
  }

  /** Something may have been plugged in or pulled out. */
  function settle(after: Available): void {
    const before = available
    const first = !known
    available = after
    known = true
    set({ microphones: after.microphones, outputs: after.outputs })
    if (!saved) return
    if (!first) profiles = touchPlugged(before, after, profiles, clock.now())
    const next = chooseDevices(after, profiles, saved)
    const moved = movedBetween(chosen, next, after)
    use(next)
    keep()
    // Ours is still "the default", but what the system means by it is another one: an open stream stays where it was.
    const otherDefault = next.microphoneId === '' && after.defaultMicrophone !== before.defaultMicrophone
    // It was gone altogether and there is something again.
    const isBack = view.problem !== undefined && after.microphones.length > before.microphones.length
    if (!first && moved.every((one) => one.what !== 'microphone') && (otherDefault || isBack)) microphone.renew()
    if (first) return // nobody has heard anything yet
    for (const one of moved) {
      set({ moved: { ...one, at: clock.now() } })
      deps.moved(one)
    }
  }

  async function refresh(): Promise<void> {
    const mine = ++looks
    if (!media) {
      set({ problem: 'microphone-missing' })
      return
    }
    try {
      const all = await media.enumerateDevices()
      if (mine !== looks) return // a later look knows better
      // Before the microphone was allowed browsers hide which devices there are: that is not to be taken for their absence.
      if (all.length === 0 || all.some((device) => device.deviceId !== '')) settle(availableOf(all))
      if (!all.some((device) => device.kind === 'audioinput')) set({ problem: 'microphone-missing' })
      else if (view.problem === 'microphone-missing') set({ problem: undefined })
    } catch (error) {
      console.warn('devices cannot be listed', error)
    }
  }

  function startMeter(onLevel: (level: number) => void): () => void {
    stopMeter?.()
    let over = false
    let taken: Taken | undefined
    let meter: Meter | undefined
    let endLevels = () => {}
    const listen = () => {
      meter?.stop()
      if (taken && !over) meter = deps.meterOf(taken.stream)
    }
    const stop = () => {
      if (over) return
      over = true
      endLevels()
      meter?.stop()
      taken?.release()
      if (stopMeter !== stop) return
      stopMeter = undefined
      set({ metering: false })
      onLevel(0)
    }
    stopMeter = stop
    microphone.take(listen).then(
      (given) => {
        if (over) return given.release()
        taken = given
        listen()
        endLevels = repeat(clock, LEVEL_MS, () => onLevel(meter?.read() ?? 0))
        set({ metering: true, problem: undefined })
        void refresh() // names are known now
      },
      (error: unknown) => {
        if (!over) set({ problem: error instanceof MicrophoneError ? error.problem : 'microphone-missing' })
      }
    )
    return stop
  }

  const look = () => void refresh()
  media?.addEventListener('devicechange', look)
  look()
  return {
    get view() {
      return view
    },
    get chosen() {
      return chosen
    },
    apply,
    refresh,
    meter: startMeter,
    async test(what, deviceId, volume) {
      if (view.testing) return
      set({ testing: what })
      try {
        await sounds.test(deviceId, volume)
      } finally {
        set({ testing: undefined })
      }
    },
    tell: (problem) => set({ problem }),
    close() {
      stopMeter?.()
      media?.removeEventListener('devicechange', look)
    }
  }
}
