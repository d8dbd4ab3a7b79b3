import type { Problem } from './state.ts'

/** Why there is no microphone, in the phone's words. */
export class MicrophoneError extends Error {
  readonly problem: Problem & `microphone-${string}`
  constructor(problem: Problem & `microphone-${string}`, detail: string) {
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

/** One call's (or meter's) hold on the microphone. */
export interface Taken {
  readonly stream: MediaStream
  release(): void
}

export interface Microphone {
  /**
   * A clone of the one shared stream: SIP.js stops the track of a call that ends, which must not silence the others. `onReplaced` gets
   * a new track when another device was chosen or the old one was pulled out.
   * @throws MicrophoneError
   */
  take(onReplaced: (track: MediaStreamTrack) => void): Promise<Taken>
  /** Empty: the system's default. Takes effect at once, also for running calls. */
  choose(deviceId: string): void
  close(): void
}

const constraints = (deviceId: string): MediaStreamConstraints => ({
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) },
  video: false
})

/** The microphone is open only while somebody has taken it, so that its lamp tells the truth. */
export function createMicrophone(devices: Pick<MediaDevices, 'getUserMedia'> | undefined): Microphone {
  let chosen = ''
  let shared: Promise<MediaStream> | undefined
  const users = new Set<{ stream: MediaStream; replaced: (track: MediaStreamTrack) => void }>()

  async function open(): Promise<MediaStream> {
    if (!devices) throw new MicrophoneError('microphone-missing', 'this page may not use media devices')
    try {
      return await devices.getUserMedia(constraints(chosen))
    } catch (error) {
      const problem = microphoneProblem(error)
      if (!chosen || problem.problem !== 'microphone-missing') throw problem
      // The remembered device is not plugged in today; any microphone is better than none.
      return devices.getUserMedia(constraints('')).catch((again) => Promise.reject(microphoneProblem(again)))
    }
  }

  function ensure(): Promise<MediaStream> {
    shared ??= open().then((stream) => {
      stream.getAudioTracks()[0]?.addEventListener('ended', () => void swap(), { once: true })
      return stream
    })
    shared.catch(() => {
      shared = undefined
    })
    return shared
  }

  function drop(): void {
    const old = shared
    shared = undefined
    void old?.then((stream) => {
      for (const track of stream.getTracks()) track.stop()
    }, ignoreUnopened)
  }

  /** Gives everybody who has a clone a clone of the device that is right now. */
  async function swap(): Promise<void> {
    drop()
    if (users.size === 0) return
    try {
      const stream = await ensure()
      for (const user of users) {
        const track = stream.getAudioTracks()[0]?.clone()
        if (!track) continue
        track.enabled = user.stream.getAudioTracks()[0]?.enabled ?? true
        for (const old of user.stream.getAudioTracks()) {
          old.stop()
          user.stream.removeTrack(old)
        }
        user.stream.addTrack(track)
        user.replaced(track)
      }
    } catch (error) {
      console.warn('the microphone could not be replaced', error)
    }
  }

  return {
    async take(onReplaced) {
      const stream = (await ensure()).clone()
      const user = { stream, replaced: onReplaced }
      users.add(user)
      return {
        stream,
        release() {
          if (!users.delete(user)) return
          for (const track of stream.getTracks()) track.stop()
          if (users.size === 0) drop()
        }
      }
    },
    choose(deviceId) {
      if (deviceId === chosen) return
      chosen = deviceId
      void swap()
    },
    close() {
      users.clear()
      drop()
    }
  }
}

/** Whoever asked for a stream that could not be opened was told by `take`. */
function ignoreUnopened(): void {}
