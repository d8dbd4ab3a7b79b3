import type { WireCommand } from '../../hub/hub.ts'
import type { ReadDb } from '../../store/open.ts'
import { nextWaiting, type StoredCommand } from '../../store/own/commands.ts'
import type { Timers } from '../timers.ts'
import { backOffMs } from './decide.ts'

/** The hub says nothing for this long: the command counts as not sent. */
const SEND_TIMEOUT_MS = 5_000
/** Stored by the hub but not answered by the centre for this long: everything unanswered is sent again, which is harmless. */
const ANSWER_TIMEOUT_MS = 10_000

/**
 * Sends waiting commands in the order entered, one at a time, at least once. What was sent and not answered is sent again after
 * every reconnect; the centre knows a command by its id and answers it once.
 */
export interface Outbox {
  /** Something was stored: look whether it can be sent. */
  kick(): void
  lineUp(): void
  lineDown(): void
  /** The centre has answered something; the clock for the next answer starts again. */
  answered(): void
  close(): void
}

export interface OutboxOptions {
  /** Asked each time: a damaged file may have been replaced. */
  own: () => ReadDb
  send(command: WireCommand): Promise<void>
  timers: Timers
  random: () => number
  fault(what: string): void
}

export function createOutbox({ own, send, timers, random, fault }: OutboxOptions): Outbox {
  let up = false
  let closed = false
  /** Grows with every line, so that the answer of an old one is told from the present one's. */
  let line = 0
  let sentTo = 0
  let sending = false
  let failures = 0
  let cancelRetry: (() => void) | undefined
  let cancelAnswer: (() => void) | undefined

  const stopTimers = (): void => {
    cancelRetry?.()
    cancelAnswer?.()
    cancelRetry = cancelAnswer = undefined
  }
  const watchAnswers = (): void => {
    cancelAnswer?.()
    cancelAnswer = undefined
    if (!up || closed || sentTo === 0 || !nextWaiting(own(), 0)) return
    cancelAnswer = timers.after(ANSWER_TIMEOUT_MS, () => {
      cancelAnswer = undefined
      sentTo = 0
      kick()
    })
  }
  const withTimeout = (sent: Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      const cancel = timers.after(SEND_TIMEOUT_MS, () => reject(new Error(`the hub did not take it within ${SEND_TIMEOUT_MS} ms`)))
      sent.then(resolve, reject).finally(cancel)
    })

  function kick(): void {
    if (!up || closed || sending || cancelRetry) return
    const next = nextWaiting(own(), sentTo)
    if (!next) {
      watchAnswers()
      return
    }
    sending = true
    const mine = line
    withTimeout(send(wire(next))).then(
      () =>
        settled(mine, () => {
          failures = 0
          sentTo = next.seq
          watchAnswers()
          kick()
        }),
      (error: unknown) =>
        settled(mine, () => {
          fault(error instanceof Error ? error.message : String(error))
          cancelRetry = timers.after(backOffMs(failures++, random), () => {
            cancelRetry = undefined
            kick()
          })
        })
    )
  }
  function settled(mine: number, then: () => void): void {
    if (mine !== line || closed) return
    sending = false
    then()
  }

  return {
    kick,
    lineUp() {
      line += 1
      stopTimers()
      up = true
      sending = false
      failures = 0
      sentTo = 0
      kick()
    },
    lineDown() {
      line += 1
      stopTimers()
      up = false
      sending = false
    },
    answered: watchAnswers,
    close() {
      closed = true
      stopTimers()
    }
  }
}

const wire = (command: StoredCommand): WireCommand => ({ id: command.commandId, at: command.at, type: command.type, data: command.data })
