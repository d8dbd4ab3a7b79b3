import { createBacklog, isSilent } from './backlog.ts'
import type { Codec } from './codec.ts'
import { type Connection, follow, type RecogniserSocket } from './connection.ts'
import { FRAME_MS, type Frame, type Listener, type LostReason, type Session, type Speaker } from './port.ts'

/** What a test may replace. */
export interface SessionPorts {
  /** @throws what `new WebSocket` throws for an address that is none or may not be spoken to */
  open(url: string, protocols: readonly string[]): RecogniserSocket
  /** Epoch ms. */
  now(): number
  /** 0 <= random() < 1 */
  random(): number
  /** Runs once after `ms`; gives what takes it back. */
  after(ms: number, run: () => void): () => void
}

/** Audio kept for a recogniser that is away or slow; what is older is a gap in the transcript. */
const KEEP_MS = 10_000
/** So much silence goes to the recogniser, for it to end the utterance; after that nothing, until something is to be heard again. */
const SILENCE_MS = 1_500
/** Bytes the socket may hold unsent: one second of audio. The rest waits where it can still be counted and dropped. */
const HIGH_WATER = 32_000
/** What is still being understood at the end of a call is waited for this long. */
const LINGER_MS = 5_000

/** How long to wait before the next attempt: doubles from 0.5 s to 15 s, a quarter up or down by chance. */
export const retryDelayMs = (tries: number, random: number): number => Math.min(500 * 2 ** tries, 15_000) * (0.75 + random / 2)

/** One side of a call on a recogniser's line: it comes back by itself, and what it could not hear is said. */
export function openSession(url: string, codec: Codec, speaker: Speaker, listener: Listener, ports: SessionPorts): Session {
  const backlog = createBacklog(KEEP_MS)
  let connection: Connection | undefined
  let silentMs = 0
  let pausedAt: number | undefined
  let tries = 0
  let protocols = 0
  let cancelRetry = () => {}
  let ending: { done(): void; cancel(): void } | undefined
  let ended = false

  function connect(): void {
    let socket: RecogniserSocket
    try {
      socket = ports.open(url, codec.subprotocols[protocols % codec.subprotocols.length] ?? [])
    } catch (error) {
      ended = true
      listener.state({ state: 'lost', reason: 'bad-address', detail: String(error) })
      return
    }
    let opened = false
    connection = follow(
      socket,
      codec,
      {
        opened() {
          opened = true
          listener.state({ state: 'listening' })
          pump(HIGH_WATER)
        },
        understood: (result) => listener.result({ speaker, ...result }),
        proved() {
          tries = 0
        },
        lost: (reason, detail) => onLost(opened, reason, detail)
      },
      ports
    )
  }

  function onLost(wasOpen: boolean, reason: LostReason, detail: string): void {
    if (!wasOpen) protocols += 1
    if (ending) {
      finish()
      return
    }
    forget(wasOpen)
    listener.result({ speaker, text: '', final: false, startAt: ports.now(), endAt: ports.now() })
    listener.state({ state: 'lost', reason, detail: `${url}: ${detail}` })
    cancelRetry = ports.after(retryDelayMs(tries++, ports.random()), connect)
  }

  /** Lets go of the connection; what it had not understood is to be sent again. */
  function forget(wasOpen: boolean): void {
    if (connection && wasOpen && !connection.isComplete) backlog.rewind(connection.pendingAt())
    connection?.close()
    connection = undefined
  }

  function pump(mostBytes: number): void {
    const now = connection
    while (now?.isOpen && now.waitingBytes < mostBytes) {
      const frame = backlog.next()
      if (!frame) return
      tellLost()
      now.send(frame)
    }
  }

  function tellLost(): void {
    const lost = backlog.takeLost()
    if (lost) listener.gap({ speaker, ...lost, reason: 'recogniser-lost' })
  }

  function finish(): void {
    if (ended) return
    ended = true
    cancelRetry()
    ending?.cancel()
    forget(ending !== undefined)
    backlog.giveUp()
    tellLost()
    ending?.done()
  }

  function resume(): void {
    if (pausedAt === undefined) return
    listener.gap({ speaker, startAt: pausedAt, endAt: ports.now(), reason: 'paused' })
    pausedAt = undefined
  }

  listener.state({ state: 'connecting' })
  connect()
  return {
    push(frame) {
      if (ended || ending) return
      const heard: Frame = pausedAt === undefined ? frame : { startAt: frame.startAt, pcm: new Int16Array(frame.pcm.length) }
      silentMs = isSilent(heard) ? silentMs + FRAME_MS : 0
      if (silentMs <= SILENCE_MS) backlog.push(heard)
      pump(HIGH_WATER)
    },
    pause() {
      pausedAt ??= ports.now()
    },
    resume,
    async close() {
      if (ended || ending) return
      resume()
      pump(Number.POSITIVE_INFINITY)
      const open = connection?.isOpen ? connection : undefined
      if (!open) {
        finish()
        return
      }
      await new Promise<void>((done) => {
        ending = { done, cancel: ports.after(LINGER_MS, finish) }
        open.sayGoodbye()
      })
    }
  }
}
