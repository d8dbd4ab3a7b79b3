import { newId } from '../../src-shared/ids.ts'
import { createDevices } from './devices.ts'
import { createEngine } from './engine.ts'
import type { Clock } from './engine-clock.ts'
import type { EngineHost } from './engine-host.ts'
import { createAudio, meterOf } from './levels.ts'
import { createMicrophone } from './microphone.ts'
import { canChooseOutput } from './playback.ts'
import type { PhonePort } from './port.ts'
import { createPage, type Wire } from './port-channel.ts'
import { lockName, sharedPhone } from './port-shared.ts'
import { createSounds } from './sounds.ts'
import { createSteadyClock } from './steady-clock.ts'

/** The desk's phone, in this page or in another one of the same desk in this browser. */
export function openPhone(deskId: string, host: EngineHost, mayBePhone: boolean): PhonePort {
  const clock = createSteadyClock(() => new Worker(new URL('./timer-worker.ts', import.meta.url), { type: 'module' }))
  const page = createPage(openWire(lockName(deskId)), newId(), clock)
  const phone = sharedPhone({ deskId, page, locks: navigator.locks, mayBePhone, newId, start: () => startEngine(host, clock) })
  return {
    get view() {
      return phone.view
    },
    get place() {
      return phone.place
    },
    subscribe: phone.subscribe,
    watch: phone.watch,
    act: phone.act,
    async close() {
      await phone.close()
      clock.close()
    }
  }
}

function openWire(name: string): Wire {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen(listener) {
      channel.onmessage = ({ data }) => listener(data)
    },
    close: () => channel.close()
  }
}

/** The phone of this page, with this page's microphone, loudspeakers and network. */
function startEngine(host: EngineHost, clock: Clock): PhonePort {
  const audio = createAudio()
  const microphone = createMicrophone(navigator.mediaDevices)
  const sounds = createSounds(() => audio.context())
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
