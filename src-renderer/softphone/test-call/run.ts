import { isLive } from '../call/call.ts'
import type { CallLook, Levels, PhonePort } from '../port/port.ts'

/** The phone tried out from end to end, step by step; each step ends in a result or in the one reason why not. */

export const STEPS = ['registration', 'microphone', 'speaker', 'ringer', 'echo'] as const
export type Step = (typeof STEPS)[number]

/** Why a step failed; the catalogue has one sentence for each. */
export type Cause =
  | 'not-registered'
  | 'microphone-silent'
  | 'microphone-unusable'
  | 'speaker-not-heard'
  | 'ringer-not-heard'
  | 'sound-failed'
  | 'no-echo-number'
  | 'echo-not-answered'
  | 'echo-silent'
  | 'nothing-sent'
  | 'line-bad'
  | 'stopped'

/** What the echo loop measured: the last look at the call's media, and the loudest that went out and came back, RMS 0..1. */
export interface EchoResult {
  look: CallLook | undefined
  sent: number
  received: number
}

export type Outcome =
  | { state: 'waiting' | 'running' }
  /** The user is asked whether the sound was heard. */
  | { state: 'asking' }
  | { state: 'passed'; level?: number; echo?: EchoResult }
  | { state: 'failed'; cause: Cause; detail?: string; echo?: EchoResult }
  /** It could not be tried, and that is no fault of the phone's. */
  | { state: 'left-out'; cause: Cause }

export type Results = Record<Step, Outcome>
export const UNTRIED: Results = {
  registration: { state: 'waiting' },
  microphone: { state: 'waiting' },
  speaker: { state: 'waiting' },
  ringer: { state: 'waiting' },
  echo: { state: 'waiting' }
}

/** Above about -46 dBFS somebody speaks; noise of a room stays below. */
const VOICE = 0.005
/** What comes back may be damped on its way. */
const ECHO = 0.003
const REGISTER_MS = 10_000
const SPEAK_MS = 8_000
const ANSWER_MS = 12_000
const LISTEN_MS = 8_000
/** A line on which people ask each other to repeat: under it the E-model says "many users dissatisfied" (ITU-T G.107 Annex B). */
const LOWEST_MOS = 3.1

export interface TestDeps {
  port: Pick<PhonePort, 'view' | 'subscribe' | 'watch' | 'act'>
  /** Where the sounds of the test are played. */
  devices(): { speakerId: string; ringerId: string; ringVolume: number }
  newId(): string
  after(ms: number, run: () => void): () => void
  show(results: Results): void
}

export interface TestRun {
  /** Resolves when all steps have ended. */
  readonly done: Promise<void>
  /** Answers the question of the step that asks. */
  answer(heard: boolean): void
  /** Ends the test; what runs is given up. */
  stop(): void
}

/** Tries everything out, one step after the other; a failed step does not keep the later ones from being tried. */
export function runTest(deps: TestDeps): TestRun {
  const { port } = deps
  const stopping = new AbortController()
  let results = UNTRIED
  let answered: ((heard: boolean) => void) | undefined
  const set = (step: Step, outcome: Outcome): void => {
    results = { ...results, [step]: outcome }
    deps.show(results)
  }

  /** Waits until `ready` gives something, `ms` are over, or the test was stopped. */
  function until<T>(ms: number, ready: () => T | undefined, follow?: (look: () => void) => () => void): Promise<T | undefined> {
    return new Promise((resolve) => {
      const ends: (() => void)[] = []
      const end = (value: T | undefined) => {
        for (const one of ends) one()
        stopping.signal.removeEventListener('abort', stopped)
        resolve(value)
      }
      const stopped = () => end(undefined)
      const look = () => {
        const value = ready()
        if (value !== undefined) end(value)
      }
      stopping.signal.addEventListener('abort', stopped)
      ends.push(port.subscribe(look), deps.after(ms, stopped), follow?.(look) ?? (() => undefined))
      look()
    })
  }

  async function registration(): Promise<Outcome> {
    const registered = await until(REGISTER_MS, () => port.view.state.line.registration === 'registered' || undefined)
    if (registered) return { state: 'passed' }
    const { reason } = port.view.state.line
    return { state: 'failed', cause: 'not-registered', ...(reason === undefined ? {} : { detail: reason }) }
  }

  async function microphone(): Promise<Outcome> {
    let loudest = 0
    const heard = await until(
      SPEAK_MS,
      () => (loudest > VOICE ? true : undefined),
      (look) =>
        port.watch('microphone', ({ microphone: level }) => {
          loudest = Math.max(loudest, level)
          look()
        })
    )
    if (heard) return { state: 'passed', level: loudest }
    return { state: 'failed', cause: port.view.devices.problem ? 'microphone-unusable' : 'microphone-silent' }
  }

  async function sound(what: 'speaker' | 'ringer'): Promise<Outcome> {
    const { speakerId, ringerId, ringVolume } = deps.devices()
    try {
      await port.act({
        type: 'test-sound',
        what,
        deviceId: what === 'speaker' ? speakerId : ringerId,
        volume: what === 'speaker' ? 1 : ringVolume
      })
    } catch (error) {
      return { state: 'failed', cause: 'sound-failed', detail: error instanceof Error ? error.message : String(error) }
    }
    if (stopping.signal.aborted) return { state: 'left-out', cause: 'stopped' }
    set(what, { state: 'asking' })
    const heard = await new Promise<boolean | undefined>((resolve) => {
      answered = resolve
      stopping.signal.addEventListener('abort', () => resolve(undefined), { once: true })
    })
    answered = undefined
    if (heard === undefined) return { state: 'left-out', cause: 'stopped' }
    return heard ? { state: 'passed' } : { state: 'failed', cause: what === 'speaker' ? 'speaker-not-heard' : 'ringer-not-heard' }
  }

  async function echo(): Promise<Outcome> {
    const to = port.view.setup?.echoNumber ?? ''
    if (to === '') return { state: 'left-out', cause: 'no-echo-number' }
    const callId = deps.newId()
    const call = () => port.view.state.calls.find((one) => one.callId === callId)
    try {
      await port.act({ type: 'dial', callId, to, number: to, inside: true })
    } catch (error) {
      return { state: 'failed', cause: 'echo-not-answered', detail: error instanceof Error ? error.message : String(error) }
    }
    let last: CallLook | undefined
    const measured = { sent: 0, received: 0 }
    const hear = ({ out, in: back }: Levels) => {
      measured.sent = Math.max(measured.sent, out)
      measured.received = Math.max(measured.received, back)
    }
    const state = await until(ANSWER_MS, () => {
      const phase = call()?.phase
      return phase === 'up' || phase === 'ended' ? phase : undefined
    })
    const answeredIt = state === 'up'
    if (answeredIt) {
      await until(
        LISTEN_MS,
        () => {
          last = port.view.quality[callId] ?? last
          return call()?.phase === 'up' ? undefined : true
        },
        () => port.watch('call', hear)
      )
    }
    const detail = call()?.detail
    const ended = call()
    if (ended && isLive(ended)) await port.act({ type: 'phone', input: { type: 'hang-up', callId } })
    if (stopping.signal.aborted) return { state: 'left-out', cause: 'stopped' }
    if (!answeredIt) return { state: 'failed', cause: 'echo-not-answered', ...(detail === undefined ? {} : { detail }) }
    const result: EchoResult = { look: last, ...measured }
    if (measured.sent <= ECHO) return { state: 'failed', cause: 'nothing-sent', echo: result }
    if (measured.received <= ECHO) return { state: 'failed', cause: 'echo-silent', echo: result }
    if (last?.mos !== undefined && last.mos < LOWEST_MOS) return { state: 'failed', cause: 'line-bad', echo: result }
    return { state: 'passed', echo: result }
  }

  async function all(): Promise<void> {
    const steps: Record<Step, () => Promise<Outcome>> = {
      registration,
      microphone,
      speaker: () => sound('speaker'),
      ringer: () => sound('ringer'),
      echo
    }
    for (const step of STEPS) {
      if (stopping.signal.aborted) {
        set(step, { state: 'left-out', cause: 'stopped' })
        continue
      }
      set(step, { state: 'running' })
      const outcome = await steps[step]()
      set(step, stopping.signal.aborted && outcome.state === 'failed' ? { state: 'left-out', cause: 'stopped' } : outcome)
    }
  }

  deps.show(results)
  return { done: all(), answer: (heard) => answered?.(heard), stop: () => stopping.abort() }
}
