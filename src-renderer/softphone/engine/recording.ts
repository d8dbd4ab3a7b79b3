import type { DialogRecord, PauseReason, PhoneAccount } from '../../../src-shared/contract/phone.ts'
import type { SipLine } from '../call/line.ts'
import type { Call } from '../call/state.ts'
import type { RecordingView } from '../port/port.ts'
import type { Clock } from './clock.ts'
import type { EngineHost } from './host.ts'
import { createUnheard } from './unheard.ts'

export interface RecordingDeps {
  host: Pick<EngineHost, 'pauseRecording' | 'resumeRecording' | 'callOf' | 'on'>
  clock: Clock
  account(): Pick<PhoneAccount, 'recorder'> | undefined
  line(): Pick<SipLine, 'record'> | undefined
  calls(): readonly Call[]
  /** Stored with the desk, again until it is. */
  confirmed(what: Parameters<EngineHost['recorderConfirmed']>[0]): void
  show(recordings: Record<string, RecordingView>): void
  /** What is said in a pause is for nobody else either. */
  listen(callId: string, on: boolean): void
  /** The journal must know of a pause: its timer outlives the page. */
  changed(): void
}

/**
 * Pauses of the recording. The centre's recorder is asked through the desk; a PBX of one's own that records is asked in the dialog, by INFO
 * with `Record: off|on`, and what it answered is the state. Its pauses end by themselves, however long the page lives.
 */
export interface Recording {
  pause(callId: string, reason: PauseReason, forMs: number): Promise<void>
  resume(callId: string, endedBy: 'agent' | 'step-closed'): Promise<void>
  /** The pause of a call as it is journalled, by the conversation and SIP Call-ID. */
  of(callId: string): DialogRecord['recordingPause']
  /** A call was taken back whose recording was paused. */
  restore(callId: string, pause: NonNullable<DialogRecord['recordingPause']>): void
  /** A conversation whose recording was paused before this page, and whose call could not be taken back. */
  carry(conversationId: string, pause: NonNullable<DialogRecord['recordingPause']>): void
  /** The customer of a conversation is rung through again. */
  moves(conversationId: string): void
  /** The calls have changed. */
  settle(): void
  close(): void
}

export function createRecording(deps: RecordingDeps): Recording {
  const { clock } = deps
  const recordings = new Map<string, RecordingView>()
  const timers = new Map<string, () => void>()
  /** Pauses that were asked of the centre's recorder: here they only keep the transcript from listening, in the next page too. */
  const unheard = createUnheard(deps)
  const callOf = (callId: string) => deps.calls().find((call) => call.callId === callId)
  const isThere = (callId: string) => (callOf(callId)?.phase ?? 'ended') !== 'ended'
  const show = () => deps.show(Object.fromEntries(recordings))
  const set = (callId: string, view: RecordingView) => {
    recordings.set(callId, view)
    show()
    deps.changed()
  }
  const stopTimer = (callId: string) => {
    timers.get(callId)?.()
    timers.delete(callId)
  }
  const startTimer = (callId: string, ms: number, run: () => void) => {
    stopTimer(callId)
    timers.set(callId, clock.after(Math.max(0, ms), run))
  }

  /** Asks the PBX; the state is what it answers. False also when the call ended meanwhile: then there is no state. */
  async function ask(callId: string, on: boolean): Promise<boolean> {
    const before: RecordingView = recordings.get(callId) ?? { state: 'on' }
    const { failed: _failed, ...rest } = before
    set(callId, { ...rest, asked: on ? 'resume' : 'pause' })
    const status = (await deps.line()?.record?.(callId, on)) ?? 503
    if (!isThere(callId)) return false
    if (status >= 200 && status < 300) return true
    const { asked: _asked, ...now } = recordings.get(callId) ?? before
    set(callId, { ...now, failed: status })
    return false
  }

  async function wake(callId: string): Promise<void> {
    if (await ask(callId, true)) return resumed(callId, 'timer')
    // The hard timer is hard: an unheard order is given again for as long as the call lasts.
    if (isThere(callId)) startTimer(callId, 2_000, () => void wake(callId))
  }

  function resumed(callId: string, endedBy: 'agent' | 'step-closed' | 'timer'): void {
    stopTimer(callId)
    set(callId, { state: 'on' })
    deps.listen(callId, true)
    const conversationId = callOf(callId)?.conversationId
    if (conversationId !== undefined) deps.confirmed({ conversationId, callId, state: 'resumed', endedBy })
  }

  return {
    async pause(callId, reason, forMs) {
      const conversationId = callOf(callId)?.conversationId
      if (deps.account()?.recorder !== 'info') {
        if (conversationId === undefined) return
        unheard.begin(conversationId, { until: clock.now() + forMs, reason })
        try {
          await deps.host.pauseRecording({ conversationId, reason, forMs })
        } catch (error) {
          unheard.hear(conversationId)
          throw error
        }
        await unheard.look(conversationId)
        return
      }
      deps.listen(callId, false)
      if (!(await ask(callId, false))) {
        deps.listen(callId, true)
        return // the view tells that it failed, and how
      }
      const until = clock.now() + forMs
      set(callId, { state: 'paused', reason, until })
      startTimer(callId, forMs, () => void wake(callId))
      if (conversationId !== undefined) deps.confirmed({ conversationId, callId, state: 'paused', reason, forMs })
    },
    async resume(callId, endedBy) {
      const conversationId = callOf(callId)?.conversationId
      if (deps.account()?.recorder !== 'info') {
        if (conversationId === undefined) return
        await deps.host.resumeRecording({ conversationId, endedBy })
        await unheard.look(conversationId)
        return
      }
      if (await ask(callId, true)) resumed(callId, endedBy)
    },
    of(callId) {
      const { state, until, reason } = recordings.get(callId) ?? {}
      const pause = unheard.of(callOf(callId)?.conversationId)
      if (pause) return pause
      return state === 'paused' && until !== undefined && reason !== undefined ? { until, reason } : undefined
    },
    restore(callId, { until, reason }) {
      if (deps.account()?.recorder !== 'info') {
        const conversationId = callOf(callId)?.conversationId
        if (conversationId !== undefined) unheard.carry(conversationId, { until, reason })
        return
      }
      set(callId, { state: 'paused', until, reason })
      deps.listen(callId, false)
      startTimer(callId, until - clock.now(), () => void wake(callId))
    },
    carry: unheard.carry,
    moves: unheard.moves,
    settle() {
      unheard.settle()
      for (const [callId, { state }] of recordings) {
        const call = callOf(callId)
        if (call && call.phase !== 'ended') continue
        stopTimer(callId)
        recordings.delete(callId)
        show()
        if (state === 'paused' && call?.conversationId !== undefined)
          deps.confirmed({ conversationId: call.conversationId, callId, state: 'resumed', endedBy: 'call-ended' })
      }
      for (const callId of [...timers.keys()]) if (!callOf(callId)) stopTimer(callId)
    },
    close() {
      unheard.close()
      for (const cancel of timers.values()) cancel()
      timers.clear()
    }
  }
}
