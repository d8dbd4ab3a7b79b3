import { playOn } from './playback.ts'
import type { Sound } from './state.ts'

/** One pattern of a tone: parts of a second with the frequencies that sound in them. */
interface Pattern {
  seconds: number
  parts: readonly { from: number; to: number; hz: readonly number[] }[]
  loudness: number
}

const RING: Pattern = {
  seconds: 3,
  parts: [
    { from: 0, to: 0.4, hz: [440, 554] },
    { from: 0.5, to: 0.9, hz: [440, 554] }
  ],
  loudness: 0.5
}
/** Heard by an agent who talks: short, low, and not often. */
const BEEP: Pattern = { seconds: 4, parts: [{ from: 0, to: 0.15, hz: [480] }], loudness: 0.18 }
const TEST: Pattern = {
  seconds: 1.2,
  parts: [
    { from: 0, to: 0.3, hz: [523] },
    { from: 0.35, to: 0.65, hz: [659] },
    { from: 0.7, to: 1.1, hz: [784] }
  ],
  loudness: 0.5
}
const FADE = 0.02

/** Samples of a pattern, -1..1; every tone fades in and out so that nothing clicks. Pure. */
export function samplesOf(pattern: Pattern, sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(pattern.seconds * sampleRate))
  for (const { from, to, hz } of pattern.parts)
    for (let i = Math.round(from * sampleRate); i < Math.min(samples.length, Math.round(to * sampleRate)); i++) {
      const t = i / sampleRate
      const edge = Math.min(1, (t - from) / FADE, (to - t) / FADE)
      samples[i] = (pattern.loudness * edge * hz.reduce((sum, f) => sum + Math.sin(2 * Math.PI * f * t), 0)) / hz.length
    }
  return samples
}

export interface Sounds {
  /** Starts, changes or ends what the ringer plays. */
  play(sound: Sound): void
  /** Plays the test sound once on a device; resolves when it is over. */
  test(deviceId: string, volume: number): Promise<void>
  chooseRinger(deviceId: string, volume: number): void
  close(): void
}

/** Tones made here go through an audio element, because only an element can be sent to the chosen device. */
export function createSounds(context: () => AudioContext): Sounds {
  let ringer = { deviceId: '', volume: 0.8 }
  let playing: { sound: Sound; voice: Voice } | undefined

  interface Voice {
    element: HTMLAudioElement
    stop(): void
    ended: Promise<void>
  }

  function start(pattern: Pattern, loop: boolean, deviceId: string, volume: number): Voice {
    const audio = context()
    const buffer = audio.createBuffer(1, Math.round(pattern.seconds * audio.sampleRate), audio.sampleRate)
    buffer.copyToChannel(samplesOf(pattern, audio.sampleRate), 0)
    const source = new AudioBufferSourceNode(audio, { buffer, loop })
    const out = audio.createMediaStreamDestination()
    source.connect(out)
    const element = document.createElement('audio')
    element.srcObject = out.stream
    element.volume = volume
    let over = () => {}
    let stopped = false
    const ended = new Promise<void>((resolve) => {
      over = resolve
    })
    const stop = () => {
      if (stopped) return
      stopped = true
      source.stop()
      source.disconnect()
      element.pause()
      element.srcObject = null
      over()
    }
    source.onended = stop
    source.start()
    // The device is chosen first: not even the first moment of a ring belongs in the headset when a speaker was chosen.
    const begin = () => {
      if (!stopped) element.play().catch((error: unknown) => console.warn('no sound until the page is touched', error))
    }
    void playOn(element, deviceId).then(begin, begin)
    return { element, stop, ended }
  }

  return {
    play(sound) {
      if (playing?.sound === sound) return
      playing?.voice.stop()
      playing = sound === 'off' ? undefined : { sound, voice: start(sound === 'ring' ? RING : BEEP, true, ringer.deviceId, ringer.volume) }
    },
    async test(deviceId, volume) {
      await start(TEST, false, deviceId, volume).ended
    },
    chooseRinger(deviceId, volume) {
      ringer = { deviceId, volume }
      if (!playing) return
      playing.voice.element.volume = volume
      void playOn(playing.voice.element, deviceId).catch((error: unknown) => console.warn('no output device', error))
    },
    close() {
      playing?.voice.stop()
      playing = undefined
    }
  }
}
