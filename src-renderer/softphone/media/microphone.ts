import type { Problem } from '../call/state.ts'
import { letGo, runs } from './levels.ts'

export type MicrophoneProblem = Problem & `microphone-${string}`

/** Why there is no microphone, in the phone's words. */
export class MicrophoneError extends Error {
  readonly problem: MicrophoneProblem
  constructor(problem: MicrophoneProblem, detail: string) {
    super(detail)
    this.name = 'MicrophoneError'
    this.problem = problem
  }
}

/** getUserMedia's DOMException names in the phone's words (Media Capture and Streams 10.2). */
export function microphoneProblem(error: unknown): MicrophoneError {
  const name = error instanceof Error ? error.name : ''
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  if (name === 'NotAllowedError' || name === 'SecurityError') return new MicrophoneError('microphone-denied', detail)
  if (name === 'NotReadableError' || name === 'AbortError') return new MicrophoneError('microphone-busy', detail)
  return new MicrophoneError('microphone-missing', detail)
}

/** What the browser does to the sound before anybody gets it (Media Capture and Streams 4.3.3). */
export interface Processing {
  echoCancellation: boolean
  noiseSuppression: boolean
  autoGainControl: boolean
}

/** One call's (or meter's) hold on the microphone. */
export interface Taken {
  readonly stream: MediaStream
  release(): void
}

export interface Microphone {
  /**
   * A clone of the one shared stream: SIP.js stops the track of a call that ends, which must not silence the others. `onReplaced` gets
   * a new track when another device or other processing was chosen, or the old one was pulled out.
   * @throws MicrophoneError
   */
  take(onReplaced: (track: MediaStreamTrack) => void): Promise<Taken>
  /** Empty: the system's default. Takes effect at once, also for running calls. So do the following. */
  choose(deviceId: string): void
  process(processing: Processing): void
  /** 0..2; 1 leaves my voice as it is. */
  setGain(gain: number): void
  /** Opens the device again: the system's default is another one now, or there is one again. */
  renew(): void
  close(): void
}

export interface MicrophoneDeps {
  /** A new one to apply a gain other than 1 in, closed with the device; without it, or while it may not run yet, the voice stays as it is. */
  context?: () => AudioContext
  /** A microphone that was open cannot be opened any more (and `undefined`: it can again). */
  onProblem?: (problem: MicrophoneProblem | undefined) => void
}

interface Source {
  /** What came from the device, and what is handed out of it. */
  raw: MediaStream
  out: MediaStream
  gain?: GainNode
  disconnect?: () => void
}

const DEFAULT: Processing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }

/** The microphone is open only while somebody has taken it, so that its lamp tells the truth. */
export function createMicrophone(devices: Pick<MediaDevices, 'getUserMedia'> | undefined, deps: MicrophoneDeps = {}): Microphone {
  let chosen = ''
  let processing = DEFAULT
  let gain = 1
  let shared: Promise<Source> | undefined
  let swapping = false
  let swapAgain = false
  const users = new Set<{ stream: MediaStream; replaced: (track: MediaStreamTrack) => void }>()

  const ask = (deviceId: string) => {
    const audio = { ...processing, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) }
    return devices
      ? devices.getUserMedia({ audio, video: false })
      : Promise.reject(new MicrophoneError('microphone-missing', 'this page may not use media devices'))
  }

  async function open(): Promise<Source> {
    const raw = await ask(chosen).catch((error: unknown) => {
      const problem = error instanceof MicrophoneError ? error : microphoneProblem(error)
      if (!chosen || problem.problem !== 'microphone-missing') throw problem
      // The remembered device is not plugged in today; any microphone is better than none.
      return ask('').catch((again: unknown) => Promise.reject(again instanceof MicrophoneError ? again : microphoneProblem(again)))
    })
    raw.getAudioTracks()[0]?.addEventListener('ended', () => void swap(), { once: true })
    return strengthen(raw)
  }

  async function strengthen(raw: MediaStream): Promise<Source> {
    const context = gain === 1 ? undefined : deps.context?.()
    if (!context) return { raw, out: raw }
    // A context that waits for the first touch gives silence: an unchanged voice is better than none.
    if (!(await runs(context))) {
      letGo(context)
      return { raw, out: raw }
    }
    const source = context.createMediaStreamSource(raw)
    const node = new GainNode(context, { gain })
    const out = context.createMediaStreamDestination()
    source.connect(node).connect(out)
    return { raw, out: out.stream, gain: node, disconnect: () => letGo(context) }
  }

  function ensure(): Promise<Source> {
    if (shared) return shared
    const opening = open()
    shared = opening
    opening.catch(() => {
      if (shared === opening) shared = undefined
    })
    return opening
  }

  function stop({ raw, out, disconnect }: Source): void {
    disconnect?.()
    for (const stream of new Set([raw, out])) for (const track of stream.getTracks()) track.stop()
  }

  function drop(): void {
    const old = shared
    shared = undefined
    void old?.then(stop, ignoreUnopened)
  }

  /** Gives everybody who has a clone a clone of the device that is right now; the old one goes on until there is a new one. */
  async function swap(): Promise<void> {
    swapAgain = true
    if (swapping) return
    swapping = true
    while (swapAgain) {
      swapAgain = false
      if (users.size === 0) drop()
      else await replace()
    }
    swapping = false
  }

  async function replace(): Promise<void> {
    const old = shared
    const opening = open()
    try {
      const fresh = await opening
      if (users.size === 0) return stop(fresh)
      shared = opening
      for (const user of users) hand(user, fresh)
      void old?.then(stop, ignoreUnopened)
      deps.onProblem?.(undefined)
    } catch (error) {
      console.warn('the microphone could not be replaced', error)
      deps.onProblem?.(error instanceof MicrophoneError ? error.problem : 'microphone-missing')
    }
  }

  function hand(user: { stream: MediaStream; replaced: (track: MediaStreamTrack) => void }, source: Source): void {
    const track = source.out.getAudioTracks()[0]?.clone()
    if (!track) return
    // Who is muted or on hold stays so.
    track.enabled = user.stream.getAudioTracks()[0]?.enabled ?? true
    for (const old of user.stream.getAudioTracks()) {
      old.stop()
      user.stream.removeTrack(old)
    }
    user.stream.addTrack(track)
    user.replaced(track)
  }

  return {
    async take(onReplaced) {
      let opened = ensure()
      let source = await opened
      // Replaced or closed while it was being opened: what came then is not what is used now.
      while (shared !== opened) {
        opened = ensure()
        source = await opened
      }
      const user = { stream: source.out.clone(), replaced: onReplaced }
      users.add(user)
      return {
        stream: user.stream,
        release() {
          if (!users.delete(user)) return
          for (const track of user.stream.getTracks()) track.stop()
          if (users.size === 0) drop()
        }
      }
    },
    choose(deviceId) {
      if (deviceId === chosen) return
      chosen = deviceId
      void swap()
    },
    process(next) {
      const { echoCancellation, noiseSuppression, autoGainControl } = next
      const same =
        echoCancellation === processing.echoCancellation &&
        noiseSuppression === processing.noiseSuppression &&
        autoGainControl === processing.autoGainControl
      processing = { echoCancellation, noiseSuppression, autoGainControl }
      if (!same) void swap()
    },
    setGain(next) {
      if (next === gain) return
      gain = next
      void shared?.then((source) => {
        if (source.gain) source.gain.gain.value = next
        else void swap()
      }, ignoreUnopened)
    },
    renew: () => void swap(),
    close() {
      users.clear()
      drop()
    }
  }
}

/** Whoever asked for a stream that could not be opened was told by `take`. */
function ignoreUnopened(): void {}
