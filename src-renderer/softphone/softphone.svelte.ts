import { createSubscriber } from 'svelte/reactivity'
import type { PauseReason } from '../../src-shared/contract/phone.ts'
import { isLive } from './call/call.ts'
import type { AgentInput } from './call/inputs.ts'
import type { Call } from './call/state.ts'
import { frontOf } from './engine/call-media.ts'
import { type DialNumber, type NumberProblem, normalise } from './numbers.ts'
import {
  type Action,
  type DevicesView,
  type Levels,
  type PhonePlace,
  type PhonePort,
  type PhoneView,
  SILENCE,
  type Watched
} from './port/port.ts'
import { steady, ViewSignals } from './view.svelte.ts'

export interface SoftphoneDeps {
  /** Does it and shows what failed, in words. */
  attempt(act: () => Promise<void>): void
  newId(): string
  /** Asks the user which headset pages of ours may use. */
  allowHeadset(): Promise<void>
}

/** Somebody outside (a link, another program) wants a number to be dialled; the agent decides. */
export interface DialRequest {
  /** As it came. */
  text: string
  number: DialNumber
}

/** What is known of whoever is dialled. */
export interface DialAbout {
  name?: string | undefined
  /** Absent: a new contact is made of the call. */
  conversationId?: string | undefined
  customerId?: string | undefined
  callbackId?: string | undefined
  /** A colleague: nobody's contact. */
  inside?: boolean | undefined
}

/** An accepted conversation whose call has not come yet is answered by itself for this long. */
const EXPECT_MS = 30_000

/**
 * The phone as screens see it: a thin view of a port. Built once per signed-in desk by `provideSoftphone`.
 */
export class Softphone {
  readonly #port: PhonePort
  readonly #deps: SoftphoneDeps
  readonly #end: () => void
  #request = $state.raw<DialRequest | undefined>(undefined)
  #place = $state.raw<PhonePlace>('starting')
  /** All that the phone tells; who reads a part of it is told of that part's changes only. */
  readonly view = new ViewSignals()
  readonly state = this.view.state
  readonly registration = $derived(this.state.line.registration)
  /** The call in front. Ringing ones are offers. */
  readonly current = $derived(frontOf(this.calls))
  /** Calls behind the one in front. */
  readonly others = $derived.by(steady(() => this.calls.filter((call) => isLive(call) && call !== this.current)))
  readonly ringing = $derived.by(steady(() => this.calls.filter((call) => call.phase === 'ringing')))
  readonly busy = $derived(this.calls.some(isLive))
  readonly devices: DeviceControl
  readonly #callLevels: LevelView

  constructor(port: PhonePort, deps: SoftphoneDeps) {
    this.#port = port
    this.#deps = deps
    const follow = () => {
      this.#place = port.place
      this.view.take(port.view)
    }
    follow()
    this.#end = port.subscribe(follow)
    this.#callLevels = new LevelView(port, 'call')
    this.devices = new DeviceControl(port, this.view, (action) => this.act(action))
  }

  /** Where the phone runs: in this page or in another one of this desk. */
  get place(): PhonePlace {
    return this.#place
  }
  /** `none`: this role has no phone. */
  get account(): PhoneView['account'] {
    return this.view.account
  }
  get calls(): readonly Call[] {
    return this.state.calls
  }
  get recoverable(): PhoneView['recoverable'] {
    return this.view.recoverable
  }
  get readiness(): PhoneView['readiness'] {
    return this.view.readiness
  }
  get lost(): PhoneView['lost'] {
    return this.view.lost
  }
  get headset(): PhoneView['headset'] {
    return this.view.headset
  }

  /** For what works the phone by itself, without a screen: the test call. */
  get port(): PhonePort {
    return this.#port
  }

  /** RMS 0..1: what the far end gets of me, and what I get of it, of the call in front. Measured only while something shows it. */
  get levelOut(): number {
    return this.#callLevels.levels.out
  }
  get levelIn(): number {
    return this.#callLevels.levels.in
  }

  callOf(conversationId: string): Call | undefined {
    return this.calls.find((call) => call.conversationId === conversationId && call.phase !== 'ended')
  }

  /** The agent takes a conversation: its call is answered now, or as soon as its INVITE arrives. */
  accept(conversationId: string): void {
    this.#tell({ type: 'expect', conversationId, forMs: EXPECT_MS })
  }

  decline(conversationId: string): void {
    const call = this.callOf(conversationId)
    if (call) this.#tell({ type: 'decline', callId: call.callId })
  }

  /** Without a call id: the call in front. So for the ones below. */
  hangUp(callId = this.current?.callId): void {
    if (callId !== undefined) this.#tell({ type: 'hang-up', callId })
  }

  toggleMute(callId = this.current?.callId): void {
    const call = this.#call(callId)
    if (call) this.#tell({ type: 'mute', callId: call.callId, on: !call.muted })
  }

  /** Resuming one call puts the one that is up on hold. */
  toggleHold(callId = this.current?.callId): void {
    const call = this.#call(callId)
    if (call) this.#tell({ type: 'hold', callId: call.callId, on: !call.wantsHold })
  }

  /** Keys are 0-9 * # A-D; any other one is refused by the phone. */
  sendDigit(key: string, callId = this.current?.callId): void {
    if (callId !== undefined) this.#tell({ type: 'digit', callId, digit: key })
  }

  /** The customer of a call that was cut is rung through again and answered at once. */
  recover(conversationId: string): Promise<void> {
    return this.act({ type: 'recover', conversationId })
  }

  giveUp(conversationId: string): Promise<void> {
    return this.act({ type: 'give-up', conversationId })
  }

  /** Calls of nobody's offer that ring here. */
  readonly unmatched = $derived.by(steady(() => this.ringing.filter((call) => call.conversationId === undefined)))

  /** Answers a ringing call that the centre did not offer. */
  answer(callId: string): void {
    void this.act({ type: 'answer', callId })
  }

  /** What the text comes to by the account's country and prefix; for a look before dialling. */
  numberOf(text: string): Promise<DialNumber> {
    const { country = '', outsidePrefix = '' } = this.view.setup ?? {}
    return normalise(text, { country, outsidePrefix })
  }

  /**
   * Rings a number, a tel: or a sip: address; whoever is on the line is put on hold. Gives the call's id, or why there is nothing to
   * dial. A doubtful number is dialled all the same.
   */
  async dial(text: string, about: DialAbout = {}): Promise<{ callId: string } | { problem: NumberProblem }> {
    const number = await this.numberOf(text)
    if (number.dial === '') return { problem: number.problem ?? 'not-a-number' }
    const callId = this.#deps.newId()
    await this.act({ type: 'dial', callId, to: number.dial, number: number.e164 ?? number.dial, postDial: number.extension, ...about })
    return { callId }
  }

  /** What waits for the agent's yes; a later request replaces it. */
  get dialRequest(): DialRequest | undefined {
    return this.#request
  }

  /** Somebody outside wants this dialled. Nothing rings before the agent says so. */
  async requestDial(text: string): Promise<void> {
    this.#request = { text, number: await this.numberOf(text) }
  }

  async confirmDial(about: DialAbout = {}): Promise<void> {
    const request = this.#request
    this.#request = undefined
    if (request) await this.dial(request.text, about)
  }

  dismissDial(): void {
    this.#request = undefined
  }

  /** Passes a call on without asking (REFER). */
  async transfer(text: string, callId = this.current?.callId): Promise<void> {
    const number = await this.numberOf(text)
    if (callId !== undefined) this.#tell({ type: 'transfer', callId, to: number.dial || text })
  }

  /** Holds the call and rings somebody about it. */
  async consult(text: string, about: Pick<DialAbout, 'name'> = {}, callId = this.current?.callId): Promise<void> {
    const number = await this.numberOf(text)
    if (callId === undefined) return
    const consulting = {
      callId: this.#deps.newId(),
      to: number.dial || text,
      number: number.e164 ?? number.dial,
      postDial: number.extension,
      consultFor: callId
    }
    await this.act({ type: 'dial', ...consulting, ...about })
  }

  /** Talks to the other one of a call and its consultation. */
  swap(callId = this.current?.callId): void {
    if (callId !== undefined) this.#tell({ type: 'swap', callId })
  }

  /** Drops the consultation and goes back to the call. */
  abortConsult(callId = this.current?.callId): void {
    if (callId !== undefined) this.#tell({ type: 'abort-consult', callId })
  }

  /** Joins the call with whom was consulted, and leaves. */
  completeConsult(callId = this.current?.callId): void {
    if (callId !== undefined) this.#tell({ type: 'complete', callId })
  }

  /** Everybody hears everybody. */
  conference(callIds: readonly string[]): void {
    this.#tell({ type: 'conference', callIds })
  }

  /** Ends the conference: this call goes on, the others are held. */
  split(callId: string): void {
    this.#tell({ type: 'split', callId })
  }

  /** Joins the two others of a conference, and leaves it. */
  leaveConference(): void {
    this.#tell({ type: 'leave-conference' })
  }

  /** Leaves the call in the telephone system's orbit; the conversation's call tells the slot. */
  park(callId = this.current?.callId): void {
    const { park } = this.view.setup ?? {}
    if (callId !== undefined && park) this.#tell({ type: 'park', callId, to: park.park, slot: '', retrieval: park.retrieve })
  }

  /** Fetches a parked call. */
  async retrieve(slot: string, about: Pick<DialAbout, 'name' | 'conversationId'> = {}): Promise<void> {
    const { park } = this.view.setup ?? {}
    if (!park) return
    const to = `${park.retrieve}${slot}`
    await this.act({ type: 'dial', callId: this.#deps.newId(), to, number: to, inside: true, ...about })
  }

  /** Asks whoever records the call; what came of it is in the conversation's call, or in `view.recordings` with a PBX of one's own. */
  pauseRecording(reason: PauseReason, forMs: number, callId = this.current?.callId): Promise<void> {
    return callId === undefined ? Promise.resolve() : this.act({ type: 'pause-recording', callId, reason, forMs })
  }

  resumeRecording(endedBy: 'agent' | 'step-closed', callId = this.current?.callId): Promise<void> {
    return callId === undefined ? Promise.resolve() : this.act({ type: 'resume-recording', callId, endedBy })
  }

  dismissLost(callId: string): void {
    void this.act({ type: 'dismiss-lost', callId })
  }

  /** Takes hold of the headset of the chosen microphone. From the click of a button: the browser asks which one may be used. */
  async connectHeadset(): Promise<void> {
    // Only a page that was clicked in may ask; what is allowed there may be used in the phone's page.
    const here = this.place === 'here'
    if (!here) await this.#deps.allowHeadset()
    await this.act({ type: 'headset', connect: true, asks: here })
  }

  disconnectHeadset(): Promise<void> {
    return this.act({ type: 'headset', connect: false })
  }

  /** Looks at microphone, output and line now. */
  probe(): Promise<void> {
    return this.act({ type: 'probe' })
  }

  /** Does it and shows in words what failed; resolves either way. */
  act(action: Action): Promise<void> {
    return new Promise((resolve) => {
      this.#deps.attempt(() => this.#port.act(action).finally(resolve))
    })
  }

  async close(): Promise<void> {
    this.#end()
    await this.#port.close()
  }

  #tell(input: Extract<Action, { type: 'phone' }>['input'] & AgentInput): void {
    void this.act({ type: 'phone', input })
  }

  #call(callId: string | undefined): Call | undefined {
    return this.calls.find((call) => call.callId === callId)
  }
}

/** Levels that are measured for as long as something on the screen reads them. */
class LevelView {
  #levels: Levels = SILENCE
  readonly #subscribe: () => void

  constructor(port: PhonePort, what: Watched) {
    this.#subscribe = createSubscriber((update) => {
      const end = port.watch(what, (levels) => {
        this.#levels = levels
        update()
      })
      return () => {
        end()
        this.#levels = SILENCE
      }
    })
  }

  get levels(): Levels {
    this.#subscribe()
    return this.#levels
  }
}

/** Which devices there are, and trying them out. */
class DeviceControl {
  readonly #port: PhonePort
  readonly #act: (action: Action) => Promise<void>
  readonly #phone: ViewSignals
  /** RMS 0..1 while the meter runs, else 0. */
  level = $state(0)
  readonly microphones = $derived(this.#view.microphones)
  readonly outputs = $derived(this.#view.outputs)
  /** Why the microphone cannot be used; the catalogue has the sentence. */
  readonly problem = $derived(this.#view.problem)
  readonly metering = $derived(this.#view.metering)
  readonly testing = $derived(this.#view.testing)
  readonly canChooseOutput = $derived(this.#view.canChooseOutput)
  /** What moved when something was plugged in or pulled out, the last time. */
  readonly moved = $derived(this.#view.moved)

  constructor(port: PhonePort, phone: ViewSignals, act: (action: Action) => Promise<void>) {
    this.#port = port
    this.#phone = phone
    this.#act = act
  }

  get #view(): DevicesView {
    return this.#phone.devices
  }

  /** Shows the microphone's level until the returned function is called; asks for the permission where it is missing. */
  startMeter(): () => void {
    const end = this.#port.watch('microphone', ({ microphone }) => {
      this.level = microphone
    })
    return () => {
      end()
      this.level = 0
    }
  }

  /** Plays the test sound where the far end's voice or the ring would be heard. */
  test(what: 'speaker' | 'ringer', deviceId: string, volume: number): Promise<void> {
    return this.#act({ type: 'test-sound', what, deviceId, volume })
  }
}
