import { describe, expect, it } from 'vitest'
import {
  type Available,
  cardOf,
  chooseDevices,
  nameOf,
  rememberDevices,
  touchPlugged
} from '../../../src-renderer/softphone/media/choose-devices.ts'
import { createDevices, type DeviceChange, type DeviceSettings } from '../../../src-renderer/softphone/media/devices.ts'
import { createMicrophone } from '../../../src-renderer/softphone/media/microphone.ts'
import { createSounds } from '../../../src-renderer/softphone/media/sounds.ts'
import type { DeviceProfile } from '../../../src-shared/contract/desk.ts'
import { type Card, createFakeDevices, deviceOf } from '../../fakes/media-devices.ts'
import { createFakeTimers } from '../../fakes/timers.ts'

const LAPTOP: Card = { id: 'laptop', label: 'Built-in Audio', microphone: true, output: true }
const JABRA: Card = { id: 'jabra', label: 'Jabra Evolve2 65', microphone: true, output: true }
const POLY: Card = { id: 'poly', label: 'Poly Voyager', microphone: true, output: true }
const SPEAKERS: Card = { id: 'desk', label: 'Desk Speakers', output: true }

const available = (...cards: Card[]): Available => ({
  microphones: cards.filter((card) => card.microphone).map(({ id, label }) => ({ deviceId: `${id}-in`, label, groupId: `group-${id}` })),
  outputs: cards.filter((card) => card.output).map(({ id, label }) => ({ deviceId: `${id}-out`, label, groupId: `group-${id}` }))
})
const set = (card: Card, usedAt: number, over: Partial<DeviceProfile> = {}): DeviceProfile => ({
  name: card.label,
  microphoneId: `${card.id}-in`,
  speakerId: `${card.id}-out`,
  ringerId: 'desk-out',
  gain: 1,
  usedAt,
  ...over
})
const NOTHING_WANTED = { microphoneId: '', speakerId: '', ringerId: '', microphoneGain: 1 }

describe('names of devices', () => {
  it.each([
    ['Default - Headset Microphone (Jabra Evolve2 65)', 'Headset Microphone (Jabra Evolve2 65)', 'Jabra Evolve2 65'],
    ['Headset Earphone (Jabra Evolve2 65) (0b0e:2475)', 'Headset Earphone (Jabra Evolve2 65)', 'Jabra Evolve2 65'],
    ['Microphone (2- Plantronics (C320))', 'Microphone (2- Plantronics (C320))', '2- Plantronics (C320)'],
    ['Built-in Audio', 'Built-in Audio', 'Built-in Audio'],
    ['', '', '']
  ])('%s is %s of the card %s', (label, name, card) => {
    expect([nameOf(label), cardOf(label)]).toEqual([name, card])
  })
})

describe('which devices are used', () => {
  it('the set that was used last of those that are plugged in, all of it', () => {
    const remembered = [set(LAPTOP, 1), set(JABRA, 3, { gain: 1.5 }), set(POLY, 2)]
    expect(chooseDevices(available(LAPTOP, JABRA, POLY, SPEAKERS), remembered, NOTHING_WANTED)).toEqual({
      microphoneId: 'jabra-in',
      speakerId: 'jabra-out',
      ringerId: 'desk-out',
      gain: 1.5
    })
    expect(chooseDevices(available(LAPTOP, POLY, SPEAKERS), remembered, NOTHING_WANTED).microphoneId).toBe('poly-in')
  })

  it('what the settings name where nothing is remembered, as far as it is there', () => {
    const wanted = { microphoneId: 'poly-in', speakerId: 'gone', ringerId: 'desk-out', microphoneGain: 0.5 }
    // Its own ear where the one that is named is gone.
    expect(chooseDevices(available(LAPTOP, POLY), [], wanted)).toEqual({
      microphoneId: 'poly-in',
      speakerId: 'poly-out',
      ringerId: '',
      gain: 0.5
    })
  })

  it('the same card under new ids: by its name, its ear by its group', () => {
    const now: Available = {
      microphones: [{ deviceId: 'n1', label: 'Headset Microphone (Jabra Evolve2 65)', groupId: 'g9' }],
      outputs: [
        { deviceId: 'n0', label: 'Somebody else', groupId: 'g1' },
        { deviceId: 'n2', label: 'an ear with another name', groupId: 'g9' }
      ]
    }
    expect(chooseDevices(now, [set(JABRA, 1)], NOTHING_WANTED)).toEqual({ microphoneId: 'n1', speakerId: 'n2', ringerId: '', gain: 1 })
  })

  it('the system default when that was chosen last, until a known headset is plugged in', () => {
    const here = available(LAPTOP, JABRA)
    const chosen = { microphoneId: '', speakerId: '', ringerId: '', gain: 1 }
    const remembered = rememberDevices(here, [set(JABRA, 1)], chosen, 2)
    expect(chooseDevices(here, remembered, NOTHING_WANTED).microphoneId).toBe('')
    const plugged = touchPlugged(available(LAPTOP), here, remembered, 3)
    expect(chooseDevices(here, plugged, NOTHING_WANTED).microphoneId).toBe('jabra-in')
  })

  it('are remembered once a card, newest first, twenty at most', () => {
    const here = available(LAPTOP, JABRA)
    const chosen = { microphoneId: 'jabra-in', speakerId: 'laptop-out', ringerId: '', gain: 2 }
    const old = Array.from({ length: 20 }, (_, i) => set({ ...POLY, label: `Poly ${i}` }, i))
    const kept = rememberDevices(here, rememberDevices(here, old, chosen, 99), { ...chosen, gain: 1 }, 100)
    expect(kept).toHaveLength(20)
    expect(kept[0]).toMatchObject({ name: 'Jabra Evolve2 65', speakerId: 'laptop-out', gain: 1, usedAt: 100 })
    expect(kept.filter((one) => one.name === 'Jabra Evolve2 65')).toHaveLength(1)
    expect(kept.some((one) => one.name === 'Poly 0')).toBe(false)
  })

  it('are not remembered while the browser hides their names', () => {
    const here: Available = { microphones: [{ deviceId: 'x', label: '', groupId: '' }], outputs: [] }
    expect(rememberDevices(here, [], { microphoneId: 'x', speakerId: '', ringerId: '', gain: 1 }, 1)).toEqual([])
  })
})

const SAVED: DeviceSettings = {
  microphoneId: '',
  speakerId: '',
  ringerId: '',
  ringVolume: 0.8,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  microphoneGain: 1,
  deviceProfiles: []
}

/** A desk's devices with fakes around them; settings that are saved come back as the host tells them. */
async function bench(cards: Card[], settings: Partial<DeviceSettings> = {}) {
  const { media, levers } = createFakeDevices(...cards)
  const clock = { ...createFakeTimers(10_000), random: () => 0 }
  const microphone = createMicrophone(media, { onProblem: (problem) => devices.tell(problem) })
  const ringing: { deviceId: string; volume: number }[] = []
  const sounds = createSounds(
    () => {
      throw new Error('no context is needed here')
    },
    ({ deviceId, volume }) => {
      const place = { deviceId, volume }
      ringing.push(place)
      return {
        move(to, loudness) {
          place.deviceId = to
          place.volume = loudness
        },
        stop: () => void ringing.splice(ringing.indexOf(place), 1),
        ended: Promise.resolve()
      }
    }
  )
  let saved: DeviceSettings = { ...SAVED, ...settings }
  const saves: DeviceChange[] = []
  const host = { down: false }
  const moved: string[] = []
  const speakers: string[] = []
  const devices = createDevices({
    media,
    microphone,
    sounds,
    clock,
    canChooseOutput: true,
    meterOf: () => ({ read: () => 0.25, stop() {} }),
    chooseSpeaker: (id) => speakers.push(id),
    save(change) {
      saves.push(change)
      if (host.down) return
      saved = { ...saved, ...change }
      // The host tells everybody, later.
      queueMicrotask(() => devices.apply(saved))
    },
    changed() {},
    moved: ({ what, to }) => moved.push(`${what}: ${to}`)
  })
  devices.apply(saved)
  await devices.refresh()
  return {
    devices,
    microphone,
    sounds,
    levers,
    clock,
    saves,
    host,
    moved,
    ringing,
    saved: () => saved,
    speaker: () => speakers.at(-1),
    /** The user chooses in the settings. */
    choose(change: Partial<DeviceSettings>) {
      saved = { ...saved, ...change }
      devices.apply(saved)
    }
  }
}
const USED_JABRA = { deviceProfiles: [set(JABRA, 2), set(LAPTOP, 1)], microphoneId: 'laptop-in', speakerId: 'laptop-out' }

describe('devices in a call', () => {
  it('a known headset that is plugged in takes over microphone, ear and ringer, and it is said', async () => {
    const { devices, microphone, levers, moved, saved, speaker, sounds, ringing } = await bench([LAPTOP, SPEAKERS], USED_JABRA)
    expect(devices.chosen.microphoneId).toBe('laptop-in')
    const replaced: string[] = []
    const call = await microphone.take((track) => replaced.push((track as unknown as { deviceId: string }).deviceId))
    expect(deviceOf(call.stream)).toBe('laptop')
    sounds.play('ring')

    levers.plug(JABRA)
    await expect.poll(() => deviceOf(call.stream)).toBe('jabra')
    expect(replaced).toEqual(['jabra'])
    expect(levers.open()).toEqual(['jabra'])
    expect(speaker()).toBe('jabra-out')
    expect(ringing).toEqual([{ deviceId: 'desk-out', volume: 0.8 }])
    expect(moved).toEqual(['microphone: Jabra Evolve2 65', 'speaker: Jabra Evolve2 65'])
    expect(devices.view.moved).toMatchObject({ what: 'speaker', to: 'Jabra Evolve2 65' })
    expect(saved()).toMatchObject({ microphoneId: 'jabra-in', speakerId: 'jabra-out' })
  })

  it('what was used before takes over again when it is pulled out; a muted agent stays muted', async () => {
    const { microphone, levers, moved, speaker, saved } = await bench([LAPTOP, JABRA], USED_JABRA)
    const call = await microphone.take(() => {})
    expect(deviceOf(call.stream)).toBe('jabra')
    for (const track of call.stream.getAudioTracks()) track.enabled = false

    levers.unplug('jabra')
    await expect.poll(() => speaker()).toBe('laptop-out')
    await expect.poll(() => levers.open()).toEqual(['laptop'])
    expect(deviceOf(call.stream)).toBe('laptop')
    expect(call.stream.getAudioTracks().map((track) => track.enabled)).toEqual([false])
    expect(moved).toEqual(['microphone: Built-in Audio', 'speaker: Built-in Audio'])
    // Still known: plugged in again it is used again.
    expect(saved().deviceProfiles.map((one) => one.name)).toEqual(['Jabra Evolve2 65', 'Built-in Audio'])
    levers.plug(JABRA)
    await expect.poll(() => deviceOf(call.stream)).toBe('jabra')
    call.release()
    await expect.poll(() => levers.open()).toEqual([])
  })

  it('what the host could not keep is not undone by what it still has, and is kept later', async () => {
    const { devices, levers, host, saves, choose, saved } = await bench([LAPTOP, JABRA], USED_JABRA)
    await expect.poll(() => saved().microphoneId).toBe('jabra-in')
    host.down = true
    levers.unplug('jabra')
    await expect.poll(() => devices.chosen.microphoneId).toBe('laptop-in')
    host.down = false
    const before = saves.length
    choose({ ringVolume: 0.4 })
    expect(devices.chosen.microphoneId).toBe('laptop-in')
    expect(saves).toHaveLength(before + 1)
    await expect.poll(() => saved().microphoneId).toBe('laptop-in')
    choose({ ringVolume: 0.5 })
    expect(saves).toHaveLength(before + 1)
  })

  it('an unknown device changes nothing; chosen once, it is known', async () => {
    const { devices, microphone, levers, moved, choose, saved } = await bench([LAPTOP, JABRA], USED_JABRA)
    const call = await microphone.take(() => {})
    levers.plug(POLY)
    await expect.poll(() => devices.view.microphones).toHaveLength(3)
    expect([devices.chosen.microphoneId, moved]).toEqual(['jabra-in', []])

    choose({ microphoneId: 'poly-in', speakerId: 'poly-out' })
    await expect.poll(() => deviceOf(call.stream)).toBe('poly')
    expect(moved).toEqual([]) // who chooses need not be told
    expect(saved().deviceProfiles[0]).toMatchObject({ name: 'Poly Voyager', microphoneId: 'poly-in', speakerId: 'poly-out' })
    levers.unplug('poly')
    await expect.poll(() => devices.chosen.microphoneId).toBe('jabra-in')
    levers.plug(POLY)
    await expect.poll(() => devices.chosen.microphoneId).toBe('poly-in')
  })

  it('with nothing left the system default is used; a call goes on when there is a microphone again', async () => {
    const { devices, microphone, levers, moved } = await bench([JABRA], { deviceProfiles: [set(JABRA, 1)] })
    const call = await microphone.take(() => {})
    levers.unplug('jabra')
    await expect.poll(() => devices.view.problem).toBe('microphone-missing')
    expect(moved).toEqual(['microphone: ', 'speaker: '])
    levers.plug(LAPTOP)
    await expect.poll(() => deviceOf(call.stream)).toBe('laptop')
    await expect.poll(() => devices.view.problem).toBeUndefined()
  })

  it('follows the system to its new default while ours is "the default"', async () => {
    const { microphone, levers } = await bench([LAPTOP, POLY])
    const call = await microphone.take(() => {})
    expect(levers.asked).toHaveLength(1)
    levers.tellChange()
    levers.standard = 'poly'
    levers.tellChange()
    await expect.poll(() => levers.asked.length).toBe(2)
    call.release()
  })

  it('keeps the old microphone when the chosen one cannot be opened, and says why', async () => {
    const { devices, microphone, levers, choose } = await bench([LAPTOP, JABRA], USED_JABRA)
    const call = await microphone.take(() => {})
    levers.fail('NotReadableError')
    choose({ microphoneId: 'laptop-in' })
    await expect.poll(() => devices.view.problem).toBe('microphone-busy')
    expect([deviceOf(call.stream), call.stream.getAudioTracks()[0]?.readyState]).toEqual(['jabra', 'live'])
    levers.fail(undefined)
    microphone.renew()
    await expect.poll(() => deviceOf(call.stream)).toBe('laptop')
    expect(devices.view.problem).toBeUndefined()
  })

  it('the last of many quick choices is the one that counts', async () => {
    const { microphone, levers, choose } = await bench([LAPTOP, JABRA, POLY], USED_JABRA)
    const call = await microphone.take(() => {})
    for (const id of ['laptop', 'poly', 'laptop', 'jabra', 'poly']) choose({ microphoneId: `${id}-in` })
    await expect.poll(() => deviceOf(call.stream)).toBe('poly')
    await expect.poll(() => levers.open()).toEqual(['poly'])
  })
})

describe('devices at rest', () => {
  it('nothing of what is remembered is lost while the browser hides which devices there are', async () => {
    const { media, levers } = createFakeDevices(JABRA)
    levers.hidden = true
    const saves: DeviceChange[] = []
    const devices = createDevices({
      media,
      microphone: createMicrophone(media),
      sounds: { chooseRinger() {}, chooseSpeaker() {}, test: async () => {} },
      clock: { ...createFakeTimers(), random: () => 0 },
      canChooseOutput: true,
      meterOf: () => ({ read: () => 0, stop() {} }),
      chooseSpeaker() {},
      save: (change) => saves.push(change),
      changed() {},
      moved() {}
    })
    devices.apply({ ...SAVED, microphoneId: 'jabra-in', deviceProfiles: [set(JABRA, 1)] })
    await devices.refresh()
    expect([saves, devices.view.problem, devices.view.microphones]).toEqual([[], undefined, []])
    levers.hidden = false
    await devices.refresh()
    expect(devices.chosen.microphoneId).toBe('jabra-in')
  })

  it('the first look moves nothing and says nothing', async () => {
    const { moved, saves, devices } = await bench([LAPTOP, JABRA], USED_JABRA)
    expect([moved, devices.chosen.microphoneId]).toEqual([[], 'jabra-in'])
    expect(saves).toHaveLength(1) // what is used is what the settings say
  })

  it('a list that cannot be had leaves everything as it was', async () => {
    const { devices, levers } = await bench([LAPTOP])
    levers.failLists(true)
    await devices.refresh()
    expect(devices.view.microphones).toHaveLength(1)
  })

  it('without any devices of the browser it is said', async () => {
    const { devices } = await bench([])
    expect(devices.view.problem).toBe('microphone-missing')
  })

  it('a device is not listed twice, and not as its own default', async () => {
    const { devices, levers } = await bench([LAPTOP, JABRA])
    levers.plug(LAPTOP)
    await expect.poll(() => devices.view.microphones.map((one) => one.label)).toEqual(['Built-in Audio', 'Jabra Evolve2 65'])
  })

  it('the microphone is open while its level is shown and closed after, also when it was asked for and given up at once', async () => {
    const { devices, levers, clock } = await bench([LAPTOP])
    const levels: number[] = []
    const stop = devices.meter((level) => levels.push(level))
    await expect.poll(() => devices.view.metering).toBe(true)
    expect(levers.open()).toEqual(['laptop'])
    clock.advance(130)
    expect(levels).toEqual([0.25, 0.25])
    stop()
    stop()
    await expect.poll(() => levers.open()).toEqual([])
    expect([devices.view.metering, levels.at(-1)]).toEqual([false, 0])
    devices.meter(() => {})()
    await expect.poll(() => levers.asked.length).toBe(2)
    await expect.poll(() => levers.open()).toEqual([])
  })

  it('a microphone that is refused is said, and that it is allowed now', async () => {
    const { devices, levers } = await bench([LAPTOP])
    levers.fail('NotAllowedError')
    devices.meter(() => {})
    await expect.poll(() => devices.view.problem).toBe('microphone-denied')
    levers.fail(undefined)
    devices.meter(() => {})
    await expect.poll(() => devices.view.problem).toBeUndefined()
    devices.close()
    await expect.poll(() => levers.open()).toEqual([])
  })
})

describe('what the browser does to my voice', () => {
  it('takes effect at once, also in a call', async () => {
    const { microphone, levers, choose } = await bench([LAPTOP])
    const replaced: MediaStreamTrack[] = []
    const call = await microphone.take((track) => replaced.push(track))
    expect(levers.asked.at(-1)).toMatchObject({ echoCancellation: true, noiseSuppression: true, autoGainControl: true })
    choose({ noiseSuppression: false, echoCancellation: false })
    await expect.poll(() => replaced.length).toBe(1)
    expect(levers.asked.at(-1)).toMatchObject({ echoCancellation: false, noiseSuppression: false, autoGainControl: true })
    expect(call.stream.getAudioTracks()).toEqual(replaced)
    choose({ ringVolume: 0.1 })
    expect(levers.asked).toHaveLength(2)
  })
})
