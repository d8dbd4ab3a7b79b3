import type { PhoneAccount } from '../../src-shared/contract/phone.ts'
import { canTalk, isLive } from './call.ts'
import type { Devices, DevicesDeps } from './devices.ts'
import { createPhone, type Phone } from './driver.ts'
import { type Clock, repeat } from './engine-clock.ts'
import { createContacts } from './engine-contacts.ts'
import type { EngineHost } from './engine-host.ts'
import { createLevelWatch, createQualityWatch, EVERY_LEVEL_MS } from './engine-media.ts'
import { createRecovery } from './engine-recovery.ts'
import type { Meter } from './levels.ts'
import type { Account, SipLine } from './line.ts'
import type { Microphone } from './microphone.ts'
import { type Action, type Levels, NEW_VIEW, type PhonePort, type PhoneSetup, type PhoneView, SILENCE } from './port.ts'
import { createReportQueue } from './reports.ts'
import type { Sounds } from './sounds.ts'
import type { Call, Input } from './state.ts'

const ACCOUNT_RETRY_MS = 3_000
/** A desk that does not answer must not keep a call from ringing. */
const MATCH_MS = 700

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
  const watchers = { call: new Set<(levels: Levels) => void>(), microphone: new Set<(levels: Levels) => void>() }
  let view: PhoneView = NEW_VIEW
  let phone: Phone | undefined
  let closed = false
  const ends: (() => void)[] = []

  function show(change: Partial<PhoneView>): void {
    view = { ...view, ...change }
    for (const listener of [...listeners]) listener()
  }
  const calls = () => view.state.calls
  const send = (input: Input) => phone?.send(input)

  // 1. What there is to hear and speak with
  const devices = deps.devices({
    chooseSpeaker: (deviceId) => phone?.line.chooseSpeaker(deviceId),
    save: (change) => void host.saveSettings(change).catch((error: unknown) => console.warn('the devices could not be kept', error)),
    changed: () => show({ devices: devices.view }),
    moved: () => {} // the view tells it
  })
  // 2. What the phone saw goes to the desk
  const reports = createReportQueue<Parameters<EngineHost['report']>[0]>(
    (report) => host.report(report),
    (error) => host.refused(error),
    clock.after
  )
  const records = createReportQueue<Parameters<EngineHost['quality']>[0]>(
    (record) => host.quality(record),
    (error) => host.refused(error),
    clock.after
  )
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
  const levels = createLevelWatch(() => phone?.line, deps.meterOf)
  let stopLevels: (() => void) | undefined
  let stopMeter: (() => void) | undefined
  // 4. Calls that were cut off
  const recovery = createRecovery({
    host,
    clock,
    calls,
    send,
    underWay: () => new Set(),
    show: (recoverable) => show({ recoverable })
  })

  // 5. Calls that the centre did not offer
  const contacts = createContacts({ host, clock, calls, send })

  // 6. The desk's word
  ends.push(
    host.on('settings', () => void applySettings()),
    host.on('inbox', () => void recovery.look()),
    deps.onNetwork(() => send({ type: 'hurry' }))
  )
  void applySettings()
  void recovery.look()
  // 7. The line
  void open()

  async function applySettings(): Promise<void> {
    try {
      const saved = await host.settings()
      if (closed) return
      devices.apply(saved)
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
    phone = createPhone({
      open: (emit) => openLine(lineAccount(given), deps.microphone, (input) => hear(input, emit)),
      onState(state) {
        show({ state })
        quality.settle(state.calls)
        recovery.settle()
      },
      sound: (sound) => deps.sounds.play(sound),
      report: ({ callId, conversationId, what, detail, slot }) =>
        reports.add({
          callId,
          conversationId,
          what,
          ...(detail === undefined ? {} : { detail: detail.slice(0, 500) }),
          ...(slot === undefined ? {} : { slot: slot.slice(0, 40) })
        }),
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
    void applySettings()
    send({ type: 'go-online' })
  }

  /** An INVITE that names no conversation is matched by the caller's number against the offers. */
  function hear(input: Input, emit: (input: Input) => void): void {
    if (input.type !== 'invite' || input.conversationId !== undefined) {
      emit(input)
      return
    }
    const digits = (number: string) => number.replace(/\D/g, '')
    let told = false
    const tell = (conversationId?: string) => {
      if (told) return
      told = true
      cancel()
      emit({ ...input, conversationId })
    }
    const cancel = clock.after(MATCH_MS, () => tell())
    host.offers().then(
      (offers) =>
        tell(
          offers.find((one) => one.channel === 'voice' && digits(one.phone) !== '' && digits(one.phone) === digits(input.number))
            ?.conversationId
        ),
      () => tell() // the host cannot be asked: it rings all the same
    )
  }

  function readLevels(): void {
    levels.follow(frontOf(calls()))
    const { out, in: heard } = levels.read()
    for (const tell of watchers.call) tell({ ...SILENCE, out, in: heard })
  }

  function watch(what: 'call' | 'microphone', listener: (levels: Levels) => void): () => void {
    watchers[what].add(listener)
    if (what === 'call') stopLevels ??= repeat(clock, EVERY_LEVEL_MS, readLevels)
    else
      stopMeter ??= devices.meter((microphone) => {
        for (const tell of watchers.microphone) tell({ ...SILENCE, microphone })
      })
    return () => {
      watchers[what].delete(listener)
      if (watchers[what].size > 0) return
      if (what === 'call') {
        stopLevels?.()
        stopLevels = undefined
        levels.stop()
      } else {
        stopMeter?.()
        stopMeter = undefined
      }
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
        return contacts.dial(action)
      case 'answer':
        return contacts.answer(action.callId)
      case 'dismiss-lost':
        return show({ lost: view.lost.filter((one) => one.callId !== action.callId) })
      case 'pause-recording':
      case 'resume-recording':
      case 'headset':
      case 'probe':
        throw new Error(`"${action.type}" is not built yet`)
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
    watch,
    act,
    async close() {
      if (closed) return
      closed = true
      for (const end of ends) end()
      stopLevels?.()
      stopMeter?.()
      levels.stop()
      quality.close()
      recovery.close()
      contacts.close()
      devices.close()
      reports.close()
      records.close()
      await phone?.close()
      await deps.release()
    }
  }
}

/** The call in front: one that is being answered or up, else one on hold, else one just ended. Ringing ones are offers. */
export function frontOf(calls: readonly Call[]): Call | undefined {
  const live = calls.filter(isLive).toSorted((one, other) => other.turnedToAt - one.turnedToAt)
  return live.find(canTalk) ?? live[0] ?? calls.find((call) => call.phase === 'ended' && call.answeredAt !== undefined)
}

function setupOf({
  source,
  lines,
  park,
  echoNumber,
  recorder,
  country,
  outsidePrefix,
  displayName,
  user,
  transcriber
}: PhoneAccount): PhoneSetup {
  return {
    source,
    lines,
    park,
    echoNumber,
    recorder,
    country,
    outsidePrefix,
    displayName,
    user,
    transcribes: transcriber.protocol !== 'off'
  }
}

function lineAccount({ iceServers, autoAnswer, ...rest }: PhoneAccount): Account {
  return {
    ...rest,
    autoAnswer: { headers: autoAnswer.headers },
    iceServers: iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential })
    }))
  }
}
