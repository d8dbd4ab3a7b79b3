import type { Account } from '../../../src-renderer/softphone/call/line.ts'
import type { Input, PhoneState, Sound } from '../../../src-renderer/softphone/call/state.ts'
import { createPhone, type Phone } from '../../../src-renderer/softphone/engine/driver.ts'
import { createAudio, meterOf } from '../../../src-renderer/softphone/media/levels.ts'
import { createMicrophone } from '../../../src-renderer/softphone/media/microphone.ts'
import { createSounds } from '../../../src-renderer/softphone/media/sounds.ts'
import { openSipLine } from '../../../src-renderer/softphone/sip/sip.ts'
import type { DialogRecord } from '../../../src-shared/contract/phone.ts'

/** The real phone without the desk around it, for a test that stands in for agent and host. */
export interface Lab {
  send(input: Input): void
  state(): PhoneState
  reports: string[]
  /** Every phase each call went through, in order: `CALL PHASE`. */
  phases: string[]
  sounds: Sound[]
  /** RMS of both directions of a call, the louder of what was seen since the last question. */
  levels(callId: string): { out: number; in: number }
  /** The dialogs that would outlive this page, as the phone told them last. */
  journal(): readonly DialogRecord[]
  /** Tells the far end's recorder; its final status. */
  record(callId: string, on: boolean): Promise<number | undefined>
  /** How many tracks of the page's microphones are open. */
  openTracks(): number
}

declare global {
  interface Window {
    startLab(account: Account): void
    lab: Lab
  }
}

window.startLab = (account) => {
  const audio = createAudio()
  const opened: MediaStream[] = []
  const microphone = createMicrophone({
    async getUserMedia(constraints) {
      const stream = await navigator.mediaDevices.getUserMedia(constraints)
      opened.push(stream)
      return stream
    }
  })
  const sounds = createSounds(() => audio.context())
  const reports: string[] = []
  const phases: string[] = []
  const heard: Sound[] = []
  const loudest = new Map<string, { out: number; in: number }>()
  const meters = new Map<string, { read(): number; stream: MediaStream }>()
  let journal: readonly DialogRecord[] = []
  const phone: Phone = createPhone({
    journal(records) {
      journal = records
    },
    open: (emit) => openSipLine(account, microphone, emit),
    onState() {
      for (const { callId, phase } of phone.state.calls) {
        const now = `${callId} ${phase}`
        if (phases.findLast((one) => one.startsWith(`${callId} `)) !== now) phases.push(now)
      }
    },
    sound(sound) {
      heard.push(sound)
      sounds.play(sound)
    },
    report: ({ conversationId, callId, what }) => reports.push(`${conversationId} ${callId} ${what}`),
    now: () => Date.now(),
    random: () => Math.random(),
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    }
  })
  const read = (key: string, stream: MediaStream | undefined): number => {
    if (!stream?.getAudioTracks()[0]) return 0
    const known = meters.get(key)
    const meter = known?.stream === stream ? known : { ...meterOf(audio.context(), stream), stream }
    meters.set(key, meter)
    return meter.read()
  }
  setInterval(() => {
    for (const { callId } of phone.state.calls) {
      const { local, remote } = phone.line.streams(callId)
      const before = loudest.get(callId) ?? { out: 0, in: 0 }
      loudest.set(callId, {
        out: Math.max(before.out, read(`${callId} out`, local)),
        in: Math.max(before.in, read(`${callId} in`, remote))
      })
    }
  }, 30)
  window.lab = {
    send: (input) => phone.send(input),
    state: () => phone.state,
    reports,
    phases,
    sounds: heard,
    levels(callId) {
      const seen = loudest.get(callId) ?? { out: 0, in: 0 }
      loudest.delete(callId)
      return seen
    },
    journal: () => journal,
    record: async (callId, on) => phone.line.record?.(callId, on),
    openTracks: () => opened.flatMap((stream) => stream.getTracks()).filter((track) => track.readyState === 'live').length
  }
  phone.send({ type: 'go-online' })
}
