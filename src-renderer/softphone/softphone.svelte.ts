import { createSubscriber } from 'svelte/reactivity'
import { isLive } from './call.ts'
import { frontOf } from './engine.ts'
import type { AgentInput } from './inputs.ts'
import { type Action, type DevicesView, type Levels, type PhonePort, SILENCE, type Watched } from './port.ts'
import type { Call } from './state.ts'

/** An accepted conversation whose call has not come yet is answered by itself for this long. */
const EXPECT_MS = 30_000

/**
 * The phone as screens see it: a thin view of a port. Built once per signed-in desk by `provideSoftphone`. `attempt` shows what failed, in
 * words.
 */
export class Softphone {
  readonly #port: PhonePort
  readonly #attempt: (act: () => Promise<void>) => void
  #changed = $state(0)
  readonly #end: () => void
  /** All that the phone tells. */
  readonly view = $derived.by(() => {
    void this.#changed
    return this.#port.view
  })
  /** Where the phone runs: in this page or in another one of this desk. */
  readonly place = $derived.by(() => {
    void this.#changed
    return this.#port.place
  })
  readonly state = $derived(this.view.state)
  /** `none`: this role has no phone. */
  readonly account = $derived(this.view.account)
  readonly registration = $derived(this.state.line.registration)
  readonly calls = $derived(this.state.calls)
  /** The call in front. Ringing ones are offers. */
  readonly current = $derived(frontOf(this.calls))
  /** Calls behind the one in front. */
  readonly others = $derived(this.calls.filter((call) => isLive(call) && call !== this.current))
  readonly ringing = $derived(this.calls.filter((call) => call.phase === 'ringing'))
  readonly busy = $derived(this.calls.some(isLive))
  readonly recoverable = $derived(this.view.recoverable)
  readonly devices: DeviceControl
  readonly #callLevels: LevelView

  constructor(port: PhonePort, attempt: (act: () => Promise<void>) => void) {
    this.#port = port
    this.#attempt = attempt
    this.#end = port.subscribe(() => this.#changed++)
    this.#callLevels = new LevelView(port, 'call')
    this.devices = new DeviceControl(port, (action) => this.act(action))
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

  /** Does it and shows in words what failed; resolves either way. */
  act(action: Action): Promise<void> {
    return new Promise((resolve) => {
      this.#attempt(() => this.#port.act(action).finally(resolve))
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
  #changed = $state(0)
  /** RMS 0..1 while the meter runs, else 0. */
  level = $state(0)
  readonly #view: DevicesView = $derived.by(() => {
    void this.#changed
    return this.#port.view.devices
  })
  readonly microphones = $derived(this.#view.microphones)
  readonly outputs = $derived(this.#view.outputs)
  /** Why the microphone cannot be used; the catalogue has the sentence. */
  readonly problem = $derived(this.#view.problem)
  readonly metering = $derived(this.#view.metering)
  readonly testing = $derived(this.#view.testing)
  readonly canChooseOutput = $derived(this.#view.canChooseOutput)
  /** What moved when something was plugged in or pulled out, the last time. */
  readonly moved = $derived(this.#view.moved)

  constructor(port: PhonePort, act: (action: Action) => Promise<void>) {
    this.#port = port
    this.#act = act
    port.subscribe(() => this.#changed++)
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
