/** What a recogniser's message says. Times are ms from the first audio of the connection. */
export type Heard =
  | { type: 'partial'; text: string }
  | { type: 'final'; text: string; startMs?: number; endMs?: number; confidence?: number }
  /** Nothing more will come, if we have said that no more audio comes. */
  | { type: 'end' }
  | { type: 'invalid'; why: string }

/** A recogniser's protocol over WebSocket, as pure functions; audio goes as binary messages of PCM in all of them. */
export interface Codec {
  /** The subprotocols to offer, in turn, until one is taken; an empty list offers none. */
  readonly subprotocols: readonly (readonly string[])[]
  /** Is every piece of audio answered, be it with nothing understood? */
  readonly answersAudio: boolean
  /** Its partials tell of speech at most this long after it began. */
  readonly onsetMs: number
  /** Sent when the connection is open. */
  readonly hello: string
  /** Sent after the last audio. */
  readonly goodbye: string
  /**
   * @param partial what is understood of the running utterance so far
   * @param data a message as the WebSocket gives it; whatever it is, this does not throw
   */
  read(partial: string, data: unknown): readonly Heard[]
}

/** Longer messages are not even parsed: a minute of words with their times is about a tenth of it. */
const LONGEST_MESSAGE = 256 * 1_024
/** Longer utterances are refused: nobody talks for that long without a pause. */
const LONGEST_TEXT = 4_000

export const invalid = (why: string): readonly Heard[] => [{ type: 'invalid', why }]

/** A message as a JSON object, or why it is none. */
export function objectOf(data: unknown): Readonly<Record<string, unknown>> | string {
  if (typeof data !== 'string') return 'a binary message'
  if (data.length > LONGEST_MESSAGE) return `a message of ${data.length} characters`
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return 'no JSON'
  }
  return isObject(value) ? value : 'no JSON object'
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isTooLong = (text: string): boolean => text.length > LONGEST_TEXT

/** As it is shown: recognisers put spaces between Chinese words. */
export const tidy = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/(?<=[\p{Script=Han}，。？！、]) (?=[\p{Script=Han}，。？！、])/gu, '')
    .trim()
