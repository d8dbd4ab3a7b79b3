import { untrack } from 'svelte'
import type { Call } from '../call/state.ts'
import type { Softphone } from '../softphone.svelte.ts'

/** The phone forgets an ended call within seconds; why nobody was reached is to be read for longer. */
const SHOWN_MS = 30_000

/** Calls that were dialled and did not come about; made while a component initialises. */
export class FailedCalls {
  shown = $state.raw<readonly Call[]>([])

  constructor(phone: Pick<Softphone, 'calls'>) {
    const told = new Set<string>()
    const timers = new Set<ReturnType<typeof setTimeout>>()
    $effect(() => {
      const failed = phone.calls.filter((call) => call.phase === 'ended' && call.direction === 'out' && call.problem !== undefined)
      untrack(() => {
        for (const call of failed) {
          if (told.has(call.callId)) continue
          told.add(call.callId)
          this.shown = [...this.shown.filter((one) => one.number !== call.number), call]
          timers.add(setTimeout(() => this.dismiss(call.callId), SHOWN_MS))
        }
      })
    })
    // Dialled again: the old refusal is no news any more.
    $effect(() => {
      const numbers = phone.calls.filter((call) => call.phase !== 'ended').map((call) => call.number)
      untrack(() => {
        if (this.shown.some((call) => numbers.includes(call.number)))
          this.shown = this.shown.filter((call) => !numbers.includes(call.number))
      })
    })
    $effect(() => () => {
      for (const timer of timers) clearTimeout(timer)
    })
  }

  dismiss(callId: string): void {
    this.shown = this.shown.filter((call) => call.callId !== callId)
  }
}
