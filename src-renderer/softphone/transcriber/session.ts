import { type Backlog, createBacklog, isSilent } from './backlog.ts'
import type { Codec, Heard } from './codec.ts'
import { FRAME_MS, type Frame, type Listener, type LostReason, type Session, type Speaker } from './port.ts'
import { createStreamClock, type StreamClock } from './stream-clock.ts'

/** What a session needs of a WebSocket; the browser's own has it. */
export type RecogniserSocket = Pick<
  WebSocket,
  'binaryType' | 'bufferedAmount' | 'readyState' | 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'
>

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
const OPEN_MS = 10_000
const LINGER_MS = 5_000
/** Time without a single answer, from a server that answers each piece of audio. */
const UNANSWERED_MS = 15_000
/** Messages in a row that are not the protocol. */
const MOST_INVALID = 20
const OPEN = 1
const NORMAL_CLOSURE = 1000

/** How long to wait before the next attempt: doubles from 0.5 s to 15 s, a quarter up or down by chance. */
export const retryDelayMs = (tries: number, random: number): number => Math.min(500 * 2 ** tries, 15_000) * (0.75 + random / 2)

/** One side of a call on a recogniser's line: it comes back by itself, and what it could not hear is said. */
export function openSession(url: string, codec: Codec, speaker: Speaker, listener: Listener, ports: SessionPorts): Session {
  const backlog: Backlog = createBacklog(KEEP_MS)
  let line: Line | undefined
  let silentMs = 0
  let pausedAt: number | undefined
  let tries = 0
  let protocols = 0
  let cancelRetry: (() => void) | undefined
  let ending: { done(): void; cancel(): void } | undefined
  let ended = false

  /** One connection, from opening to loss. */
  interface Line {
    socket: RecogniserSocket
    clock: StreamClock
    open: boolean
    cancelOpen(): void
    /** It said its last word: all that was sent is understood. */
    complete: boolean
    /** Epoch ms from which on nothing was understood yet. */
    pendingAt(): number
  }

  function connect(): void {
    if (ended) return
    let socket: RecogniserSocket
    try {
      socket = ports.open(url, codec.subprotocols[protocols % codec.subprotocols.length] ?? [])
    } catch (error) {
      listener.state({ state: 'lost', reason: 'bad-address', detail: String(error) })
      ended = true
      return
    }
    line = follow(socket)
  }

  function follow(socket: RecogniserSocket): Line {
    const clock = createStreamClock(ports.now())
    let partial = ''
    let utteranceMs = 0
    let understoodMs = 0
    let answers = 0
    /** When the first audio was sent that nothing has come back for. */
    let askedAt: number | undefined
    let invalid = 0
    let loss: { reason: LostReason; detail: string } | undefined

    // A server that answers each piece shows by that how far it is; of others it is taken that they keep up.
    const heardMs = () => (codec.answersAudio ? Math.min(clock.sentMs, answers * FRAME_MS) : clock.sentMs)
    const giveUp = (reason: LostReason, detail: string) => {
      loss ??= { reason, detail }
      socket.close()
      // Closing a dead connection takes the browser a minute; nobody waits for that.
      lost()
    }
    let over = false
    function lost(): void {
      if (over) return
      over = true
      self.cancelOpen()
      if (line === self) line = undefined
      onLost(self, loss ?? { reason: self.open ? 'dropped' : 'unreachable', detail: url })
    }

    function take(heard: Heard): void {
      if (heard.type === 'invalid') {
        invalid += 1
        if (invalid >= MOST_INVALID) giveUp('nonsense', heard.why)
        return
      }
      invalid = 0
      tries = 0
      if (heard.type === 'end') {
        if (!ending) return
        self.complete = true
        socket.close()
        return
      }
      if (partial === '' && heard.text !== '') utteranceMs = Math.max(understoodMs, heardMs() - codec.onsetMs)
      const said = heard.type === 'partial' ? undefined : timesOf(heard)
      const [startMs, endMs] = said ?? [utteranceMs, heardMs()]
      const had = partial
      partial = heard.type === 'partial' ? heard.text : ''
      if (heard.type === 'final') understoodMs = Math.max(understoodMs, endMs)
      if (heard.text === '' && had === '') return
      listener.result({
        speaker,
        text: heard.text,
        final: heard.type === 'final' && heard.text !== '',
        startAt: clock.at(startMs, 'start'),
        endAt: clock.at(endMs, 'end'),
        ...(heard.type === 'final' && heard.confidence !== undefined ? { confidence: heard.confidence } : {})
      })
    }

    /** Times beyond what was sent are none. */
    const timesOf = ({ startMs, endMs }: { startMs?: number; endMs?: number }): [number, number] | undefined =>
      startMs !== undefined && endMs !== undefined && startMs <= endMs && endMs <= clock.sentMs + FRAME_MS ? [startMs, endMs] : undefined

    const self: Line = {
      socket,
      clock,
      open: false,
      complete: false,
      cancelOpen: ports.after(OPEN_MS, () => giveUp('unreachable', `${url}: no answer in ${OPEN_MS / 1_000} s`)),
      pendingAt: () => clock.at(Math.max(understoodMs, partial === '' ? heardMs() - codec.onsetMs : utteranceMs), 'start')
    }
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      self.cancelOpen()
      if (over || ended) return
      self.open = true
      socket.send(codec.hello)
      listener.state({ state: 'listening' })
      pump(HIGH_WATER)
    }
    socket.onmessage = ({ data }) => {
      if (over || ended) return
      answers += 1
      askedAt = undefined
      for (const heard of codec.read(partial, data)) take(heard)
    }
    socket.onclose = ({ code }) => {
      // After the goodbye a proper close is Vosk's way to say that this was all (RFC 6455 7.4.1).
      if (ending && code === NORMAL_CLOSURE) self.complete = true
      lost()
    }
    const { sent } = clock
    clock.sent = (startAt, ms) => {
      sent(startAt, ms)
      askedAt ??= ports.now()
      if (codec.answersAudio && ports.now() - askedAt > UNANSWERED_MS)
        giveUp('silent', `${UNANSWERED_MS / 1_000} s of audio without an answer`)
    }
    return self
  }

  function onLost(gone: Line, { reason, detail }: { reason: LostReason; detail: string }): void {
    if (!gone.open) protocols += 1
    else if (!gone.complete) backlog.rewind(gone.pendingAt())
    if (ending) {
      finish()
      return
    }
    if (ended) return
    listener.result({ speaker, text: '', final: false, startAt: ports.now(), endAt: ports.now() })
    listener.state({ state: 'lost', reason, detail })
    cancelRetry = ports.after(retryDelayMs(tries++, ports.random()), connect)
  }

  function pump(mostBytes: number): void {
    const now = line
    if (!now?.open || now.socket.readyState !== OPEN) return
    while (now.socket.bufferedAmount < mostBytes && line === now) {
      const frame = backlog.next()
      if (!frame) break
      tellLost()
      now.socket.send(frame.pcm)
      now.clock.sent(frame.startAt, FRAME_MS)
    }
  }

  function tellLost(): void {
    const lost = backlog.takeLost()
    if (lost) listener.gap({ speaker, ...lost, reason: 'recogniser-lost' })
  }

  function finish(): void {
    if (ended) return
    ended = true
    cancelRetry?.()
    ending?.cancel()
    if (line?.open) backlog.rewind(line.pendingAt())
    line?.cancelOpen()
    line?.socket.close()
    backlog.giveUp()
    tellLost()
    ending?.done()
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
    resume() {
      if (pausedAt === undefined) return
      listener.gap({ speaker, startAt: pausedAt, endAt: ports.now(), reason: 'paused' })
      pausedAt = undefined
    },
    close() {
      if (ended || ending) return Promise.resolve()
      return new Promise((done) => {
        ending = {
          done,
          cancel: ports.after(LINGER_MS, finish)
        }
        pump(Number.POSITIVE_INFINITY)
        if (line?.open) line.socket.send(codec.goodbye)
        else finish()
      })
    }
  }
}
