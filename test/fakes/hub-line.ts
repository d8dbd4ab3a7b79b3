import type { DeskHandlers, DeskLine, WireCommand } from '../../src-main/hub/hub.ts'
import type { DeskEvent } from '../../src-shared/events.ts'

/** A desk's line with levers: what the hub holds, whether the line is up, what is lost on the way. */
export interface FakeLine extends DeskLine {
  /** The desk's log at the hub. */
  readonly log: DeskEvent[]
  /** Commands as the hub took them, in order, repeats included. */
  readonly sent: WireCommand[]
  /** How often the desk opened the line, and from which cursor. */
  readonly opened: number[]
  /** Appends to the log and, when the line is up, delivers what is new. Resolves when the desk has dealt with it. */
  publish(...events: DeskEvent[]): Promise<void>
  /** Delivers exactly this, whatever the log says. */
  deliver(batch: unknown[]): Promise<void>
  cut(): void
  mend(): void
  /** The next sends are refused with an error. */
  failNextSends(count: number): void
  /** The next sends are taken, stored and never confirmed. */
  hangNextSends(count: number): void
}

export function createFakeLine(): FakeLine {
  const log: DeskEvent[] = []
  const sent: WireCommand[] = []
  const opened: number[] = []
  let up = true
  let failing = 0
  let hanging = 0
  let current: DeskHandlers | undefined

  const line: FakeLine = {
    log,
    sent,
    opened,
    open(cursor, handlers) {
      opened.push(cursor)
      if (!up) {
        queueMicrotask(() => handlers.down('cut'))
        return { close: () => {} }
      }
      current = handlers
      let live = true
      queueMicrotask(() => {
        if (!live || current !== handlers) return
        handlers.up()
        const missed = log.filter((event) => event.deskSeq > cursor)
        if (missed.length > 0) void handlers.events(missed).catch(() => handlers.down('refused'))
      })
      return {
        close: () => {
          live = false
          if (current === handlers) current = undefined
        }
      }
    },
    send(command) {
      if (!up || !current) return Promise.reject(new Error('line is down'))
      if (failing > 0) {
        failing -= 1
        return Promise.reject(new Error('refused by lever'))
      }
      sent.push(structuredClone(command))
      if (hanging > 0) {
        hanging -= 1
        return new Promise(() => {})
      }
      return Promise.resolve()
    },
    async publish(...events) {
      log.push(...events)
      if (current) await line.deliver(events)
    },
    async deliver(batch) {
      const handlers = current
      if (!handlers) throw new Error('the desk has not opened the line')
      try {
        await handlers.events(batch)
      } catch {
        // The port's promise: a rejection ends the subscription.
        handlers.down('refused')
      }
    },
    cut() {
      up = false
      const handlers = current
      current = undefined
      handlers?.down('cut')
    },
    mend: () => {
      up = true
    },
    failNextSends: (count) => {
      failing = count
    },
    hangNextSends: (count) => {
      hanging = count
    }
  }
  return line
}
