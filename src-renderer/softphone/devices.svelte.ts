import type { Settings } from '../../src-shared/contract/desk.ts'
import { meterOf } from './levels.ts'
import { type Microphone, MicrophoneError, type Taken } from './microphone.ts'
import { canChooseOutput } from './playback.ts'
import type { Sounds } from './sounds.ts'
import type { Problem } from './state.ts'

export interface Device {
  deviceId: string
  /** Empty until the user has allowed the microphone: browsers hide names until then. */
  label: string
}

/** One kind of device out of all, without the browser's duplicates of the default one. Pure. */
export function devicesOf(all: readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[], kind: MediaDeviceKind): Device[] {
  const seen = new Set<string>()
  return all
    .filter((device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId))
    .filter((device) => !seen.has(device.deviceId) && seen.add(device.deviceId))
    .map(({ deviceId, label }) => ({ deviceId, label }))
}

type Saved = Pick<Settings, 'microphoneId' | 'speakerId' | 'ringerId' | 'ringVolume'>

/** Which microphones, speakers and ringers there are, which are chosen, and how loud the microphone is while somebody looks. */
export class Devices {
  microphones = $state.raw<Device[]>([])
  outputs = $state.raw<Device[]>([])
  /** Why the microphone cannot be used; the catalogue has the sentence. */
  problem = $state<Problem | undefined>(undefined)
  /** RMS 0..1 while the meter runs, else 0. */
  level = $state(0)
  metering = $state(false)
  testing = $state<'speaker' | 'ringer' | undefined>(undefined)
  readonly canChooseOutput = canChooseOutput()
  readonly #microphone: Microphone
  readonly #sounds: Sounds
  readonly #context: () => AudioContext
  readonly #media: MediaDevices | undefined = navigator.mediaDevices
  readonly #refresh = () => void this.refresh()
  #stopMeter: (() => void) | undefined
  #meterAsked = 0

  constructor(microphone: Microphone, sounds: Sounds, context: () => AudioContext) {
    this.#microphone = microphone
    this.#sounds = sounds
    this.#context = context
    this.#media?.addEventListener('devicechange', this.#refresh)
    void this.refresh()
  }

  /** The chosen devices as the settings have them; takes effect at once. */
  apply(saved: Saved): void {
    this.#microphone.choose(saved.microphoneId)
    this.#sounds.chooseRinger(saved.ringerId, saved.ringVolume)
  }

  async refresh(): Promise<void> {
    if (!this.#media) {
      this.problem = 'microphone-missing'
      return
    }
    try {
      const all = await this.#media.enumerateDevices()
      this.microphones = devicesOf(all, 'audioinput')
      this.outputs = devicesOf(all, 'audiooutput')
      if (!all.some((device) => device.kind === 'audioinput')) this.problem = 'microphone-missing'
      else if (this.problem === 'microphone-missing') this.problem = undefined
    } catch (error) {
      console.warn('devices cannot be listed', error)
    }
  }

  /** Shows the microphone's level until the returned function is called; asks for the permission where it is missing. */
  startMeter(): () => void {
    const mine = ++this.#meterAsked
    let taken: Taken | undefined
    let meter: ReturnType<typeof meterOf> | undefined
    let timer: ReturnType<typeof setInterval> | undefined
    const listen = () => {
      meter?.stop()
      if (taken) meter = meterOf(this.#context(), taken.stream)
    }
    const stop = () => {
      if (this.#meterAsked === mine) {
        this.#meterAsked++
        this.metering = false
        this.level = 0
      }
      clearInterval(timer)
      meter?.stop()
      taken?.release()
    }
    this.#stopMeter?.()
    this.#stopMeter = stop
    this.#microphone.take(listen).then(
      (given) => {
        if (this.#meterAsked !== mine) return given.release()
        taken = given
        this.problem = undefined
        this.metering = true
        listen()
        timer = setInterval(() => {
          this.level = meter?.read() ?? 0
        }, 60)
        void this.refresh() // names are known now
      },
      (error: unknown) => {
        if (this.#meterAsked === mine) this.problem = error instanceof MicrophoneError ? error.problem : 'microphone-missing'
      }
    )
    return stop
  }

  /** Plays the test sound where the far end's voice or the ring would be heard. */
  async test(what: 'speaker' | 'ringer', deviceId: string, volume: number): Promise<void> {
    if (this.testing) return
    this.testing = what
    try {
      await this.#sounds.test(deviceId, volume)
    } finally {
      this.testing = undefined
    }
  }

  close(): void {
    this.#stopMeter?.()
    this.#media?.removeEventListener('devicechange', this.#refresh)
  }
}
