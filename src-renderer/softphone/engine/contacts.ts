import { reportsSoFar } from '../call/moves.ts'
import type { Call, Effect, Input } from '../call/state.ts'
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
  report(report: Extract<Effect, { type: 'report' }>): void
  /** Does nobody but this phone tell of calls that no hand answered? The practice PBX tells the centre itself. */
  isOnlyWitness(): boolean
}

/** Makes contacts of calls that the centre did not offer: dialled here, or rung through directly. */
export interface Contacts {
  dial(action: Extract<Action, { type: 'dial' }>): Promise<void>
  answer(callId: string): void
  /** Looks at the calls: one that was answered by itself or missed becomes a contact, too. */
  settle(): void
  close(): void
}

const isNobodysYet = ({ direction, conversationId, replaces, takeBack }: Call): boolean =>
  direction === 'in' && conversationId === undefined && replaces === undefined && takeBack === undefined

const wasMissed = (call: Call): boolean => call.phase === 'ended' && call.endedBy !== 'self' && !wasAnsweredElsewhere(call)

/** Who rings several phones takes the ringing back from the others with this cause (RFC 3326, RFC 3261 16.7). */
const wasAnsweredElsewhere = ({ detail = '' }: Call): boolean => /completed elsewhere|cause=200\b/i.test(detail)

export function createContacts({ host, clock, calls, send, report, isOnlyWitness }: ContactsDeps): Contacts {
  let closed = false
  const waits = new Set<() => void>()
  /** Incoming calls that the desk was asked to open a contact for, as they were last seen: some are forgotten before it answers. */
  const asked = new Map<string, { last: Call; waits: boolean }>()

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
    const last = asked.get(callId)?.last
    if (last) asked.set(callId, { last, waits: false })
    if (conversationId === undefined || closed) return
    if (!last || calls().some((call) => call.callId === callId)) return send({ type: 'belongs', callId, conversationId })
    for (const effect of reportsSoFar({ ...last, conversationId })) if (effect.type === 'report') report(effect)
  }

  function join(call: Call): void {
    const { callId, number, name } = call
    asked.set(callId, { last: call, waits: true })
    void open({ callId, direction: 'in', number, ...(name ? { name } : {}) }).then((opened) => belong(callId, opened))
  }

  return {
    async dial({ callId, to, number, name, conversationId, customerId, callbackId, consultFor, postDial, inside }) {
      const dial = (known: string | undefined) => send({ type: 'dial', callId, to, name, conversationId: known, consultFor, postDial })
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
      if (call.conversationId === undefined) join(call)
    },
    settle() {
      const all = calls()
      for (const [callId, { waits }] of asked) if (!waits && !all.some((call) => call.callId === callId)) asked.delete(callId)
      for (const call of all) {
        const known = asked.get(call.callId)
        if (known) asked.set(call.callId, { ...known, last: call })
        else if (isOnlyWitness() && isNobodysYet(call) && (call.answeredAt === undefined ? wasMissed(call) : call.autoAnswered)) join(call)
      }
    },
    close() {
      closed = true
      for (const end of waits) end()
      waits.clear()
    }
  }
}
