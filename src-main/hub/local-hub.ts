import { openDatabase } from '../sqlite/sqlite.ts'
import { createFaults } from './faults.ts'
import type { CentreLine, DeskLine, Hub, HubLevers, ReceivedCommand } from './hub.ts'
import { follow, type Subscription } from './subscription.ts'
import { createTables } from './tables.ts'

/** A send that was lost is given up after this long, as a request to a server across a network would be. */
const SEND_TIMEOUT_MS = 5_000

/** What the hub tells about itself. */
export interface HubLog {
  write(event: string, detail?: Record<string, unknown>): void
}

export interface LocalHubOptions {
  /** A file, or `:memory:`. */
  path: string
  /** 32 bytes; the file is encrypted with it. */
  key?: Buffer | undefined
  log?: HubLog | undefined
}

/** Why a desk's line did not take something. `line_down`: cut or closed; `lost`: no answer came; `refused`: turned away. */
export class LineError extends Error {
  readonly code: 'line_down' | 'lost' | 'refused'
  constructor(code: 'line_down' | 'lost' | 'refused', message: string) {
    super(message)
    this.name = 'LineError'
    this.code = code
  }
}

/**
 * The hub in one process, kept in SQLite: the practice centre's line, and the reference for others. A committed decision is in the
 * file before `commit` returns, a command before `send` resolves.
 *
 * @throws {SqliteError} when the file cannot be opened.
 */
export function createLocalHub(options: LocalHubOptions): Hub & { levers: HubLevers } {
  const db = openDatabase(options.path, options.key)
  const tables = createTables(db)
  const subscriptions = new Map<string, Set<Subscription>>()
  /** Ends sends on their way when the line is cut. */
  const inFlight = new Map<string, Set<(error: LineError) => void>>()
  let closed = false

  const faults = createFaults((deskId) => {
    if (faults.of(deskId).up) return
    for (const one of [...(subscriptions.get(deskId) ?? [])]) one.cut('line_down')
    for (const fail of [...(inFlight.get(deskId) ?? [])]) fail(new LineError('line_down', 'the line was cut'))
  })

  const subscribersOf = (deskId: string): Set<Subscription> => {
    let set = subscriptions.get(deskId)
    if (!set) subscriptions.set(deskId, (set = new Set()))
    return set
  }

  // Commands: one queue in the order of arrival, handed out by one reader.
  interface Reader {
    handler: (command: ReceivedCommand) => void
    after: number
    scheduled: boolean
    /** Places of commands that the handler threw on, by id. */
    failed: Map<string, number>
  }
  let reader: Reader | undefined
  const handOut = () => {
    const mine = reader
    if (!mine || mine.scheduled) return
    mine.scheduled = true
    setImmediate(() => {
      mine.scheduled = false
      if (closed || reader !== mine) return
      const open = tables.openCommands(mine.after)
      for (const next of open) {
        if (closed || reader !== mine) return
        mine.after = next.seq
        try {
          mine.handler(next.command)
        } catch (error) {
          // It stays open and comes again when it is sent again, or to the next reader; the ones behind it must not wait for that.
          mine.failed.set(next.command.id, next.seq)
          options.log?.write('hub.command-failed', { error: String(error), commandId: next.command.id, deskId: next.command.deskId })
        }
      }
      if (open.length > 0) handOut()
    })
  }

  /** Who sends a command again has had no answer: one that failed gets another try. */
  const handOutAgain = (commandId: string) => {
    const seq = reader?.failed.get(commandId)
    if (!reader || seq === undefined) return
    reader.failed.delete(commandId)
    reader.after = Math.min(reader.after, seq - 1)
    handOut()
  }

  const centre: CentreLine = {
    commit({ facts, deskEvents, handled }) {
      const touched = new Set<string>()
      tables.transaction(() => {
        for (const fact of facts) tables.addFact(fact)
        for (const { deskId, event } of deskEvents) if (tables.append(deskId, event)) touched.add(deskId)
        if (handled) tables.handled(handled.deskId, handled.commandId)
      })
      for (const deskId of touched) for (const one of subscriptions.get(deskId) ?? []) one.wake()
    },
    facts: () => tables.facts(),
    factsOf: (conversationId) => tables.factsOf(conversationId),
    onCommand(handler) {
      const mine: Reader = { handler, after: 0, scheduled: false, failed: new Map() }
      reader = mine
      handOut()
      return {
        close: () => {
          if (reader === mine) reader = undefined
        }
      }
    }
  }

  const desk = (deskId: string): DeskLine => {
    /** Sends of one desk keep their order, whatever each of them waits for. */
    let queue: Promise<unknown> = Promise.resolve()
    return {
      open(cursor, handlers) {
        const set = subscribersOf(deskId)
        const subscription = follow({
          cursor,
          handlers,
          faults: faults.of(deskId),
          after: (from, limit) => (closed ? [] : tables.after(deskId, from, limit)),
          ended: () => set.delete(subscription)
        })
        set.add(subscription)
        return { close: subscription.close }
      },
      send(command) {
        const line = faults.of(deskId)
        const attempt = () =>
          new Promise<void>((resolve, reject) => {
            if (closed || !line.up) return reject(new LineError('line_down', 'the line to the centre is down'))
            if (line.refuse > 0) {
              line.refuse -= 1
              return reject(new LineError('refused', 'the hub refused the command'))
            }
            const lost = line.drop > 0
            if (lost) line.drop -= 1
            let pending = inFlight.get(deskId)
            if (!pending) inFlight.set(deskId, (pending = new Set()))
            const waiting = pending
            const settle = (done: () => void) => {
              clearTimeout(timer)
              waiting.delete(fail)
              done()
            }
            const fail = (error: LineError) => settle(() => reject(error))
            const store = () =>
              settle(() => {
                if (closed) return reject(new LineError('line_down', 'the hub is closed'))
                try {
                  if (tables.addCommand(deskId, command)) handOut()
                  else handOutAgain(command.id)
                  resolve()
                } catch (error) {
                  reject(error)
                }
              })
            waiting.add(fail)
            const timer: NodeJS.Timeout | undefined = lost
              ? setTimeout(() => fail(new LineError('lost', 'no answer from the hub')), SEND_TIMEOUT_MS)
              : line.delayMs > 0
                ? setTimeout(store, line.delayMs)
                : undefined
            if (lost) timer?.unref()
            else if (timer === undefined) store()
          })
        const result = queue.then(attempt)
        queue = result.catch(() => undefined) // the caller gets the failure; the next send only waits its turn
        return result
      }
    }
  }

  return {
    desk,
    centre: () => centre,
    levers: faults.levers,
    close() {
      if (closed) return
      closed = true
      reader = undefined
      for (const set of subscriptions.values()) for (const one of [...set]) one.cut('closed')
      for (const set of inFlight.values()) for (const fail of [...set]) fail(new LineError('line_down', 'the hub was closed'))
      db.close()
    }
  }
}
