import type { DialogRecord, PhoneAccount } from '../../../src-shared/contract/phone.ts'
import type { Call, Input } from '../call/state.ts'
import type { LostCall } from '../port/port.ts'
import type { Clock } from './clock.ts'
import type { EngineHost } from './host.ts'
import { keepTold } from './latest.ts'
import type { Recovery } from './recovery.ts'

const AGAIN_MS = 1_000
/** A customer who was on the line this recently is rung through again without asking; later on that is for a person to decide. */
const FRESH_MS = 120_000

export interface TakeBackDeps {
  host: Pick<EngineHost, 'dialogs' | 'saveDialogs' | 'callOf' | 'refused'>
  clock: Clock
  newId(): string
  account(): Pick<PhoneAccount, 'source' | 'park'> | undefined
  calls(): readonly Call[]
  send(input: Input): void
  recovery: Pick<Recovery, 'look' | 'recover' | 'settle'>
  /** What of the recorder belongs to a dialog. */
  withRecording(record: DialogRecord): DialogRecord
  /** A dialog has a new call. */
  taken(record: DialogRecord, callId: string): void
  /** A dialog cannot be had back; its conversation may be. */
  gone(record: DialogRecord): void
  lose(lost: LostCall): void
}

/**
 * Calls outlive their page: every dialog that is up is written down with the desk, and the next page that is the phone takes it back. In
 * this order: by INVITE with Replaces (RFC 3891); from the orbit, when it is parked; by ringing the customer through again, when the
 * telephone system is the practice one and the call was up just now. Else the agent is told.
 */
export interface TakeBack {
  /** Asks for what the page before has written down, and takes it back as soon as the phone is there. */
  begin(): void
  /** The dialogs that are up have changed, or without them what belongs to them. */
  write(records: readonly DialogRecord[] | undefined): void
  /** The calls have changed. */
  settle(): void
  /** Conversations on their way back. */
  underWay(): ReadonlySet<string>
  /** The phone ends and hangs up: nothing is left for the next page. */
  end(): Promise<void>
}

export function createTakeBack(deps: TakeBackDeps): TakeBack {
  const { host, clock } = deps
  /** By the id of the call that takes it back. */
  const pending = new Map<string, DialogRecord>()
  /** Taken back in some other way; still on their way. */
  const fetching = new Set<string>()
  let up: readonly DialogRecord[] = []
  let loaded: readonly DialogRecord[] | undefined
  let ready = false
  let begun = false
  let closed = false
  let cancel = () => {}
  const journal = keepTold<DialogRecord[]>(
    (records) => host.saveDialogs(records),
    (error) => host.refused(error),
    clock
  )

  function save(): void {
    // Not before it is known what the page before has left: it would be lost.
    if (!loaded || closed) return
    const left = [...pending.values()].filter((one) => up.every((other) => other.callId !== one.callId))
    journal.set([...left, ...up.map((record) => deps.withRecording(record))])
  }

  async function load(): Promise<void> {
    try {
      loaded = await host.dialogs()
    } catch (error) {
      if (closed) return
      if (host.refused(error)) loaded = []
      else {
        cancel = clock.after(AGAIN_MS, () => void load())
        return
      }
    }
    take()
  }

  function take(): void {
    if (!loaded || !ready || closed) return
    begun = true
    const left = loaded
    // Once: a line that is opened anew must not look for what was taken back, and is over, long ago.
    loaded = []
    const ids = new Map(left.map((record) => [record.callId, deps.newId()]))
    // A consultation needs the call it is about: that one first.
    const inOrder = left.toSorted((one, other) => Number(one.consultFor !== undefined) - Number(other.consultFor !== undefined))
    for (const { consultFor, ...rest } of inOrder) {
      const callId = ids.get(rest.callId) ?? deps.newId()
      const about = consultFor === undefined ? undefined : ids.get(consultFor)
      const record: DialogRecord = { ...rest, ...(about === undefined ? {} : { consultFor: about }) }
      pending.set(callId, record)
      deps.send({ type: 'take-back', callId, record })
    }
    save()
    deps.recovery.settle()
  }

  function settle(): void {
    for (const [callId, record] of pending) {
      const call = deps.calls().find((one) => one.callId === callId)
      if (call?.phase === 'up' || call?.phase === 'held') {
        pending.delete(callId)
        deps.taken(record, callId)
        save()
      } else if (!call || call.phase === 'ended' || call.phase === 'ending') {
        pending.delete(callId)
        // Whoever hangs up while it is being taken back does not want it back.
        if (call?.endedBy !== 'self') void otherwise(record, call?.detail ?? '')
        save()
      }
    }
  }

  async function otherwise(record: DialogRecord, detail: string): Promise<void> {
    const { callId, conversationId, name, number, answeredAt } = record
    const lose = () => deps.lose({ callId, conversationId, name, number, answeredAt, lostAt: clock.now(), detail })
    deps.gone(record)
    if (conversationId === undefined) return lose()
    fetching.add(conversationId)
    try {
      const known = await host.callOf(conversationId)
      const account = deps.account()
      if (known?.slot !== undefined && account) {
        const to = `${account.park.retrieve}${known.slot}`
        return deps.send({ type: 'dial', callId: deps.newId(), to, conversationId, name })
      }
      if (account?.source !== 'practice') return lose()
      const lost = (await deps.recovery.look()).find((one) => one.conversationId === conversationId)
      if (lost && clock.now() - lost.lastSeenAt < FRESH_MS) await deps.recovery.recover(conversationId)
      // What ended as calls end, while nobody was here, the conversation says; what can be rung through again, the screen offers.
      else if (!lost && !known?.ended) lose()
    } catch (error) {
      console.warn('a call could not be had back', error)
      lose()
    } finally {
      fetching.delete(conversationId)
      deps.recovery.settle()
    }
  }

  void load()
  return {
    begin() {
      ready = true
      take()
    },
    write(records) {
      up = records ?? up
      save()
    },
    settle,
    underWay() {
      const dialogs = begun ? [...pending.values()] : (loaded ?? [])
      return new Set([...fetching, ...dialogs.flatMap(({ conversationId }) => (conversationId === undefined ? [] : [conversationId]))])
    },
    async end() {
      cancel()
      if (loaded && (up.length > 0 || pending.size > 0)) journal.set([])
      closed = true
      // A desk that does not answer must not keep the page: then the next one finds a call that is not there any more.
      await Promise.race([journal.settled(), new Promise<void>((resolve) => clock.after(AGAIN_MS, resolve))])
      journal.close()
    }
  }
}
