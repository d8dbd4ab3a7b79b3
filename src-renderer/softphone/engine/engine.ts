import type { PhoneAccount } from '../../../src-shared/contract/phone.ts'
import { isLive } from '../call/call.ts'
import type { Account, SipLine } from '../call/line.ts'
import type { Effect, Input } from '../call/state.ts'
import { createHeadset, type HeadsetDeps } from '../headset/headset.ts'
import type { Devices, DevicesDeps } from '../media/devices.ts'
import type { Meter } from '../media/levels.ts'
import type { Microphone } from '../media/microphone.ts'
import type { Sounds } from '../media/sounds.ts'
import { type Action, NEW_VIEW, type PhonePort, type PhoneView } from '../port/port.ts'
import { lineAccount, setupOf } from './account.ts'
import { createAnswering } from './answering.ts'
import { createLevels, createQualityWatch } from './call-media.ts'
import type { Clock } from './clock.ts'
import { createContacts } from './contacts.ts'
import { createPhone, type Phone } from './driver.ts'
import type { EngineHost } from './host.ts'
import type { ProbeResult } from './probe.ts'
import { createReadiness } from './readiness-watch.ts'
import { createRecording, type Recording } from './recording.ts'
import { createRecovery } from './recovery.ts'
import { createReportQueue } from './reports.ts'
import { createTakeBack, type TakeBack } from './take-back.ts'
import { createTranscripts, type Listen } from './transcripts.ts'

const ACCOUNT_RETRY_MS = 3_000

export type OpenLine = (account: Account, microphone: Microphone, emit: (input: Input) => void) => SipLine

export interface EngineDeps {
  host: EngineHost
  clock: Clock
  newId(): string
  /** SIP.js is the largest part of the agent's screen: fetched beside the first paint and not before it. */
  loadLine(): Promise<OpenLine>
  microphone: Microphone
  sounds: Pick<Sounds, 'play'>
  devices(ports: Pick<DevicesDeps, 'chooseSpeaker' | 'save' | 'changed' | 'moved'>): Devices
  meterOf(stream: MediaStream): Meter
  /** Looks at the microphone and the outputs (probe.ts). */
  probe(): Promise<ProbeResult>
  /** Ways to the buttons of headsets. `known`: may one be used without asking? */
  headsets: { drivers: HeadsetDeps['drivers']; known(): Promise<boolean> }
  listen: Listen
  /** The network may be another one, or the machine has slept. */
  onNetwork(listener: () => void): () => void
  /** Frees what was made for the engine. */
  release(): Promise<void>
}

/**
 * The phone of one desk without a screen: account, line, microphone, sounds, quality, recovery. It runs in one page of the desk, and is
 * the port of whoever shows it there. Knows neither Svelte nor which page it is in.
 */
export function createEngine(deps: EngineDeps): PhonePort {
  const { host, clock } = deps
  const listeners = new Set<() => void>()
  let view: PhoneView = NEW_VIEW
  let phone: Phone | undefined
  let account: PhoneAccount | undefined
  let closed = false
  /** Only written channels are served: the phone is not used. */
  let writtenOnly = false
  /** The account may be another one; looked at when no call is up. */
  let renew = false
  const ends: (() => void)[] = []

  function show(change: Partial<PhoneView>): void {
    view = { ...view, ...change }
    for (const listener of [...listeners]) listener()
  }
  const calls = () => view.state.calls
  const callOf = (callId: string) => calls().find((one) => one.callId === callId)
  const send = (input: Input) => phone?.send(input)

  // 1. What there is to hear and speak with
  const devices = deps.devices({
    chooseSpeaker: (deviceId) => phone?.line.chooseSpeaker(deviceId),
    save: (change) => void host.saveSettings(change).catch((error: unknown) => console.warn('the devices could not be kept', error)),
    changed() {
      show({ devices: devices.view })
      void wear(false)
    },
    moved: () => {} // the view tells it
  })
  // 2. What the phone saw goes to the desk
  const queues: { close(): void }[] = []
  function queue<R>(store: (one: R) => Promise<unknown>) {
    const made = createReportQueue<R>(store, (error) => host.refused(error), clock.after)
    queues.push(made)
    return made
  }
  const reports = queue<Parameters<EngineHost['report']>[0]>((report) => host.report(report))
  const tell = ({ callId, conversationId, what, detail, slot }: Extract<Effect, { type: 'report' }>) =>
    reports.add({
      callId,
      conversationId,
      what,
      ...(detail === undefined ? {} : { detail: detail.slice(0, 500) }),
      ...(slot === undefined ? {} : { slot: slot.slice(0, 40) })
    })
  const records = queue<Parameters<EngineHost['quality']>[0]>((record) => host.quality(record))
  const transfers = queue<Parameters<EngineHost['transferred']>[0]>((what) => host.transferred(what))
  // 3. Media of calls that are up
  const quality = createQualityWatch({
    clock,
    line: () => phone?.line,
    calls,
    show: (looks) => show({ quality: looks }),
    report({ callId, conversationId }, { rttMs, jitterMs, lossRatio, mos }) {
      // A passing measurement is nothing that must wait beside what the agent entered.
      if (conversationId === undefined || host.lineDown()) return
      const measured = Object.entries({ rttMs, jitterMs, lossRatio, mos }).filter(([, value]) => value !== undefined)
      if (measured.length > 0) reports.add({ callId, conversationId, what: 'quality', ...Object.fromEntries(measured) })
    },
    record({ callId, conversationId }, record) {
      if (conversationId !== undefined) records.add({ callId, conversationId, ...record })
    }
  })
  const levels = createLevels({ clock, devices, calls, line: () => phone?.line, meterOf: deps.meterOf })
  // 4. Calls that were cut off
  const recovery = createRecovery({
    host,
    clock,
    calls,
    send,
    underWay: () => takeBack.underWay(),
    moves: (conversationId) => recording.moves(conversationId),
    show: (recoverable) => show({ recoverable })
  })
  const takeBack: TakeBack = createTakeBack({
    host,
    clock,
    newId: deps.newId,
    account: () => account,
    calls,
    send,
    recovery,
    withRecording(record) {
      const call = calls().find((one) => one.dialog?.sipCallId === record.callId)
      const recordingPause = call && recording.of(call.callId)
      return recordingPause ? { ...record, recordingPause } : record
    },
    taken(record, callId) {
      if (record.recordingPause) recording.restore(callId, record.recordingPause)
    },
    gone({ conversationId, recordingPause }) {
      if (conversationId !== undefined && recordingPause) recording.carry(conversationId, recordingPause)
    },
    lose: (lost) => show({ lost: [...view.lost, lost] })
  })
  // 5. Calls that the centre did not offer, and those that it did
  const contacts = createContacts({
    host,
    clock,
    calls,
    send,
    report: (report) => tell(report),
    isOnlyWitness: () => account?.source === 'own'
  })
  const answering = createAnswering({ host, calls, send, queues: () => account?.autoAnswer.queues ?? [] })
  // 6. What is said and what is recorded of it
  const heard = queue<Parameters<EngineHost['heard']>[0]>((what) => host.heard(what))
  const transcripts = createTranscripts({
    account: () => account,
    calls,
    streams: (callId) => phone?.line.streams(callId) ?? {},
    listen: deps.listen,
    newId: deps.newId,
    heard: heard.add,
    show: (all) => show({ transcripts: all })
  })
  const confirmed = queue<Parameters<EngineHost['recorderConfirmed']>[0]>((what) => host.recorderConfirmed(what))
  const recording: Recording = createRecording({
    host,
    clock,
    account: () => account,
    line: () => phone?.line,
    calls,
    confirmed: confirmed.add,
    show: (recordings) => show({ recordings }),
    listen: (callId, on) => transcripts.listen(callId, on),
    changed: () => takeBack.write(undefined)
  })
  // 7. Whether calls can be taken at all
  const readiness = createReadiness({
    host,
    clock,
    view: () => view,
    line: () => phone?.line,
    probe: deps.probe,
    devices,
    wanted: () => !writtenOnly,
    show: (now) => show({ readiness: now })
  })
  // 8. Buttons of a headset
  const headset = createHeadset({
    drivers: deps.headsets.drivers,
    now: clock.now,
    calls,
    status: (now) => show({ headset: now }),
    ask(intent) {
      const call = callOf(intent.callId)
      if (!call) return
      switch (intent.type) {
        case 'mute':
        case 'hold':
          return send({ type: intent.type, callId: intent.callId, on: intent.on })
        case 'hang-up':
          return send({ type: 'hang-up', callId: intent.callId })
        case 'decline':
          return answering.decline(call)
        case 'answer':
          if (call.conversationId === undefined) contacts.answer(call.callId)
          else answering.accept(call)
      }
    }
  })
  let worn = ''
  /** The headset is the one of the chosen microphone. */
  async function wear(asks: boolean): Promise<void> {
    const { microphones } = devices.view
    const { label = '' } = microphones.find(({ deviceId }) => deviceId === devices.chosen.microphoneId) ?? microphones[0] ?? {}
    if (!asks && (label === worn || !(await deps.headsets.known()))) return
    worn = label
    await headset.connect(label, asks)
  }

  // 9. The desk's word
  ends.push(
    host.on('settings', () => void applySettings()),
    host.on('inbox', () => {
      void recovery.look()
      answering.look()
    }),
    host.on('phone', () => {
      renew = true
      void openAnew()
    }),
    deps.onNetwork(() => send({ type: 'hurry' }))
  )
  void applySettings()
  void recovery.look()
  // 10. The line
  void open()

  async function applySettings(): Promise<void> {
    try {
      const saved = await host.settings()
      if (closed) return
      devices.apply(saved)
      if (saved.writtenOnly !== writtenOnly) {
        writtenOnly = saved.writtenOnly
        // Calls that are up are served to their end.
        if (phone && !calls().some(isLive)) send({ type: writtenOnly ? 'go-offline' : 'go-online' })
      }
      if (saved.doNotDisturb !== view.state.doNotDisturb) send({ type: 'do-not-disturb', on: saved.doNotDisturb })
    } catch (error) {
      console.warn('the settings cannot be had yet', error) // the topic is told again when the host is back
    }
  }

  async function open(): Promise<void> {
    const loading = deps.loadLine()
    let given: PhoneAccount | null
    let openLine: OpenLine
    try {
      ;[given, openLine] = await Promise.all([host.account(), loading])
    } catch (error) {
      console.warn('the phone account cannot be had yet', error)
      if (closed) return
      show({ account: 'failed' })
      ends.push(clock.after(ACCOUNT_RETRY_MS, () => void open()))
      return
    }
    if (closed) return
    if (given === null) {
      show({ account: 'none' })
      return
    }
    account = given
    phone = createPhone({
      open: (emit) => openLine(lineAccount(given), deps.microphone, (input) => answering.hear(input, emit)),
      onState(state) {
        show({ state })
        quality.settle(state.calls)
        takeBack.settle()
        recovery.settle()
        recording.settle()
        transcripts.settle()
        readiness.settle()
        contacts.settle()
        headset.follow()
        if (renew) void openAnew()
      },
      sound: (sound) => deps.sounds.play(sound),
      report: tell,
      transferred({ callId, conversationId, kind, to }) {
        if (conversationId !== undefined && kind !== 'park') transfers.add({ callId, conversationId, to, reason: '' })
      },
      journal: (now) => takeBack.write(now),
      now: clock.now,
      random: clock.random,
      after: clock.after
    })
    send({
      type: 'configure',
      rules: { servers: given.servers.length, lines: given.lines, autoAnswer: given.autoAnswer.headers }
    })
    show({ account: 'ready', setup: setupOf(given) })
    phone.line.chooseSpeaker(devices.chosen.speakerId)
    await applySettings()
    if (closed) return
    if (!writtenOnly) send({ type: 'go-online' })
    takeBack.begin()
  }

  /** After the phone's settings were changed: at once, or when the calls are over. */
  async function openAnew(): Promise<void> {
    if (closed || !phone || calls().some((call) => call.phase !== 'ended')) return
    renew = false
    try {
      const next = await host.account()
      if (closed || JSON.stringify(next) === JSON.stringify(account)) return
      const old = phone
      phone = undefined
      await old.close()
      show({ state: { ...NEW_VIEW.state, doNotDisturb: view.state.doNotDisturb }, account: 'loading' })
      await open()
    } catch (error) {
      renew = true
      console.warn('the phone’s settings cannot be had yet', error)
    }
  }

  async function act(action: Action): Promise<void> {
    switch (action.type) {
      case 'phone':
        return send(action.input)
      case 'recover':
        return recovery.recover(action.conversationId)
      case 'give-up':
        return recovery.giveUp(action.conversationId)
      case 'test-sound':
        return devices.test(action.what, action.deviceId, action.volume)
      case 'refresh-devices':
        return devices.refresh()
      case 'dial':
        // The echo is the house's own: nobody is behind it.
        return contacts.dial(action.to === account?.echoNumber ? { ...action, inside: true } : action)
      case 'answer':
        return contacts.answer(action.callId)
      case 'dismiss-lost':
        return show({ lost: view.lost.filter((one) => one.callId !== action.callId) })
      case 'pause-recording':
        return recording.pause(action.callId, action.reason, action.forMs)
      case 'resume-recording':
        return recording.resume(action.callId, action.endedBy)
      case 'headset':
        return action.connect ? wear(action.asks !== false) : void (await headset.connect('', false))
      case 'probe':
        return readiness.look()
    }
  }

  return {
    get view() {
      return view
    },
    place: 'here',
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    watch: levels.watch,
    act,
    async close() {
      if (closed) return
      closed = true
      for (const end of ends) end()
      readiness.close()
      recording.close()
      transcripts.close()
      levels.close()
      quality.close()
      recovery.close()
      contacts.close()
      devices.close()
      // Everything is hung up: the next page must not look for it.
      await takeBack.end()
      for (const one of queues) one.close()
      await headset.close()
      await phone?.close()
      await deps.release()
    }
  }
}
