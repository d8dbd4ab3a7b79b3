import type { Codec, Heard } from './codec.ts'
import { FRAME_MS, type Frame, type LostReason } from './port.ts'
import { createStreamClock } from './stream-clock.ts'

/** What is needed of a WebSocket; the browser's own has it. */
export type RecogniserSocket = Pick<
  WebSocket,
  'binaryType' | 'bufferedAmount' | 'readyState' | 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'
>

/** One connection to a recogniser, from opening to loss. */
export interface Connection {
  readonly isOpen: boolean
  /** After the goodbye: it said its last word, all that was sent is understood. */
  readonly isComplete: boolean
  /** Bytes that the socket holds unsent. */
  readonly waitingBytes: number
  /** Epoch ms from which on nothing was understood yet. */
  pendingAt(): number
  send(frame: Frame): void
  /** No more audio comes. */
  sayGoodbye(): void
  /** Nothing is told any more. */
  close(): void
}

/** What comes of a connection. */
export interface ConnectionEvents {
  opened(): void
  /** Times are epoch ms. A final without text takes the partial back. */
  understood(result: { text: string; final: boolean; startAt: number; endAt: number; confidence?: number }): void
  /** At most once, and nothing after it. */
  lost(reason: LostReason, detail: string): void
  /** Its messages are the recogniser's protocol. */
  proved(): void
}

interface ConnectionPorts {
  now(): number
  after(ms: number, run: () => void): () => void
}

const OPEN_MS = 10_000
/** Time without a single answer, from a server that answers each piece of audio. */
const UNANSWERED_MS = 15_000
/** Messages in a row that are not the protocol. */
const MOST_INVALID = 20
const OPEN = 1
const NORMAL_CLOSURE = 1000

export function follow(socket: RecogniserSocket, codec: Codec, events: ConnectionEvents, ports: ConnectionPorts): Connection {
  const clock = createStreamClock(ports.now())
  let partial = ''
  let utteranceMs = 0
  let understoodMs = 0
  let answers = 0
  /** When the first audio was sent that nothing has come back for. */
  let askedAt: number | undefined
  let invalid = 0
  let isOpen = false
  let isLeaving = false
  let isComplete = false
  let over = false

  // A server that answers each piece shows by that how far it is; of others it is taken that they keep up.
  const heardMs = () => (codec.answersAudio ? Math.min(clock.sentMs, answers * FRAME_MS) : clock.sentMs)
  const cancelOpen = ports.after(OPEN_MS, () => lose('unreachable', `no answer in ${OPEN_MS / 1_000} s`))

  function end(): void {
    over = true
    cancelOpen()
    socket.close()
  }
  // Closing a dead connection takes the browser a minute; nobody waits for that.
  function lose(reason: LostReason, detail: string): void {
    if (over) return
    end()
    events.lost(reason, detail)
  }

  function take(heard: Heard): void {
    if (heard.type === 'invalid') {
      invalid += 1
      if (invalid >= MOST_INVALID) lose('nonsense', heard.why)
      return
    }
    invalid = 0
    events.proved()
    if (heard.type === 'end') {
      isComplete = isLeaving
      if (isComplete) lose('dropped', 'it is done')
      return
    }
    const before = partial
    if (before === '' && heard.text !== '') utteranceMs = Math.max(understoodMs, heardMs() - codec.onsetMs)
    const [startMs, endMs] = timesOf(heard) ?? [utteranceMs, heardMs()]
    partial = heard.type === 'partial' ? heard.text : ''
    if (heard.type === 'final') understoodMs = Math.max(understoodMs, endMs)
    if (heard.text === '' && before === '') return
    events.understood({
      text: heard.text,
      final: heard.type === 'final' && heard.text !== '',
      startAt: clock.at(startMs, 'start'),
      endAt: clock.at(endMs, 'end'),
      ...(heard.type === 'final' && heard.confidence !== undefined ? { confidence: heard.confidence } : {})
    })
  }

  /** Times beyond what was sent are none. */
  function timesOf(heard: Heard): [number, number] | undefined {
    if (heard.type !== 'final' || heard.startMs === undefined || heard.endMs === undefined) return undefined
    return heard.startMs <= heard.endMs && heard.endMs <= clock.sentMs + FRAME_MS ? [heard.startMs, heard.endMs] : undefined
  }

  socket.binaryType = 'arraybuffer'
  socket.onopen = () => {
    if (over) return
    cancelOpen()
    isOpen = true
    socket.send(codec.hello)
    events.opened()
  }
  socket.onmessage = ({ data }) => {
    if (over) return
    answers += 1
    askedAt = undefined
    for (const heard of codec.read(partial, data)) take(heard)
  }
  socket.onclose = ({ code }) => {
    // After the goodbye a proper close is Vosk's way to say that this was all (RFC 6455 7.4.1).
    isComplete ||= isLeaving && code === NORMAL_CLOSURE
    lose(isOpen ? 'dropped' : 'unreachable', `closed with ${code}`)
  }

  return {
    get isOpen() {
      return isOpen && !over && socket.readyState === OPEN
    },
    get isComplete() {
      return isComplete
    },
    get waitingBytes() {
      return socket.bufferedAmount
    },
    pendingAt: () => clock.at(Math.max(understoodMs, partial === '' ? heardMs() - codec.onsetMs : utteranceMs), 'start'),
    send({ pcm, startAt }) {
      socket.send(pcm)
      clock.sent(startAt, FRAME_MS)
      askedAt ??= ports.now()
      if (codec.answersAudio && ports.now() - askedAt > UNANSWERED_MS)
        lose('silent', `${UNANSWERED_MS / 1_000} s of audio without an answer`)
    },
    sayGoodbye() {
      isLeaving = true
      socket.send(codec.goodbye)
    },
    close: end
  }
}
