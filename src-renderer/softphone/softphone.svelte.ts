import type { RecoverableCall } from '../../src-shared/contract/conversation.ts'
import { refusalOf } from '../connect.ts'
import type { DeskState } from '../desk.svelte.ts'
import { canTalk, isLive } from './call.ts'
import { Devices } from './devices.svelte.ts'
import { createPhone, type Phone } from './driver.ts'
import { createAudio, type Meter, meterOf } from './levels.ts'
import { createMicrophone } from './microphone.ts'
import { NEW_PHONE } from './phone.ts'
import { type Counted, readQuality } from './quality.ts'
import { createReportQueue } from './reports.ts'
import { createSounds } from './sounds.ts'
import type { Call, Input, PhoneState } from './state.ts'

/** An accepted conversation whose call has not come yet is answered by itself for this long. */
const EXPECT_MS = 30_000
const QUALITY_MS = 10_000
const LEVEL_MS = 100
const ACCOUNT_RETRY_MS = 3_000

type DeskPart = Pick<DeskState, 'client' | 'settings' | 'line' | 'attempt'>
type ReportInput = Parameters<DeskState['client']['calls']['report']>[0]

/** The phone as screens see it. Built once per signed-in desk by `provideSoftphone`. */
export class Softphone {
  state = $state.raw<PhoneState>(NEW_PHONE)
  /** `none`: this role has no phone. */
  account = $state<'loading' | 'ready' | 'none' | 'failed'>('loading')
  #lost = $state.raw<readonly RecoverableCall[]>([])
  /** Calls that the agent has already taken back or let go; the centre may not know yet. */
  #settled = $state.raw<ReadonlySet<string>>(new Set())
  /** RMS 0..1: what the far end gets of me, and what I get of it, of the call in front. */
  levelOut = $state(0)
  levelIn = $state(0)
  readonly devices: Devices
  readonly registration = $derived(this.state.line.registration)
  readonly calls = $derived(this.state.calls)
  /** The call in front: one that is being answered or up, else one on hold, else one just ended. Ringing ones are offers. */
  readonly current = $derived.by((): Call | undefined => {
    const live = this.calls.filter(isLive).toSorted((one, other) => other.turnedToAt - one.turnedToAt)
    return live.find(canTalk) ?? live[0] ?? this.calls.find((call) => call.phase === 'ended' && call.answeredAt !== undefined)
  })
  /** Calls on hold behind the one in front. */
  readonly others = $derived(this.calls.filter((call) => isLive(call) && call !== this.current))
  readonly ringing = $derived(this.calls.filter((call) => call.phase === 'ringing'))
  readonly busy = $derived(this.calls.some(isLive))
  /** Calls that were cut off: the desk or the centre went down, or the network did. One that is still to be heard here is not. */
  readonly recoverable = $derived(
    this.#lost.filter(
      ({ callId, conversationId }) =>
        !this.#settled.has(callId) &&
        !this.calls.some((call) => call.conversationId === conversationId && call.phase !== 'ended' && call.problem !== 'audio-lost')
    )
  )

  readonly #desk: DeskPart
  readonly #audio = createAudio()
  readonly #microphone = createMicrophone(navigator.mediaDevices)
  readonly #sounds = createSounds(() => this.#audio.context())
  readonly #after = (ms: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
  readonly #reports = createReportQueue<ReportInput>(
    (report) => this.#desk.client.calls.report(report),
    (error) => refusalOf(error) !== undefined,
    this.#after
  )
  readonly #counted = new Map<string, Counted>()
  #phone: Phone | undefined
  #meters:
    | { local: MediaStreamTrack | undefined; remote: MediaStreamTrack | undefined; out?: Meter | undefined; in?: Meter | undefined }
    | undefined
  #ends: (() => void)[] = []
  #closed = false
  #looked = 0

  constructor(desk: DeskPart) {
    this.#desk = desk
    this.devices = new Devices(this.#microphone, this.#sounds, () => this.#audio.context())
    void this.#open()
    void this.findRecoverable()
  }

  /** Follows the settings; called by `provideSoftphone` inside an effect. */
  applySettings(): void {
    const saved = this.#desk.settings.data
    if (!saved) return
    this.devices.apply(saved)
    this.#phone?.line.chooseSpeaker(saved.speakerId)
  }

  callOf(conversationId: string): Call | undefined {
    return this.calls.find((call) => call.conversationId === conversationId && call.phase !== 'ended')
  }

  /** The agent takes a conversation: its call is answered now, or as soon as its INVITE arrives. */
  accept(conversationId: string): void {
    this.#send({ type: 'expect', conversationId, forMs: EXPECT_MS })
  }

  decline(conversationId: string): void {
    const call = this.callOf(conversationId)
    if (call) this.#send({ type: 'decline', callId: call.callId })
  }

  /** Without a call id: the call in front. So for the ones below. */
  hangUp(callId = this.current?.callId): void {
    if (callId !== undefined) this.#send({ type: 'hang-up', callId })
  }

  toggleMute(callId = this.current?.callId): void {
    const call = this.#call(callId)
    if (call) this.#send({ type: 'mute', callId: call.callId, on: !call.muted })
  }

  /** Resuming one call puts the one that is up on hold. */
  toggleHold(callId = this.current?.callId): void {
    const call = this.#call(callId)
    if (call) this.#send({ type: 'hold', callId: call.callId, on: !call.wantsHold })
  }

  /** @throws PhoneInputError when `key` is not one of 0-9 * # A-D */
  sendDigit(key: string, callId = this.current?.callId): void {
    if (callId !== undefined) this.#send({ type: 'digit', callId, digit: key })
  }

  /** The customer of a call that was cut is rung through again and answered at once. */
  async recover(conversationId: string): Promise<void> {
    this.#dropDead(conversationId)
    this.accept(conversationId)
    const done = await this.#desk.attempt(() => this.#desk.client.calls.recover({ conversationId }))
    if (done) this.#forgetRecoverable(conversationId)
  }

  async giveUp(conversationId: string): Promise<void> {
    this.#dropDead(conversationId)
    const done = await this.#desk.attempt(() => this.#desk.client.calls.giveUp({ conversationId }))
    if (done) this.#forgetRecoverable(conversationId)
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const end of this.#ends) end()
    this.#stopMeters()
    this.devices.close()
    this.#reports.close()
    await this.#phone?.close()
    this.#sounds.close()
    this.#microphone.close()
    this.#audio.close()
  }

  #call(callId: string | undefined): Call | undefined {
    return this.calls.find((call) => call.callId === callId)
  }

  #send(input: Input): void {
    this.#phone?.send(input)
  }

  async #open(): Promise<void> {
    // Fetched beside the first paint and not before it: SIP.js is the largest part of the agent's screen.
    const sip = import('./sip.ts')
    let account: Awaited<ReturnType<DeskPart['client']['calls']['account']>>
    try {
      account = await this.#desk.client.calls.account()
    } catch (error) {
      console.warn('the phone account cannot be had yet', error)
      if (this.#closed) return
      this.account = 'failed'
      this.#ends.push(this.#after(ACCOUNT_RETRY_MS, () => void this.#open()))
      return
    }
    if (this.#closed) return
    if (account === null) {
      this.account = 'none'
      return
    }
    const { openSipLine } = await sip
    if (this.#closed) return
    const { iceServers, ...rest } = account
    const servers = iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential })
    }))
    this.#phone = createPhone({
      open: (emit) => openSipLine({ ...rest, iceServers: servers }, this.#microphone, (input) => this.#hear(input, emit)),
      onState: (state) => {
        this.state = state
      },
      sound: (sound) => this.#sounds.play(sound),
      report: ({ callId, conversationId, what, detail }) =>
        this.#reports.add({ callId, conversationId, what, ...(detail === undefined ? {} : { detail: detail.slice(0, 500) }) }),
      now: () => Date.now(),
      random: () => Math.random(),
      after: this.#after
    })
    this.account = 'ready'
    this.applySettings()
    const hurry = () => this.#send({ type: 'hurry' })
    window.addEventListener('online', hurry)
    const quality = setInterval(() => void this.#measure(), QUALITY_MS)
    const levels = setInterval(() => this.#readLevels(), LEVEL_MS)
    this.#ends.push(
      () => window.removeEventListener('online', hurry),
      () => clearInterval(quality),
      () => clearInterval(levels)
    )
    this.#send({ type: 'go-online' })
  }

  /** An INVITE that names no conversation is matched by the caller's number against the offers. */
  #hear(input: Input, emit: (input: Input) => void): void {
    if (input.type !== 'invite' || input.conversationId !== undefined) {
      emit(input)
      return
    }
    const digits = (number: string) => number.replace(/\D/g, '')
    this.#desk.client.inbox.offers().then(
      (offers) => {
        const offer = offers.find(
          (one) => one.channel === 'voice' && digits(one.phone) !== '' && digits(one.phone) === digits(input.number)
        )
        emit({ ...input, conversationId: offer?.conversationId })
      },
      () => emit(input) // the host cannot be asked: it rings all the same
    )
  }

  async #measure(): Promise<void> {
    // A passing measurement is nothing that must wait beside what the agent entered.
    if (this.#desk.line.data?.state === 'down') return
    for (const { callId, conversationId, phase } of this.calls) {
      if (conversationId === undefined || !['up', 'holding', 'held', 'resuming'].includes(phase)) continue
      const stats = await this.#phone?.line.stats(callId)
      if (!stats) continue
      const rows: Parameters<typeof readQuality>[0] = [...stats.values()]
      const { quality, counted } = readQuality(rows, this.#counted.get(callId) ?? { received: 0, lost: 0 })
      this.#counted.set(callId, counted)
      if (Object.keys(quality).length > 0) this.#reports.add({ callId, conversationId, what: 'quality', ...quality })
    }
  }

  #readLevels(): void {
    const call = this.current
    const streams = call && call.phase !== 'ended' ? this.#phone?.line.streams(call.callId) : undefined
    const [local, remote] = [streams?.local?.getAudioTracks()[0], streams?.remote?.getAudioTracks()[0]]
    if (!streams || (!local && !remote)) {
      this.#stopMeters()
      return
    }
    // Another track is another meter: a chosen or re-plugged microphone keeps the stream and changes the track.
    if (!this.#meters || this.#meters.local !== local || this.#meters.remote !== remote) {
      this.#stopMeters()
      const context = this.#audio.context()
      this.#meters = {
        local,
        remote,
        out: local && streams.local ? meterOf(context, streams.local) : undefined,
        in: remote && streams.remote ? meterOf(context, streams.remote) : undefined
      }
    }
    // A gated track is silent in its stream, so this is what really leaves.
    this.levelOut = this.#meters.out?.read() ?? 0
    this.levelIn = this.#meters.in?.read() ?? 0
  }

  #stopMeters(): void {
    this.#meters?.out?.stop()
    this.#meters?.in?.stop()
    this.#meters = undefined
    this.levelOut = 0
    this.levelIn = 0
  }

  /** Asks for calls that were cut off; again whenever the inbox changed or the host is back. */
  async findRecoverable(): Promise<void> {
    const mine = ++this.#looked
    try {
      const lost = await this.#desk.client.calls.recoverable()
      if (mine === this.#looked) this.#lost = lost
    } catch (error) {
      if (this.#closed || refusalOf(error) || mine !== this.#looked) return // a role without calls, or somebody asks anew
      this.#ends.push(this.#after(ACCOUNT_RETRY_MS, () => void this.findRecoverable()))
    }
  }

  /** A leg whose far end went down with the host hears of no hang-up; it must not stand in the way of the next one. */
  #dropDead(conversationId: string): void {
    const dead = this.callOf(conversationId)
    if (dead?.problem === 'audio-lost') this.hangUp(dead.callId)
  }

  #forgetRecoverable(conversationId: string): void {
    const callIds = this.#lost.filter((call) => call.conversationId === conversationId).map((call) => call.callId)
    this.#settled = new Set([...this.#settled, ...callIds])
  }
}
