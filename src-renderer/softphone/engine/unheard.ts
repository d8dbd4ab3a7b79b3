import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import { isLive } from '../call/call.ts'
import type { Call } from '../call/state.ts'
import type { Clock } from './clock.ts'
import type { EngineHost } from './host.ts'

export type Pause = NonNullable<DialogRecord['recordingPause']>

/** A pause that the recorder has not confirmed by then is not going to be one. */
const CONFIRM_MS = 3_000
/** A desk that does not answer for so long does not know. */
const ANSWER_MS = 2_000

export interface UnheardDeps {
  host: Pick<EngineHost, 'callOf' | 'on'>
  clock: Clock
  calls(): readonly Call[]
  /** Whether the transcript may listen to a call. */
  listen(callId: string, on: boolean): void
  /** The journal must know: a pause outlives its page. */
  changed(): void
}

/**
 * Conversations that the transcript must not listen to, since the centre's recorder does not either. It is silenced before the recorder
 * is asked, and heard again when the recorder is known to go on, whatever leg the customer is on by then:
 *
 *   asked --(the recorder paused)--> confirmed --(it records again, or time is up)--> heard
 *     '---(refused, or no word of it)--> heard
 */
export interface Unheard {
  /** A pause that is being asked for now. */
  begin(conversationId: string, pause: Pause): void
  /** A pause from before this page, or this leg. */
  carry(conversationId: string, pause: Pause): void
  /** The customer gets another leg: only a recorder that records it ends the silence early. */
  moves(conversationId: string): void
  of(conversationId: string | undefined): Pause | undefined
  /** Looks what the recorder says now. */
  look(conversationId: string): Promise<void>
  /** The recorder was not even asked. */
  hear(conversationId: string): void
  /** The calls have changed. */
  settle(): void
  close(): void
}

interface One extends Pause {
  /** How long it was asked for. */
  forMs: number
  confirmed: boolean
  /** When an unconfirmed pause is given up, once nobody is asking for it any more. */
  cancelDoubt?: (() => void) | undefined
  cancelEnd: () => void
  ends: readonly (() => void)[]
}

export function createUnheard({ host, clock, calls, listen, changed }: UnheardDeps): Unheard {
  const all = new Map<string, One>()

  function each(conversationId: string, on: boolean): void {
    for (const call of calls()) if (call.conversationId === conversationId && isLive(call)) listen(call.callId, on)
  }

  function stop(one: One): void {
    one.cancelDoubt?.()
    one.cancelEnd()
    for (const end of one.ends) end()
  }

  function hear(conversationId: string): void {
    const one = all.get(conversationId)
    if (!one) return
    stop(one)
    all.delete(conversationId)
    each(conversationId, true)
    changed()
  }

  function add(conversationId: string, pause: Pause, confirmed: boolean): void {
    const before = all.get(conversationId)
    if (before) stop(before)
    all.set(conversationId, {
      ...pause,
      forMs: Math.max(0, pause.until - clock.now()),
      confirmed: confirmed || before?.confirmed === true,
      cancelEnd: endAt(conversationId, pause.until),
      // A command's refusal is news of the outbox only.
      ends: ([`conversation:${conversationId}`, 'outbox'] as const).map((topic) => host.on(topic, () => void look(conversationId)))
    })
    each(conversationId, false)
    changed()
  }

  const endAt = (conversationId: string, until: number) =>
    clock.after(Math.max(0, until - clock.now()), () => void timeIsUp(conversationId))

  async function recorderOf(conversationId: string) {
    const late = new Promise<undefined>((resolve) => clock.after(ANSWER_MS, () => resolve(undefined)))
    const asked = host.callOf(conversationId).catch((error: unknown) => {
      console.warn('the desk does not say whether the call is recorded', error)
      return undefined
    })
    return Promise.race([asked, late])
  }

  /** Prolonged meanwhile, it ends then; else the recorder goes on by itself, whether or not the word of it has come. */
  async function timeIsUp(conversationId: string): Promise<void> {
    const one = all.get(conversationId)
    const known = await recorderOf(conversationId)
    if (!one || all.get(conversationId) !== one) return
    const { state, until, asked } = known?.recording ?? {}
    // Still on its way to the centre, it will last its whole time from there on.
    if (known && !known.ended && asked === 'pause' && state !== 'paused') {
      one.until = clock.now() + one.forMs
      one.cancelEnd = endAt(conversationId, one.until)
      return changed()
    }
    if (state !== 'paused' || until === undefined || until <= clock.now()) return hear(conversationId)
    one.until = until
    one.cancelEnd = endAt(conversationId, until)
    changed()
  }

  async function look(conversationId: string): Promise<void> {
    const one = all.get(conversationId)
    if (!one) return
    const known = await recorderOf(conversationId)
    if (all.get(conversationId) !== one || !known) return
    const { recording } = known
    if (recording?.state === 'paused') {
      one.confirmed = true
      one.cancelDoubt?.()
      one.cancelDoubt = undefined
      return
    }
    // Between two legs nothing is recorded, and nothing is to be heard either; what is being asked for has not been answered.
    if (recording?.asked === 'pause') {
      one.cancelDoubt?.()
      one.cancelDoubt = undefined
    }
    if (known.ended || recording?.asked === 'pause') return
    if (one.confirmed) {
      if (recording?.state === 'on') hear(conversationId)
      return
    }
    // Accepted by the centre, it is still to be confirmed by the recorder; refused, it never will be.
    one.cancelDoubt ??= clock.after(CONFIRM_MS, () => hear(conversationId))
  }

  return {
    begin: (conversationId, pause) => add(conversationId, pause, false),
    carry: (conversationId, pause) => add(conversationId, pause, true),
    moves(conversationId) {
      const one = all.get(conversationId)
      if (!one) return
      one.confirmed = true
      one.cancelDoubt?.()
      one.cancelDoubt = undefined
    },
    of(conversationId) {
      const one = conversationId === undefined ? undefined : all.get(conversationId)
      return one && { until: one.until, reason: one.reason }
    },
    look,
    hear,
    settle() {
      for (const conversationId of all.keys()) each(conversationId, false)
    },
    close() {
      for (const one of all.values()) stop(one)
      all.clear()
    }
  }
}
