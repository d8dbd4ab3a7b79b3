import type { Sound } from '../call/state.ts'
import { type StartVoice, type Voice, webVoice } from './playback.ts'

/** One pattern of a tone: parts of a second with the frequencies that sound in them. */
interface Pattern {
  seconds: number
  parts: readonly { from: number; to: number; hz: readonly number[] }[]
  loudness: number
}

/**
 * What is played where. The ring belongs to the room (the ringer); all that is heard in a call belongs in the ear (the speaker), so that
 * no customer hears the next one ring. Call progress tones are those of ITU-T E.180: 425 Hz, ringing 1 s in 5, busy half a second each.
 */
const SOUNDS: Record<Exclude<Sound, 'off'>, { pattern: Pattern; on: 'ringer' | 'speaker'; once?: boolean }> = {
  ring: {
    on: 'ringer',
    pattern: {
      seconds: 3,
      parts: [
        { from: 0, to: 0.4, hz: [440, 554] },
        { from: 0.5, to: 0.9, hz: [440, 554] }
      ],
      loudness: 0.5
    }
  },
  // Heard by an agent who talks: short, low, and not often.
  beep: { on: 'speaker', pattern: { seconds: 4, parts: [{ from: 0, to: 0.15, hz: [480] }], loudness: 0.18 } },
  ringback: { on: 'speaker', pattern: { seconds: 5, parts: [{ from: 0, to: 1, hz: [425] }], loudness: 0.2 } },
  busy: { on: 'speaker', pattern: { seconds: 1, parts: [{ from: 0, to: 0.5, hz: [425] }], loudness: 0.2 } },
  // Before a call that answers itself: two rising notes say that somebody is there now.
  whisper: {
    on: 'speaker',
    once: true,
    pattern: {
      seconds: 0.45,
      parts: [
        { from: 0, to: 0.15, hz: [660] },
        { from: 0.2, to: 0.4, hz: [880] }
      ],
      loudness: 0.25
    }
  }
}
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
  /** Starts, changes or ends what is played. A sound that plays once ends by itself. */
  play(sound: Sound): void
  /** Plays the test sound once on a device; resolves when it is over. */
  test(deviceId: string, volume: number): Promise<void>
  chooseRinger(deviceId: string, volume: number): void
  /** Where the far end's voice is heard, and with it all tones of a call. */
  chooseSpeaker(deviceId: string): void
  close(): void
}

/** What most sound cards run at. */
const USUAL_RATE = 48_000

/** @param start how a sound is brought to a device; tests bring their own */
export function createSounds(context: () => AudioContext, start: StartVoice = webVoice(context)): Sounds {
  let ringer = { deviceId: '', volume: 0.8 }
  let speaker = ''
  let playing: { sound: Sound; voice: Voice } | undefined

  // A tone takes longer to make than a bell may take to ring, so each is made once, and the bell's while nothing happens.
  const made = new Map<Pattern, { sampleRate: number; samples: Float32Array<ArrayBuffer> }>()
  const samples = (pattern: Pattern) => (sampleRate: number) => {
    const known = made.get(pattern)
    if (known?.sampleRate === sampleRate) return known.samples
    const fresh = samplesOf(pattern, sampleRate)
    made.set(pattern, { sampleRate, samples: fresh })
    return fresh
  }
  globalThis.requestIdleCallback?.(() => samples(SOUNDS.ring.pattern)(USUAL_RATE))
  const place = (sound: Exclude<Sound, 'off'>) => (SOUNDS[sound].on === 'ringer' ? ringer : { deviceId: speaker, volume: 1 })

  function move(): void {
    if (!playing || playing.sound === 'off') return
    const { deviceId, volume } = place(playing.sound)
    playing.voice.move(deviceId, volume)
  }

  return {
    play(sound) {
      if (playing?.sound === sound) return
      playing?.voice.stop()
      playing = undefined
      if (sound === 'off') return
      const { pattern, once } = SOUNDS[sound]
      const voice = start({ samples: samples(pattern), loop: !once, ...place(sound) })
      const mine = { sound, voice }
      playing = mine
      // The same sound may be asked for again once it is over.
      void voice.ended.then(() => {
        if (playing === mine) playing = undefined
      })
    },
    async test(deviceId, volume) {
      await start({ samples: samples(TEST), loop: false, deviceId, volume }).ended
    },
    chooseRinger(deviceId, volume) {
      ringer = { deviceId, volume }
      move()
    },
    chooseSpeaker(deviceId) {
      speaker = deviceId
      move()
    },
    close() {
      playing?.voice.stop()
      playing = undefined
    }
  }
}
