import { type Codec, type Heard, invalid, isTooLong, objectOf, tidy } from './codec.ts'
import { FRAME_MS, SAMPLE_RATE } from './port.ts'

/** Units of 60 ms: looked back at, understood at once, looked ahead at. */
const CHUNK_SIZE = [5, 10, 5] as const

/**
 * FunASR's runtime protocol in its two-pass mode (github.com/modelscope/FunASR, runtime/docs/websocket_protocol.md): the fast model's
 * `2pass-online` messages bring an utterance piece by piece, the careful model's `2pass-offline` message replaces it when a pause ends it.
 * `timestamp` is a list of [from, to] in ms, as JSON in a string; only models that give times send it.
 * @param hotwords words to listen for, each with its weight
 */
export function funAsr(hotwords: Readonly<Record<string, number>> = {}): Codec {
  return {
    // The newer Python server wants "binary", the C++ server takes no subprotocol at all.
    subprotocols: [[], ['binary']],
    answersAudio: false,
    // A chunk, what it looks ahead, and the work.
    onsetMs: (CHUNK_SIZE[1] + CHUNK_SIZE[2]) * 60 + 300,
    hello: JSON.stringify({
      mode: '2pass',
      wav_name: 'sidetone',
      wav_format: 'pcm',
      audio_fs: SAMPLE_RATE,
      is_speaking: true,
      chunk_size: CHUNK_SIZE,
      // The Python server counts messages, so it is told how many of ours make one chunk.
      chunk_interval: (CHUNK_SIZE[1] * 60) / FRAME_MS,
      hotwords: Object.keys(hotwords).length > 0 ? JSON.stringify(hotwords) : '',
      itn: true
    }),
    goodbye: JSON.stringify({ is_speaking: false }),
    read
  }
}

function read(before: string, data: unknown): readonly Heard[] {
  const message = objectOf(data)
  if (typeof message === 'string') return invalid(message)
  const { mode, text, is_final: isFinal } = message
  if (typeof text !== 'string') return invalid('a text that is no text')
  if (isTooLong(text)) return invalid('too long a text')
  if (isFinal !== undefined && typeof isFinal !== 'boolean') return invalid('an is_final that is neither true nor false')
  // The Python server says "final" of everything while audio comes; it counts only when we have said goodbye.
  const end: readonly Heard[] = isFinal ? [{ type: 'end' }] : []
  switch (mode) {
    case '2pass-online': {
      const joined = join(before, text)
      return isTooLong(joined) ? invalid('too long a text') : [{ type: 'partial', text: joined }, ...end]
    }
    case '2pass-offline':
      return [{ type: 'final', text: tidy(text), ...timesOf(message['timestamp']) }, ...end]
    default:
      return text === '' && isFinal ? end : invalid(`an unknown mode: ${String(mode).slice(0, 40)}`)
  }
}

/** Pieces of Latin script are words of their own; pieces of Chinese follow each other. */
const join = (before: string, next: string): string =>
  tidy(/[A-Za-z0-9]$/.test(before) && /^[A-Za-z0-9]/.test(next) ? `${before} ${next}` : before + next)

/** First and last moment of a list of [from, to]; nothing where there is none or it makes no sense. */
function timesOf(timestamp: unknown): { startMs: number; endMs: number } | undefined {
  const written = typeof timestamp === 'string' ? timestamp : Array.isArray(timestamp) ? JSON.stringify(timestamp) : ''
  const pairs = [...written.matchAll(/\[\s*(\d{1,9})\s*,\s*(\d{1,9})\s*\]/g)]
  const [startMs, endMs] = [Number(pairs[0]?.[1]), Number(pairs.at(-1)?.[2])]
  return startMs <= endMs ? { startMs, endMs } : undefined
}
