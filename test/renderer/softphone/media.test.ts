import { describe, expect, it } from 'vitest'
import type { Sound } from '../../../src-renderer/softphone/call/state.ts'
import { type ProbeDeps, probe } from '../../../src-renderer/softphone/engine/probe.ts'
import { availableOf } from '../../../src-renderer/softphone/media/choose-devices.ts'
import { barOf, rms } from '../../../src-renderer/softphone/media/levels.ts'
import { createMicrophone, MicrophoneError } from '../../../src-renderer/softphone/media/microphone.ts'
import { createSounds, samplesOf } from '../../../src-renderer/softphone/media/sounds.ts'
import { createFakeDevices, type FakeTrack } from '../../fakes/media-devices.ts'
import { createFakeTimers } from '../../fakes/timers.ts'

describe('levels', () => {
  it('are root mean squares, shown on a scale the eye expects', () => {
    expect(rms(new Float32Array([0.5, -0.5]))).toBeCloseTo(0.5)
    expect(rms(new Float32Array())).toBe(0)
    expect([0, 0.001, 0.1, 1, 2].map(barOf)).toEqual([0, 0, expect.closeTo(2 / 3), 1, 1])
  })
})

describe('tones', () => {
  const tone = { seconds: 1, loudness: 0.5, parts: [{ from: 0.2, to: 0.6, hz: [440] }] }

  it('sound in their part of the pattern only and never louder than asked', () => {
    const samples = samplesOf(tone, 8_000)
    expect(samples).toHaveLength(8_000)
    expect(rms(samples.subarray(0, 1_600))).toBe(0)
    expect(rms(samples.subarray(2_000, 4_000))).toBeCloseTo(0.5 / Math.SQRT2, 1)
    expect(Math.max(...samples)).toBeLessThanOrEqual(0.5)
    expect(Math.abs(samples[1_600] ?? 1)).toBeLessThan(0.01)
  })
})

/** Sounds with places instead of loudspeakers. */
function sounding() {
  const playing: { deviceId: string; volume: number; loop: boolean; loudest: number; over(): void }[] = []
  const sounds = createSounds(
    () => {
      throw new Error('no context is needed here')
    },
    ({ samples, loop, deviceId, volume }) => {
      let over = () => {}
      const ended = new Promise<void>((resolve) => {
        over = resolve
      })
      const voice = { deviceId, volume, loop, loudest: Math.max(...samples(8_000)), over: () => stop() }
      const stop = () => {
        const i = playing.indexOf(voice)
        if (i >= 0) playing.splice(i, 1)
        over()
      }
      playing.push(voice)
      return {
        move(to, loudness) {
          voice.deviceId = to
          voice.volume = loudness
        },
        stop,
        ended
      }
    }
  )
  sounds.chooseRinger('room', 0.6)
  sounds.chooseSpeaker('ear')
  return { sounds, playing, heard: () => playing.map(({ deviceId, volume, loop }) => ({ deviceId, volume, loop })) }
}

describe('sounds', () => {
  it.each<[Sound, { deviceId: string; volume: number; loop: boolean }]>([
    ['ring', { deviceId: 'room', volume: 0.6, loop: true }],
    ['beep', { deviceId: 'ear', volume: 1, loop: true }],
    ['ringback', { deviceId: 'ear', volume: 1, loop: true }],
    ['busy', { deviceId: 'ear', volume: 1, loop: true }],
    ['whisper', { deviceId: 'ear', volume: 1, loop: false }]
  ])('%s is heard where it belongs', (sound, place) => {
    const { sounds, heard } = sounding()
    sounds.play(sound)
    expect(heard()).toEqual([place])
    sounds.play('off')
    expect(heard()).toEqual([])
  })

  it('the one that waits beside a call is far softer than a ring', () => {
    const { sounds, playing } = sounding()
    sounds.play('ring')
    const ring = playing[0]?.loudest ?? 0
    sounds.play('beep')
    expect(playing).toHaveLength(1)
    expect(playing[0]?.loudest).toBeLessThan(ring / 2)
  })

  it('move with the device while they play, each with its own', () => {
    const { sounds, heard } = sounding()
    sounds.play('ring')
    sounds.chooseSpeaker('other ear')
    sounds.chooseRinger('other room', 0.2)
    expect(heard()).toEqual([{ deviceId: 'other room', volume: 0.2, loop: true }])
    sounds.play('ringback')
    expect(heard()).toEqual([{ deviceId: 'other ear', volume: 1, loop: true }])
    sounds.chooseSpeaker('ear')
    expect(heard()[0]?.deviceId).toBe('ear')
  })

  it('that plays once can be asked for again when it is over; one that goes on is not begun twice', async () => {
    const { sounds, playing, heard } = sounding()
    sounds.play('whisper')
    playing[0]?.over()
    await Promise.resolve()
    sounds.play('whisper')
    expect(heard()).toHaveLength(1)
    sounds.play('busy')
    const [busy] = playing
    sounds.play('busy')
    expect(playing).toEqual([busy])
  })

  it('are tried out on any device, and are off when the phone is closed', async () => {
    const { sounds, playing, heard } = sounding()
    const test = sounds.test('desk', 0.3)
    expect(heard()).toEqual([{ deviceId: 'desk', volume: 0.3, loop: false }])
    playing[0]?.over()
    await test
    sounds.play('ring')
    sounds.close()
    expect(heard()).toEqual([])
  })
})

describe('what is plugged in', () => {
  it('is listed without the copies a browser adds for its defaults, each once', () => {
    const all = [
      { deviceId: 'default', kind: 'audioinput', label: 'Default - Headset', groupId: 'g' },
      { deviceId: 'communications', kind: 'audioinput', label: 'Communications - Headset', groupId: 'g' },
      { deviceId: 'a', kind: 'audioinput', label: 'Headset', groupId: 'g' },
      { deviceId: 'a', kind: 'audioinput', label: 'Headset', groupId: 'g' },
      { deviceId: '', kind: 'audioinput', label: '', groupId: '' },
      { deviceId: 'v', kind: 'videoinput', label: 'Camera', groupId: 'c' },
      { deviceId: 'b', kind: 'audiooutput', label: 'Speaker', groupId: 's' }
    ] as const
    expect(availableOf(all)).toEqual({
      microphones: [{ deviceId: 'a', label: 'Headset', groupId: 'g' }],
      outputs: [{ deviceId: 'b', label: 'Speaker', groupId: 's' }],
      defaultMicrophone: 'Default - Headset'
    })
  })
})

describe('the microphone', () => {
  const dom = (name: string) => Object.assign(new Error('said no'), { name })

  it.each([
    ['NotAllowedError', 'microphone-denied'],
    ['NotReadableError', 'microphone-busy'],
    ['NotFoundError', 'microphone-missing']
  ])('%s is told as %s', async (name, problem) => {
    const microphone = createMicrophone({ getUserMedia: () => Promise.reject(dom(name)) })
    await expect(microphone.take(() => {})).rejects.toMatchObject({ name: 'MicrophoneError', problem })
  })

  it('is missing where the page may not ask', async () => {
    await expect(createMicrophone(undefined).take(() => {})).rejects.toBeInstanceOf(MicrophoneError)
  })

  it('falls back to the default one when the remembered one is gone', async () => {
    const { media, levers } = createFakeDevices({ id: 'here', label: 'Here', microphone: true })
    const microphone = createMicrophone(media)
    microphone.choose('gone')
    const taken = await microphone.take(() => {})
    expect(levers.open()).toEqual(['here'])
    taken.release()
    levers.unplug('here')
    await expect(microphone.take(() => {})).rejects.toMatchObject({ problem: 'microphone-missing' })
  })

  it('is asked for again after a failure', async () => {
    let asked = 0
    const microphone = createMicrophone({ getUserMedia: () => Promise.reject(dom(asked++ ? 'NotFoundError' : 'NotAllowedError')) })
    await expect(microphone.take(() => {})).rejects.toMatchObject({ problem: 'microphone-denied' })
    await expect(microphone.take(() => {})).rejects.toMatchObject({ problem: 'microphone-missing' })
  })

  it('is opened once for all who want it and closed with the last', async () => {
    const { media, levers } = createFakeDevices({ id: 'one', label: 'One', microphone: true })
    const microphone = createMicrophone(media)
    const both = await Promise.all([microphone.take(() => {}), microphone.take(() => {})])
    expect(levers.asked).toHaveLength(1)
    both[0]?.release()
    both[0]?.release()
    await Promise.resolve()
    expect(levers.open()).toEqual(['one'])
    both[1]?.release()
    await expect.poll(() => levers.open()).toEqual([])
  })

  it('that was chosen while another was being opened is the one that is given', async () => {
    const { media, levers } = createFakeDevices(
      { id: 'one', label: 'One', microphone: true },
      { id: 'two', label: 'Two', microphone: true }
    )
    const microphone = createMicrophone(media)
    const taking = microphone.take(() => {})
    microphone.choose('two-in')
    const taken = await taking
    expect(levers.open()).toEqual(['two'])
    taken.release()
    await expect.poll(() => levers.open()).toEqual([])
  })
})

/** A probe of fake devices; `hears`: after how many looks there is a sound, if ever. */
function probing(hears: number | undefined, over: Partial<ProbeDeps> = {}) {
  const { media, levers } = createFakeDevices({ id: 'one', label: 'One', microphone: true, output: true })
  const clock = createFakeTimers(0)
  let stopped = 0
  let looks = 0
  const streams: MediaStream[] = []
  const result = probe({
    microphone: createMicrophone(media),
    devices: media,
    canChooseOutput: true,
    async listen(stream) {
      streams.push(stream)
      return { hears: () => hears !== undefined && ++looks > hears, stop: () => void stopped++ }
    },
    after(ms, run) {
      // Time passes as soon as somebody waits for it.
      const cancel = clock.after(ms, run)
      queueMicrotask(() => clock.advance(ms))
      return cancel
    },
    ...over
  })
  return { result, levers, clock, streams, stopped: () => stopped, open: () => levers.open() }
}

describe('the probe', () => {
  it('is over with the first sound and leaves nothing open', async () => {
    const { result, open, clock, stopped } = probing(2)
    expect(await result).toEqual({ live: true })
    expect([clock.now(), stopped()]).toEqual([80, 1])
    await expect.poll(open).toEqual([])
  })

  it('finds a microphone that gives nothing but digital silence', async () => {
    const { result, open, clock } = probing(undefined)
    expect(await result).toEqual({ live: false, problem: 'microphone-silent' })
    expect(clock.now()).toBeGreaterThan(1_000)
    await expect.poll(open).toEqual([])
  })

  it('finds one that the system has muted, whatever its last samples were, and one that is pulled out', async () => {
    const silent = probing(0, {
      async listen(stream) {
        const [track] = stream.getAudioTracks() as unknown as FakeTrack[] // as above
        if (track) track.muted = true
        return { hears: () => true, stop() {} }
      }
    })
    expect(await silent.result).toEqual({ live: false, problem: 'microphone-silent' })

    const pulled = probing(0, {
      async listen(stream) {
        ;(stream.getAudioTracks()[0] as unknown as FakeTrack | undefined)?.stop() // as above
        return { hears: () => true, stop() {} }
      }
    })
    expect(await pulled.result).toEqual({ live: false, problem: 'microphone-missing' })
  })

  it.each([
    ['NotAllowedError', 'microphone-denied'],
    ['NotReadableError', 'microphone-busy'],
    ['NotFoundError', 'microphone-missing']
  ])('tells %s as %s', async (name, problem) => {
    const { media, levers } = createFakeDevices({ id: 'one', label: 'One', microphone: true, output: true })
    levers.fail(name)
    expect(await probing(0, { microphone: createMicrophone(media) }).result).toMatchObject({ live: false, problem })
  })

  it('misses an output, but not where a browser cannot list them', async () => {
    const silent = createFakeDevices({ id: 'mic', label: 'Mic', microphone: true })
    const given = { microphone: createMicrophone(silent.media), devices: silent.media }
    expect(await probing(0, given).result).toEqual({ live: false, problem: 'no-output' })
    expect(await probing(0, { ...given, canChooseOutput: false }).result).toEqual({ live: true })
    await expect.poll(() => silent.levers.open()).toEqual([])
  })

  it('says when it could not be made, and leaves nothing open then either', async () => {
    const { result, open } = probing(0, { listen: () => Promise.reject(new Error('not touched yet')) })
    expect(await result).toEqual({ live: false, problem: 'probe-failed', detail: 'not touched yet' })
    await expect.poll(open).toEqual([])
  })
})
