import { newId } from '../../src-shared/ids.ts'
import { createDevices } from './devices.ts'
import { createEngine } from './engine.ts'
import type { Clock } from './engine-clock.ts'
import type { EngineHost } from './engine-host.ts'
import { createAudio, meterOf } from './levels.ts'
import { createMicrophone } from './microphone.ts'
import { canChooseOutput } from './playback.ts'
import type { PhonePort } from './port.ts'
import { createSounds } from './sounds.ts'

/** The phone of this page, with this page's microphone, loudspeakers and network. */
export function startEngine(host: EngineHost): PhonePort {
  const audio = createAudio()
  const microphone = createMicrophone(navigator.mediaDevices)
  const sounds = createSounds(() => audio.context())
  const clock = PAGE_CLOCK
  const meter = (stream: MediaStream) => meterOf(audio.context(), stream)
  return createEngine({
    host,
    clock,
    newId,
    loadLine: async () => (await import('./sip.ts')).openSipLine,
    microphone,
    sounds,
    devices: (ports) =>
      createDevices({
        ...ports,
        media: navigator.mediaDevices,
        microphone,
        sounds,
        clock,
        meterOf: meter,
        canChooseOutput: canChooseOutput()
      }),
    meterOf: meter,
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
