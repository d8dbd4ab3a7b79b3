import type { Account, SipEffect } from '../../../src-renderer/softphone/call/line.ts'
import type { Input } from '../../../src-renderer/softphone/call/state.ts'
import { createEngine, type EngineDeps } from '../../../src-renderer/softphone/engine/engine.ts'
import type { EngineHost } from '../../../src-renderer/softphone/engine/host.ts'
import type { ProbeResult } from '../../../src-renderer/softphone/engine/probe.ts'
import type { HeadsetOrder, HeadsetPress } from '../../../src-renderer/softphone/headset/port.ts'
import type { CallTranscript } from '../../../src-renderer/softphone/transcriber/call-transcript.ts'
import { NEW_TRANSCRIPT } from '../../../src-renderer/softphone/transcriber/live-transcript.ts'
import type { OfferView } from '../../../src-shared/contract/inbox.ts'
import type { DialogRecord, PhoneAccount } from '../../../src-shared/contract/phone.ts'
import type { Topic } from '../../../src-shared/topics.ts'
import { createFakeTimers } from '../../fakes/timers.ts'

export const ACCOUNT: PhoneAccount = {
  source: 'own',
  servers: ['wss://one.example', 'wss://two.example'],
  domain: 'pbx.example',
  user: 'lin',
  authUser: '',
  displayName: 'Lin Yue',
  secret: 'not for screens',
  codecs: ['opus'],
  dtmf: 'rfc4733',
  conversationHeader: 'User-to-User',
  sessionExpiresS: 0,
  lines: 3,
  autoAnswer: { headers: false, queues: [] },
  park: { park: '*70', retrieve: '*71{slot}' },
  echoNumber: '600',
  recorder: 'info',
  country: 'GB',
  outsidePrefix: '',
  transcriber: { protocol: 'off', url: '' },
  iceServers: []
}

/** An offer of a call, as the desk would have it. */
export const offerOf = (conversationId: string, phone: string): OfferView => ({
  offerId: `offer-${conversationId}`,
  conversationId,
  customerName: 'Mary Whitfield',
  phone,
  channel: 'voice',
  queue: 'accounts',
  reason: '',
  summary: '',
  offeredAt: 0,
  expiresAt: 0
})

/** Lets everything that is waiting for an answered promise go on. */
export const settle = async () => {
  for (let i = 0; i < 60; i++) await Promise.resolve()
}

interface Levers {
  account: PhoneAccount | null
  dialogs: DialogRecord[]
  offers: OfferView[]
  recoverable: Awaited<ReturnType<EngineHost['recoverable']>>
  settings: Awaited<ReturnType<EngineHost['settings']>>
  /** Calls of the host that never answer, and that fail. */
  silent: Set<keyof EngineHost>
  failing: Map<keyof EngineHost, Error>
  /** Calls that wait for this before they answer. */
  delayed: Map<keyof EngineHost, Promise<void>>
  lineDown: boolean
  /** How the desk knows the call of a conversation. */
  calls: Map<string, Awaited<ReturnType<EngineHost['callOf']>>>
  /** What a look at the microphone and outputs finds. */
  probe: ProbeResult
  /** A headset was allowed before. */
  headsetKnown: boolean
  /** What the recorder answers to INFO. */
  recordStatus: number
  /** The recorder answers when this has come. */
  recording: Promise<void> | undefined
  /** What every meter reads. */
  level: number
  /** WebRTC statistics by call id. */
  stats: Map<string, Record<string, unknown>[]>
}

/** An engine in Node between a desk and a line that do what the test says. */
export function bench(prepare: (levers: Levers) => void = () => {}) {
  const timers = createFakeTimers()
  const told: [string, unknown][] = []
  const performed: (SipEffect | { type: 'close' })[] = []
  const sounds: string[] = []
  const topics = new Map<Topic, Set<() => void>>()
  const network = new Set<() => void>()
  const levers: Levers = {
    account: ACCOUNT,
    dialogs: [],
    offers: [],
    recoverable: [],
    // The engine reads these only.
    settings: { microphoneId: '', speakerId: '', doNotDisturb: false, writtenOnly: false } as Levers['settings'],
    silent: new Set(),
    failing: new Map(),
    delayed: new Map(),
    lineDown: false,
    calls: new Map(),
    probe: { live: true },
    headsetKnown: false,
    recordStatus: 200,
    recording: undefined,
    level: 0.2,
    stats: new Map()
  }
  prepare(levers)
  class Refused extends Error {}
  async function host<T>(name: keyof EngineHost, input: unknown, answer: () => T): Promise<T> {
    told.push([name, input])
    if (levers.silent.has(name)) await new Promise(() => {})
    await levers.delayed.get(name)
    const failure = levers.failing.get(name)
    if (failure) throw failure
    return answer()
  }
  const fakeHost: EngineHost = {
    account: () => host('account', undefined, () => levers.account),
    settings: () => host('settings', undefined, () => levers.settings),
    saveSettings: (change) => host('saveSettings', change, () => ({})),
    offers: () => host('offers', undefined, () => levers.offers),
    declineOffer: (offer) => host('declineOffer', offer, () => ({})),
    callOf: (conversationId) => host('callOf', conversationId, () => levers.calls.get(conversationId)),
    pauseRecording: (what) => host('pauseRecording', what, () => ({})),
    resumeRecording: (what) => host('resumeRecording', what, () => ({})),
    acceptOffer: (offer) => host('acceptOffer', offer, () => ({})),
    report: (report) => host('report', report, () => ({})),
    quality: (quality) => host('quality', quality, () => ({})),
    open: (one) => host('open', one, () => ({ conversationId: `opened-${one.callId}` })),
    transferred: (what) => host('transferred', what, () => ({})),
    saveDialogs: (dialogs) => host('saveDialogs', dialogs, () => ({})),
    dialogs: () => host('dialogs', undefined, () => levers.dialogs),
    recoverable: () => host('recoverable', undefined, () => levers.recoverable),
    recover: (conversationId) => host('recover', conversationId, () => ({})),
    giveUp: (conversationId) => host('giveUp', conversationId, () => ({})),
    recorderConfirmed: (what) => host('recorderConfirmed', what, () => ({})),
    heard: (what) => host('heard', what, () => ({})),
    readiness: (what) => host('readiness', what, () => ({})),
    lineDown: () => levers.lineDown,
    on(topic, listener) {
      const set = topics.get(topic) ?? new Set()
      topics.set(topic, set.add(listener))
      return () => set.delete(listener)
    },
    refused: (error) => error instanceof Refused
  }
  const orders: HeadsetOrder[] = []
  let press: (press: HeadsetPress) => void = () => {}
  const opened: Account[] = []
  const listening: (CallTranscript & { settings: unknown; one: Parameters<EngineDeps['listen']>[1]; did: string[] })[] = []
  let emit: (input: Input) => void = () => {}
  const streams = new Map<string, { local?: MediaStream; remote?: MediaStream }>()
  const deps: EngineDeps = {
    host: fakeHost,
    clock: { now: timers.now, random: () => 0.5, after: timers.after },
    newId: (
      (n) => () =>
        `new-${++n}`
    )(0),
    loadLine: async () => (account, _microphone, tell) => {
      opened.push(account)
      emit = tell
      return {
        perform(effect) {
          performed.push(effect)
          if (effect.type === 'ping') queueMicrotask(() => tell({ type: 'pong' }))
        },
        chooseSpeaker: () => {},
        record: async (callId, on) => {
          told.push(['record', { callId, on }])
          await levers.recording
          return levers.recordStatus
        },
        streams: (callId) => streams.get(callId) ?? {},
        // A Map is what the engine reads of a report.
        stats: async (callId) => new Map(levers.stats.get(callId)?.map((row, i) => [String(i), row])) as unknown as RTCStatsReport,
        close: async () => void performed.push({ type: 'close' })
      }
    },
    microphone: {
      take: () => Promise.reject(new Error('no microphone in Node')),
      choose: () => {},
      setGain: () => {},
      process: () => {},
      renew: () => {},
      close: () => {}
    },
    sounds: { play: (sound) => void sounds.push(sound) },
    devices: () => ({
      view: { microphones: [{ deviceId: '', label: 'Evolve2' }], outputs: [], canChooseOutput: true, metering: false },
      chosen: { microphoneId: '', speakerId: '', ringerId: '', gain: 1 },
      tell: (problem) => void told.push(['devices.tell', problem]),
      apply: (settings) => void told.push(['devices.apply', settings]),
      refresh: async () => void told.push(['devices.refresh', undefined]),
      test: async (...what) => void told.push(['devices.test', what]),
      meter(onLevel) {
        told.push(['meter', true])
        onLevel(levers.level)
        return () => void told.push(['meter', false])
      },
      close: () => {}
    }),
    meterOf: () => ({ read: () => levers.level, stop: () => {} }),
    probe: async () => {
      told.push(['probe', undefined])
      return levers.probe
    },
    headsets: {
      drivers: [
        {
          maySuit: () => true,
          load: async () => (events) => {
            press = events.press
            return {
              suits: async () => true,
              connect: async (name, asks) => {
                told.push(['headset', { name, asks }])
                return { state: 'connected', name }
              },
              tell: async (order) => void orders.push(order),
              disconnect: async () => void told.push(['headset', 'gone'])
            }
          }
        }
      ],
      known: async () => levers.headsetKnown
    },
    listen: async (settings, one) => {
      const transcript = {
        settings,
        one,
        did: [] as string[],
        transcript: NEW_TRANSCRIPT,
        pause: () => void transcript.did.push('pause'),
        resume: () => void transcript.did.push('resume'),
        stop: async () => void transcript.did.push('stop')
      }
      listening.push(transcript)
      return transcript
    },
    onNetwork(listener) {
      network.add(listener)
      return () => network.delete(listener)
    },
    release: async () => void told.push(['release', undefined])
  }
  const engine = createEngine(deps)
  return {
    engine,
    timers,
    levers,
    Refused,
    performed,
    opened,
    sounds,
    streams,
    listening,
    /** What the headset was told. */
    orders,
    press: (what: HeadsetPress) => press(what),
    emit: (input: Input) => emit(input),
    /** What the desk was told by this call, in order. */
    toldTo: (name: keyof EngineHost | 'devices.apply' | 'devices.test' | 'devices.tell' | 'meter' | 'probe' | 'record' | 'headset') =>
      told.filter(([one]) => one === name).map(([, input]) => input),
    change: (topic: Topic) => {
      for (const listener of topics.get(topic) ?? []) listener()
    },
    newNetwork: () => {
      for (const listener of network) listener()
    },
    effects: (type: SipEffect['type'] | 'close') => performed.filter((one) => one.type === type),
    /** Runs until nothing waits for a promise any more, over so many ms. */
    async pass(ms = 0) {
      await settle()
      timers.advance(ms)
      await settle()
    },
    /** The line comes up and is registered. */
    async register() {
      await settle()
      emit({ type: 'connected' })
      emit({ type: 'registered' })
    },
    /** A call rings, is accepted and established. */
    async up(callId: string, conversationId?: string) {
      emit({ type: 'invite', callId, conversationId, name: 'Mary', number: '+441234' })
      await settle()
      timers.advance(700)
      await engine.act({ type: 'phone', input: { type: 'accept', callId } })
      emit({ type: 'established', callId })
      await settle()
    }
  }
}
