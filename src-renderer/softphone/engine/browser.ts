import { newId } from '../../../src-shared/ids.ts'
import { afterPicture } from '../../ui/after-picture.ts'
import type { Sound } from '../call/state.ts'
import { headsetDrivers } from '../headset/drivers.ts'
import { hidOf } from '../headset/hid.ts'
import { createDevices, type Devices } from '../media/devices.ts'
import { createAudio } from '../media/levels.ts'
import { createMicrophone } from '../media/microphone.ts'
import { canChooseOutput } from '../media/playback.ts'
import { createSounds } from '../media/sounds.ts'
import { createPage, type Wire } from '../port/channel.ts'
import type { PhonePort } from '../port/port.ts'
import { lockName, sharedPhone } from '../port/shared.ts'
import type { Clock } from './clock.ts'
import { createEngine } from './engine.ts'
import type { EngineHost } from './host.ts'
import { probe, webEar } from './probe.ts'
import { createSteadyClock } from './steady-clock.ts'
import type { Listen } from './transcripts.ts'

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
  let devices: Devices | undefined
  const microphone = createMicrophone(navigator.mediaDevices, {
    context: () => audio.own(),
    onProblem: (problem) => devices?.tell(problem)
  })
  const sounds = createSounds(() => audio.context())
  let silence = () => {}
  // Who rings is seen first: to start a sound takes longer than to show a name. What is wanted last is what sounds.
  const bell = (sound: Sound) => {
    silence()
    silence = afterPicture(() => sounds.play(sound))
  }
  return createEngine({
    host,
    clock,
    newId,
    loadLine: async () => (await import('../sip/sip.ts')).openSipLine,
    microphone,
    sounds: { play: bell },
    devices(ports) {
      const canChoose = canChooseOutput()
      devices = createDevices({
        ...ports,
        media: navigator.mediaDevices,
        microphone,
        sounds,
        clock,
        meterOf: audio.meterOf,
        canChooseOutput: canChoose
      })
      return devices
    },
    meterOf: audio.meterOf,
    probe: () =>
      probe({
        microphone,
        devices: navigator.mediaDevices,
        canChooseOutput: canChooseOutput(),
        listen: webEar(() => audio.own()),
        after: clock.after
      }),
    headsets: {
      drivers: headsetDrivers(),
      known: async () => ((await hidOf(navigator)?.getDevices()) ?? []).length > 0
    },
    listen: (settings, call) => listen(settings, call, clock, () => audio.own()),
    onNetwork(listener) {
      // Another network under the same name, from Wi-Fi to cable, tells no 'online'. Not in every browser, nor in TypeScript's types.
      const { connection } = navigator as Navigator & { connection?: EventTarget }
      window.addEventListener('online', listener)
      connection?.addEventListener('change', listener)
      return () => {
        window.removeEventListener('online', listener)
        connection?.removeEventListener('change', listener)
      }
    },
    async release() {
      silence()
      sounds.close()
      microphone.close()
      audio.close()
    }
  })
}

/** The recogniser's part is fetched by those who have one. */
async function listen(
  settings: Parameters<Listen>[0],
  call: Parameters<Listen>[1],
  clock: Clock,
  context: () => AudioContext
): ReturnType<Listen> {
  const [{ createTranscriber }, { transcribeCall }, { WORKLET_URL }] = await Promise.all([
    import('../transcriber/transcriber.ts'),
    import('../transcriber/call-transcript.ts'),
    import('../transcriber/worklet-url.ts')
  ])
  const open = (url: string, protocols: readonly string[]) => new WebSocket(url, [...protocols])
  const transcriber = createTranscriber(settings, { open, ...clock })
  return transcriber && transcribeCall({ ...call, transcriber, context, workletUrl: WORKLET_URL, now: clock.now, after: clock.after })
}

/** Asks the user for a headset; in the click of a button. What is allowed here, every page of ours may use. */
export async function allowHeadset(): Promise<void> {
  await hidOf(navigator)?.requestDevice({ filters: [{ usagePage: TELEPHONY_PAGE }] })
}
/** HID Usage Tables: telephony devices. */
const TELEPHONY_PAGE = 0x0b
