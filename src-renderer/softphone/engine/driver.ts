import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import type { SipLine } from '../call/line.ts'
import { decide, NEW_PHONE } from '../call/phone.ts'
import type { Effect, Input, PhoneState, Sound, TimerName } from '../call/state.ts'
import { watchSleep } from './sleep.ts'

export interface PhoneDeps {
  /** Opens the line; its news come through `emit`. */
  open(emit: (input: Input) => void): SipLine
  onState(state: PhoneState): void
  sound(sound: Sound): void
  report(report: Extract<Effect, { type: 'report' }>): void
  /** The far end was passed on. */
  transferred?(transfer: Extract<Effect, { type: 'transferred' }>): void
  /** The established dialogs, replacing those told before. */
  journal?(records: readonly DialogRecord[]): void
  /** Epoch ms. */
  now(): number
  /** 0 <= random() < 1 */
  random(): number
  /** Runs once after `ms`; gives what takes it back. */
  after(ms: number, run: () => void): () => void
}

export interface Phone {
  readonly state: PhoneState
  readonly line: SipLine
  /** Tells the phone something and does what it decides. @throws PhoneInputError */
  send(input: Input): void
  close(): Promise<void>
}

/** Runs the pure phone: one input at a time, timers by name, effects to the line, the ringer and the host. */
export function createPhone(deps: PhoneDeps): Phone {
  let state: PhoneState = NEW_PHONE
  let closed = false
  const timers = new Map<TimerName, () => void>()
  const waiting: Input[] = []
  let busy = false

  // An effect may tell its outcome at once; it then waits for the decision under way to be carried out.
  function send(input: Input): void {
    if (closed) return
    waiting.push(input)
    if (busy) return
    busy = true
    const failures: unknown[] = []
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        const decision = decide(state, next, deps.now())
        if (decision.state !== state) {
          state = decision.state
          deps.onState(state)
        }
        for (const effect of decision.effects) attempt(effect)
      } catch (error) {
        failures.push(error) // the inputs behind it must not be lost
      }
    }
    busy = false
    if (failures.length > 0) throw failures[0]
  }

  // A ringer without a device must not keep the call from being answered: each effect stands alone.
  function attempt(effect: Effect): void {
    try {
      perform(effect)
    } catch (error) {
      console.warn(`the phone could not do "${effect.type}"`, error)
    }
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'timer':
        timers.get(effect.name)?.()
        timers.set(
          effect.name,
          deps.after(effect.ms + deps.random() * effect.jitterMs, () => fire(effect.name))
        )
        return
      case 'timer-off':
        timers.get(effect.name)?.()
        timers.delete(effect.name)
        return
      case 'sound':
        deps.sound(effect.sound)
        return
      case 'report':
        deps.report(effect)
        return
      case 'transferred':
        deps.transferred?.(effect)
        return
      case 'journal':
        deps.journal?.(effect.records)
        return
      default:
        line.perform(effect)
    }
  }

  function fire(name: TimerName): void {
    timers.delete(name)
    send({ type: 'timer', name })
  }

  const line = deps.open(send)
  // A machine that slept has another network, perhaps, and a socket that only looks alive.
  const stopWatching = watchSleep(deps, () => send({ type: 'hurry' }))
  return {
    get state() {
      return state
    },
    line,
    send,
    async close() {
      closed = true
      stopWatching()
      for (const cancel of timers.values()) cancel()
      timers.clear()
      deps.sound('off')
      await line.close()
    }
  }
}
