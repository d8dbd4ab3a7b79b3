/** Words that tests speak: word n is a stretch of samples of the value 100 (n + 1), so that who listens really depends on the audio. */
export const VOCABULARY = 'my card is lost please block it now thank you good bye one two three four five six seven eight nine ten'.split(
  ' '
)

const STEP = 100
const SAMPLES_PER_MS = 16
/** Silence of this length ends an utterance. */
const PAUSE_MS = 500

/** 16 kHz PCM of a word, as it is spoken here. @throws Error for a word that is not in the vocabulary */
export function pcmOf(word: string, ms: number): Int16Array<ArrayBuffer> {
  const n = VOCABULARY.indexOf(word)
  if (n < 0) throw new Error(`nobody here can say "${word}"`)
  return new Int16Array(ms * SAMPLES_PER_MS).fill(STEP * (n + 1))
}

/** A word understood; ms from the first audio on. */
export interface HeardWord {
  word: string
  startMs: number
  endMs: number
}

export type Understood = { type: 'partial'; words: readonly HeardWord[] } | { type: 'final'; words: readonly HeardWord[] }

/** Listens to speech of {@link pcmOf}, a piece at a time. */
export interface Ear {
  /** What the piece brought: the utterance so far, or the whole of it when a pause ended it. Nothing while nobody speaks. */
  hear(pcm: Int16Array): Understood | undefined
  /** The audio is over. */
  end(): Understood | undefined
}

export function createEar(): Ear {
  let position = 0
  let words: HeardWord[] = []
  let silentMs = 0

  function end(): Understood | undefined {
    const understood = words
    words = []
    return understood.length > 0 ? { type: 'final', words: understood } : undefined
  }

  return {
    hear(pcm) {
      const startMs = position / SAMPLES_PER_MS
      position += pcm.length
      const endMs = position / SAMPLES_PER_MS
      const word = VOCABULARY[Math.round((pcm[0] ?? 0) / STEP) - 1]
      if (word === undefined) {
        silentMs += endMs - startMs
        if (words.length === 0) return undefined
        return silentMs >= PAUSE_MS ? end() : { type: 'partial', words }
      }
      silentMs = 0
      const last = words.at(-1)
      words =
        last?.word === word && last.endMs === startMs ? [...words.slice(0, -1), { ...last, endMs }] : [...words, { word, startMs, endMs }]
      return { type: 'partial', words }
    },
    end
  }
}
