import type { RecoverableCall } from '../../../src-shared/contract/conversation.ts'
import type { Call, Input } from '../call/state.ts'
import type { Clock } from './clock.ts'
import type { EngineHost } from './host.ts'

const AGAIN_MS = 3_000
/** A conversation that was taken back is answered by itself for this long. */
export const EXPECT_MS = 30_000

export interface RecoveryDeps {
  host: Pick<EngineHost, 'recoverable' | 'recover' | 'giveUp' | 'refused'>
  clock: Clock
  calls(): readonly Call[]
  send(input: Input): void
  /** Conversations that are being fetched already: nobody need be asked about them. */
  underWay(): ReadonlySet<string>
  /** The customer is about to get another leg. */
  moves(conversationId: string): void
  show(recoverable: readonly RecoverableCall[]): void
}

/** Calls that were cut off: the desk or the centre went down, or the network did. */
export interface Recovery {
  /** Asks the desk anew; whenever the inbox changed or the host is back. */
  look(): Promise<readonly RecoverableCall[]>
  /** The calls here changed: one that is to be heard here is not lost. */
  settle(): void
  /** The customer is rung through again and answered at once. Rejects with the host's refusal. */
  recover(conversationId: string): Promise<void>
  /** The call counts as ended and goes to wrap-up. */
  giveUp(conversationId: string): Promise<void>
  close(): void
}

export function createRecovery(deps: RecoveryDeps): Recovery {
  let lost: readonly RecoverableCall[] = []
  let shown: readonly RecoverableCall[] = []
  /** Taken back or let go here; the centre may not know yet. */
  const settled = new Set<string>()
  let looked = 0
  let closed = false
  let cancel = () => {}

  function settle(): void {
    const next = lost.filter(
      ({ callId, conversationId }) =>
        !settled.has(callId) &&
        !deps.underWay().has(conversationId) &&
        !deps.calls().some((call) => call.conversationId === conversationId && call.phase !== 'ended' && call.problem !== 'audio-lost')
    )
    if (next.length === shown.length && next.every((one, i) => one === shown[i])) return
    shown = next
    deps.show(shown)
  }

  async function look(): Promise<readonly RecoverableCall[]> {
    const mine = ++looked
    cancel()
    try {
      const found = await deps.host.recoverable()
      if (mine === looked) lost = found
    } catch (error) {
      if (closed || deps.host.refused(error) || mine !== looked) return lost // a role without calls, or somebody asks anew
      cancel = deps.clock.after(AGAIN_MS, () => void look())
      return lost
    }
    settle()
    return lost
  }

  /** A leg whose far end went down with the host hears of no hang-up; it must not stand in the way of the next one. */
  function dropDead(conversationId: string): void {
    const dead = deps.calls().find((call) => call.conversationId === conversationId && call.phase !== 'ended')
    if (dead?.problem === 'audio-lost') deps.send({ type: 'hang-up', callId: dead.callId })
  }

  function forget(conversationId: string): void {
    for (const call of lost) if (call.conversationId === conversationId) settled.add(call.callId)
    settle()
  }

  return {
    look,
    settle,
    async recover(conversationId) {
      deps.moves(conversationId)
      dropDead(conversationId)
      deps.send({ type: 'expect', conversationId, forMs: EXPECT_MS })
      await deps.host.recover(conversationId)
      forget(conversationId)
    },
    async giveUp(conversationId) {
      dropDead(conversationId)
      await deps.host.giveUp(conversationId)
      forget(conversationId)
    },
    close() {
      closed = true
      cancel()
    }
  }
}
