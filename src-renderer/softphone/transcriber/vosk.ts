import { type Codec, type Heard, invalid, isObject, isTooLong, objectOf, tidy } from './codec.ts'
import { SAMPLE_RATE } from './port.ts'

/**
 * The protocol of vosk-server's WebSocket server (github.com/alphacep/vosk-server, websocket/asr_server.py): a config object, then PCM;
 * each piece of audio is answered by `{"partial"}` or, at the end of an utterance, `{"text", "result": [{word, start, end, conf}]}` with
 * seconds. With `max_alternatives` set at the server it is `{"alternatives": [{text, result?, confidence}]}`. After the goodbye come the
 * last answers, and the server closes.
 */
export const VOSK: Codec = {
  subprotocols: [[]],
  answersAudio: true,
  onsetMs: 600,
  hello: `{"config" : { "sample_rate" : ${SAMPLE_RATE}, "words" : 1 }}`,
  // The server compares the text, spaces and all; any other spelling is taken for audio and ends the connection with an error.
  goodbye: '{"eof" : 1}',
  read(_, data) {
    const message = objectOf(data)
    if (typeof message === 'string') return invalid(message)
    if ('partial' in message)
      return typeof message['partial'] === 'string' ? partial(message['partial']) : invalid('a partial that is no text')
    if ('alternatives' in message) {
      const best: unknown = Array.isArray(message['alternatives']) ? message['alternatives'][0] : undefined
      // The confidence of an alternative is a likelihood without a scale, so it is not taken over.
      return isObject(best) ? final(best) : invalid('alternatives without one')
    }
    if ('text' in message) return final(message)
    return invalid('neither a partial nor a text')
  }
}

const partial = (text: string): readonly Heard[] => (isTooLong(text) ? invalid('too long a text') : [{ type: 'partial', text: tidy(text) }])

interface Word {
  start: number
  end: number
  conf: number | undefined
}

function final(message: Readonly<Record<string, unknown>>): readonly Heard[] {
  const { text, result } = message
  if (typeof text !== 'string') return invalid('a text that is no text')
  if (isTooLong(text)) return invalid('too long a text')
  const words = Array.isArray(result) ? result.flatMap(wordOf) : []
  const [first, last] = [words[0], words.at(-1)]
  const marks = words.flatMap((word) => word.conf ?? [])
  return [
    {
      type: 'final',
      text: tidy(text),
      ...(first && last && first.start <= last.end
        ? { startMs: Math.round(first.start * 1_000), endMs: Math.round(last.end * 1_000) }
        : {}),
      ...(marks.length > 0 ? { confidence: marks.reduce((sum, mark) => sum + mark, 0) / marks.length } : {})
    }
  ]
}

/** A word whose times make sense; others do not count. */
function wordOf(value: unknown): Word[] {
  if (!isObject(value)) return []
  const { start, end, conf } = value
  if (!isSeconds(start) || !isSeconds(end)) return []
  return [{ start, end, conf: typeof conf === 'number' && conf >= 0 && conf <= 1 ? conf : undefined }]
}

const isSeconds = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0
