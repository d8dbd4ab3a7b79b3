import type { SipLine } from '../../../src-renderer/softphone/call/line.ts'
import type { Sound as Tone } from '../../../src-renderer/softphone/call/state.ts'
import type { Clock } from '../../../src-renderer/softphone/engine/clock.ts'
import { createEngine } from '../../../src-renderer/softphone/engine/engine.ts'
import { probe, webEar } from '../../../src-renderer/softphone/engine/probe.ts'
import { createDevices } from '../../../src-renderer/softphone/media/devices.ts'
import { meterOf } from '../../../src-renderer/softphone/media/levels.ts'
import { createMicrophone } from '../../../src-renderer/softphone/media/microphone.ts'
import { createSounds } from '../../../src-renderer/softphone/media/sounds.ts'
import type { Action, PhoneView } from '../../../src-renderer/softphone/port/port.ts'
import { openSipLine } from '../../../src-renderer/softphone/sip/sip.ts'
import type { PhoneAccount } from '../../../src-shared/contract/phone.ts'
import { hasTone, type Sound, soundOf } from '../lab/pitch.ts'
import { standInDesk, type Told } from './host.ts'
import { listenTo } from './listen.ts'
import { type Frame, watchSockets } from './sockets.ts'

/** The softphone's engine of the product, in a page without screens or desk, as the tests drive it. */
export interface PagePhone {
  act(action: Action): Promise<void>
  view(): PhoneView
  /** Every phase each call went through, in order: `CALL PHASE`. */
  phases: string[]
  /** What was to be played, in order. */
  tones: Tone[]
  /** What the desk was told, in order. */
  told: Told[]
  /** Errors that nobody caught. */
  faults: string[]
  /** What is heard of a call's far end in the last 170 ms. */
  hears(callId: string): Sound
  /** Are all these tones in what is heard of a call? */
  hearsAll(callId: string, hz: readonly number[]): boolean
  /** SIP messages sent and received on WebSockets. */
  frames: Frame[]
}

/** How media gets out of this page's network: any way, or by a TURN server only. */
export type Way = 'any' | 'relay'

declare global {
  interface Window {
    startPhone(account: PhoneAccount, hz: number, way: Way): void
    phone: PagePhone
  }
}

const frames = watchSockets()
const faults: string[] = []
window.addEventListener('error', (event) => faults.push(`error: ${event.message}`))
window.addEventListener('unhandledrejection', (event) => faults.push(`unhandled: ${String(event.reason)}`))

const CLOCK: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
}

window.startPhone = (account, hz, way) => {
  if (way === 'relay')
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' })
      }
    }
  const context = new AudioContext({ sampleRate: 48_000 })
  // The agent's voice is a tone of its own, so that every listener can tell agents apart.
  const voice = new OscillatorNode(context, { frequency: hz })
  const loudness = new GainNode(context, { gain: 0.3 })
  const mouth = new MediaStreamAudioDestinationNode(context, { channelCount: 1 })
  voice.connect(loudness).connect(mouth)
  voice.start()
  const microphone = createMicrophone({ getUserMedia: async () => mouth.stream.clone() })
  const sounds = createSounds(() => context)
  const meter = (stream: MediaStream) => meterOf(context, stream)

  const phases: string[] = []
  const tones: Tone[] = []
  const told: Told[] = []
  let line: SipLine | undefined
  const engine = createEngine({
    host: standInDesk(account, told),
    clock: CLOCK,
    newId: () => crypto.randomUUID(),
    // The line is the product's; the test only wants to hear what it hears.
    loadLine: async () => (given, taken, emit) => (line = openSipLine(given, taken, emit)),
    microphone,
    sounds: { play: (tone) => tones.push(tone) },
    devices: (ports) =>
      createDevices({
        ...ports,
        media: navigator.mediaDevices,
        microphone,
        sounds,
        clock: CLOCK,
        meterOf: meter,
        canChooseOutput: false
      }),
    meterOf: meter,
    probe: () =>
      probe({
        microphone,
        devices: navigator.mediaDevices,
        canChooseOutput: false,
        listen: webEar(() => new AudioContext()),
        after: CLOCK.after
      }),
    headsets: { drivers: [], known: async () => false },
    listen: async () => undefined,
    onNetwork: () => () => {},
    release: async () => {}
  })
  engine.subscribe(() => {
    for (const { callId, phase } of engine.view.state.calls) {
      const now = `${callId} ${phase}`
      if (phases.findLast((one) => one.startsWith(`${callId} `)) !== now) phases.push(now)
    }
  })
  const ears = listenTo(context, (callId) => line?.streams(callId).remote)
  window.phone = {
    act: (action) => engine.act(action),
    view: () => engine.view,
    phases,
    tones,
    told,
    faults,
    frames,
    hears: (callId) => soundOf(ears(callId), context.sampleRate),
    hearsAll(callId, all) {
      const samples = ears(callId)
      return all.every((one) => hasTone(samples, one, context.sampleRate))
    }
  }
}
