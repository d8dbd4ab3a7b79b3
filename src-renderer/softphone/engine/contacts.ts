import type { Call, Input } from '../call/state.ts'
import type { Action } from '../port/port.ts'
import type { Clock } from './clock.ts'
import type { EngineHost } from './host.ts'

/** The desk stores in milliseconds; a call that it does not answer for is made all the same. */
const OPEN_MS = 1_500
const AGAIN_MS = 2_000

export interface ContactsDeps {
  host: Pick<EngineHost, 'open' | 'refused'>
  clock: Clock
  calls(): readonly Call[]
  send(input: Input): void
}

/** Makes contacts of calls that the centre did not offer: dialled here, or rung through directly. */
export interface Contacts {
  dial(action: Extract<Action, { type: 'dial' }>): Promise<void>
  answer(callId: string): void
  close(): void
}

export function createContacts({ host, clock, calls, send }: ContactsDeps): Contacts {
  let closed = false
  const waits = new Set<() => void>()

  /** Asks until the desk has stored it; `undefined` when it will not have it. The desk knows a call by its id, so asking twice is safe. */
  async function open(call: Parameters<EngineHost['open']>[0]): Promise<string | undefined> {
    for (;;) {
      try {
        return (await host.open(call)).conversationId
      } catch (error) {
        if (closed || host.refused(error)) {
          console.warn('the call is nobody’s contact', error)
          return undefined
        }
        await pause(AGAIN_MS)
        if (closed) return undefined
      }
    }
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(ms, () => {
        waits.delete(end)
        resolve()
      })
      const end = () => {
        cancel()
        resolve()
      }
      waits.add(end)
    })

  const belong = (callId: string, conversationId: string | undefined) => {
    if (conversationId !== undefined && !closed) send({ type: 'belongs', callId, conversationId })
  }

  return {
    async dial({ callId, to, number, name, conversationId, customerId, callbackId, consultFor, inside }) {
      const dial = (known: string | undefined) => send({ type: 'dial', callId, to, name, conversationId: known, consultFor })
      // A consultation is part of the call that it is about, and a colleague is nobody's customer.
      if (conversationId !== undefined || consultFor !== undefined || inside) return dial(conversationId)
      const opening = open({
        callId,
        direction: 'out',
        number,
        ...(name ? { name } : {}),
        ...(customerId ? { customerId } : {}),
        ...(callbackId ? { callbackId } : {})
      })
      const first = await Promise.race([opening, pause(OPEN_MS).then(() => 'late' as const)])
      if (closed) return
      if (first !== 'late') return dial(first)
      dial(undefined)
      void opening.then((late) => belong(callId, late))
    },
    answer(callId) {
      const call = calls().find((one) => one.callId === callId)
      if (!call) return
      // Speaking comes first: the contact follows.
      send({ type: 'accept', callId })
      if (call.conversationId !== undefined) return
      const { number, name } = call
      void open({ callId, direction: 'in', number, ...(name ? { name } : {}) }).then((opened) => belong(callId, opened))
    },
    close() {
      closed = true
      for (const end of waits) end()
      waits.clear()
    }
  }
}
