import type { RecordingEffect } from './port.ts'

/** What the recorder of a conversation was asked last and has not confirmed. */
export interface RecorderAsk extends RecordingEffect {
  askedAt: number
  times: number
}

/** So often a recorder is asked to pause; a pause that comes much later would surprise everybody. */
const PAUSE_TIMES = 3
/** When the silence is said in the timeline. */
const SILENT_TIMES = 3

/**
 * What the recorders were asked and have not confirmed: asked again until they do. Nothing of it is a fact, so a restart forgets it,
 * as it ends the calls.
 */
export interface RecorderAsks {
  readonly open: ReadonlyMap<string, RecorderAsk>
  asked(effect: RecordingEffect, now: number): void
  /** The recorder did something, or the recording is over. */
  settled(conversationId: string, what: 'paused' | 'resumed' | 'over'): void
  /** Asks that are due again; `silent`: the recorder has kept silent for so long that people must know. */
  due(now: number): { again: RecordingEffect[]; silent: string[] }
  nextAt(): number | undefined
}

export function createRecorderAsks(patienceMs: number): RecorderAsks {
  const open = new Map<string, RecorderAsk>()
  // A recorder that stays silent is asked less and less often.
  const dueAt = (ask: RecorderAsk) => ask.askedAt + patienceMs * Math.min(ask.times, 10)
  return {
    open,
    asked(effect, now) {
      const before = open.get(effect.conversationId)
      const times = before?.pause === effect.pause && before.callId === effect.callId ? before.times + 1 : 1
      open.set(effect.conversationId, { ...effect, askedAt: now, times })
    },
    settled(conversationId, what) {
      const ask = open.get(conversationId)
      if (ask && (what === 'over' || ask.pause === (what === 'paused'))) open.delete(conversationId)
    },
    due(now) {
      const again: RecordingEffect[] = []
      const silent: string[] = []
      for (const [conversationId, ask] of open) {
        if (dueAt(ask) > now) continue
        if (ask.times === SILENT_TIMES) silent.push(conversationId)
        if (ask.pause && ask.times >= PAUSE_TIMES) open.delete(conversationId)
        else {
          const { askedAt: _, times: __, ...effect } = ask
          again.push(effect)
        }
      }
      return { again, silent }
    },
    nextAt() {
      let next: number | undefined
      for (const ask of open.values()) next = Math.min(next ?? Number.POSITIVE_INFINITY, dueAt(ask))
      return next
    }
  }
}
