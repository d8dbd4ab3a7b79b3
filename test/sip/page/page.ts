import { createPhone } from '../../../src-renderer/softphone/driver.ts'
import type { Account } from '../../../src-renderer/softphone/line.ts'
import { createMicrophone } from '../../../src-renderer/softphone/microphone.ts'
import { openSipLine } from '../../../src-renderer/softphone/sip.ts'
import type { Effect, Input, PhoneState } from '../../../src-renderer/softphone/state.ts'
import { hasTone, type Sound, soundOf } from '../lab/pitch.ts'
import { listenTo } from './listen.ts'
import { type Frame, watchSockets } from './sockets.ts'

/** The softphone of the product without the desk around it, as the tests drive it. */
export interface PagePhone {
  send(input: Input): void
  state(): PhoneState
  /** Every phase each call went through, in order: `CALL PHASE`. */
  phases: string[]
  /** What the phone asked of the world outside, in order. */
  effects: Effect[]
  /** Errors that nobody caught. */
  faults: string[]
  /** What is heard of a call's far end in the last 170 ms. */
  hears(callId: string): Sound
  /** Are all these tones in what is heard of a call? */
  hearsAll(callId: string, hz: readonly number[]): boolean
  stats(callId: string): Promise<Record<string, unknown>[]>
  /** SIP messages sent and received on WebSockets. */
  frames: Frame[]
}

declare global {
  interface Window {
    startPhone(account: Account, hz: number): void
    phone: PagePhone
  }
}

const frames = watchSockets()
const faults: string[] = []
window.addEventListener('error', (event) => faults.push(`error: ${event.message}`))
window.addEventListener('unhandledrejection', (event) => faults.push(`unhandled: ${String(event.reason)}`))

window.startPhone = (account, hz) => {
  const context = new AudioContext({ sampleRate: 48_000 })
  // The agent's voice is a tone of its own, so that every listener can tell agents apart.
  const voice = new OscillatorNode(context, { frequency: hz })
  const loudness = new GainNode(context, { gain: 0.3 })
  const mouth = new MediaStreamAudioDestinationNode(context, { channelCount: 1 })
  voice.connect(loudness).connect(mouth)
  voice.start()
  const microphone = createMicrophone({ getUserMedia: async () => mouth.stream.clone() })

  const phases: string[] = []
  const effects: Effect[] = []
  const phone = createPhone({
    open: (emit) => openSipLine(account, microphone, emit),
    onState(state) {
      for (const { callId, phase } of state.calls) {
        const now = `${callId} ${phase}`
        if (phases.findLast((one) => one.startsWith(`${callId} `)) !== now) phases.push(now)
      }
    },
    sound: (sound) => effects.push({ type: 'sound', sound }),
    report: (report) => effects.push(report),
    transferred: (transfer) => effects.push(transfer),
    journal: (records) => effects.push({ type: 'journal', records }),
    now: () => Date.now(),
    random: () => Math.random(),
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    }
  })
  const ears = listenTo(context, (callId) => phone.line.streams(callId).remote)
  window.phone = {
    send: (input) => phone.send(input),
    state: () => phone.state,
    phases,
    effects,
    faults,
    frames,
    hears: (callId) => soundOf(ears(callId), context.sampleRate),
    hearsAll(callId, all) {
      const samples = ears(callId)
      return all.every((one) => hasTone(samples, one, context.sampleRate))
    },
    async stats(callId) {
      const report = await phone.line.stats(callId)
      return report ? [...report.values()] : []
    }
  }
  phone.send({ type: 'configure', rules: { servers: account.servers.length } })
  phone.send({ type: 'go-online' })
}
