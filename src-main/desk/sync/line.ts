import type { Envelope } from '../../../src-shared/events.ts'
import type { DeskLine } from '../../hub/hub.ts'
import type { Timers } from '../timers.ts'
import { CLOSED, decide, type SyncInput, type SyncState } from './decide.ts'
import { BATCH_SIZE, GAP_PATIENCE, take } from './intake.ts'

export interface LineStatus {
  state: 'up' | 'connecting' | 'down'
  since: number
}

/** Keeps the line to the centre open and hands its events on, in order and each once. */
export interface Line {
  status(): LineStatus
  open(): void
  /** Reads the log again from the cursor: the store was replaced. */
  reopen(): void
  close(): void
}

export interface LineOptions {
  line: DeskLine
  now: () => number
  random: () => number
  timers: Timers
  cursor(): number
  /** Writes a batch; it throws when the store could not. */
  store(batch: Envelope[]): void
  changed(status: LineStatus): void
  fault(what: string, detail: Record<string, unknown>): void
}

export function createLine(options: LineOptions): Line {
  const { line, now, random, timers, cursor, store, changed, fault } = options
  let state: SyncState = CLOSED
  let status: LineStatus = { state: 'down', since: now() }
  let subscription: { close(): void } | undefined
  /** Deliveries of an earlier subscription may still be on their way; they are not ours any more. */
  let generation = 0
  let cancelWait: (() => void) | undefined
  let gap = { at: 0, times: 0 }

  const shown = (): LineStatus['state'] => (state.actual.name === 'up' ? 'up' : state.actual.name === 'opening' ? 'connecting' : 'down')

  function put(input: SyncInput): void {
    const decided = decide(state, input, random)
    state = decided.state
    for (const effect of decided.effects)
      switch (effect.type) {
        case 'open':
          start()
          break
        case 'close':
          stop()
          break
        case 'wait':
          stop()
          cancelWait = timers.after(effect.ms, () => put({ type: 'timer' }))
          break
        case 'cancel-wait':
          cancelWait?.()
          break
      }
    if (shown() !== status.state) {
      status = { state: shown(), since: now() }
      changed(status)
    }
  }

  function stop(): void {
    generation += 1
    subscription?.close()
    subscription = undefined
  }

  function start(): void {
    const mine = ++generation
    const current =
      <T extends unknown[]>(then: (...args: T) => void) =>
      (...args: T): void => {
        if (mine === generation) then(...args)
      }
    try {
      const opened = line.open(cursor(), {
        events: async (delivered) => {
          if (mine === generation) receive(delivered)
        },
        up: current(() => put({ type: 'up' })),
        down: current((reason: string) => {
          fault('line down', { reason })
          put({ type: 'down' })
        })
      })
      // `up` or `down` may have been told before `open` returned, and led to another subscription.
      if (mine === generation) subscription = opened
      else opened.close()
    } catch (error) {
      fault('line open', { error: String(error) })
      if (mine === generation) put({ type: 'down' })
    }
  }

  function receive(delivered: readonly unknown[]): void {
    const taken = take(cursor(), delivered)
    for (const what of taken.faults) fault('unreadable event', { what })
    const mine = generation
    write(taken.batch)
    // Applying may have ended it all: the desk was revoked or closed.
    if (mine !== generation || taken.gapBefore === undefined) return
    gap = { at: taken.gapBefore, times: taken.gapBefore === gap.at && taken.batch.length === 0 ? gap.times + 1 : 0 }
    fault('gap', { cursor: cursor(), next: taken.gapBefore, times: gap.times })
    if (gap.times < GAP_PATIENCE) {
      put({ type: 'gap', again: gap.times > 0 })
      return
    }
    // The hub has read its log to us again and again and it begins here: what was before is gone, and waiting brings nothing.
    const rest = take(taken.gapBefore - 1, delivered)
    write(rest.batch)
    gap = { at: 0, times: 0 }
    if (rest.gapBefore !== undefined) put({ type: 'gap', again: false })
  }

  function write(batch: Envelope[]): void {
    for (let i = 0; i < batch.length; i += BATCH_SIZE) store(batch.slice(i, i + BATCH_SIZE))
  }

  return {
    status: () => status,
    open: () => put({ type: 'want', wanted: true }),
    reopen: () => put({ type: 'gap', again: false }),
    close: () => put({ type: 'want', wanted: false })
  }
}
