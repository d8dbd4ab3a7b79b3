import { newId } from '../../src-shared/ids.ts'
import { createEngine } from './engine.ts'
import type { Clock } from './engine-clock.ts'
import { watchDevices } from './engine-devices.svelte.ts'
import type { EngineHost } from './engine-host.ts'
import { createAudio, meterOf } from './levels.ts'
import { createMicrophone } from './microphone.ts'
import type { PhonePort } from './port.ts'
import { createSounds } from './sounds.ts'

/** The phone of this page, with this page's microphone, loudspeakers and network. */
export function startEngine(host: EngineHost): PhonePort {
  const audio = createAudio()
  const microphone = createMicrophone(navigator.mediaDevices)
  const sounds = createSounds(() => audio.context())
  return createEngine({
    host,
    clock: PAGE_CLOCK,
    newId,
    loadLine: async () => (await import('./sip.ts')).openSipLine,
    microphone,
    sounds,
    devices: (onChange) => watchDevices(microphone, sounds, () => audio.context(), onChange, { tell: () => {} }),
    meterOf: (stream) => meterOf(audio.context(), stream),
    onNetwork(listener) {
      window.addEventListener('online', listener)
      return () => window.removeEventListener('online', listener)
    },
    async release() {
      sounds.close()
      microphone.close()
      audio.close()
    }
  })
}

const PAGE_CLOCK: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
}
