import type { Hit } from './cues.ts'
import type { Reading } from './reading.ts'
import { stem } from './words.ts'

/** A negating word before a phrase, in the same clause: where it begins. */
export interface Negation {
  start: number
}

const NOT = new Set(
  [
    'not',
    'no',
    'never',
    'dont',
    'doesnt',
    'didnt',
    'isnt',
    'arent',
    'wasnt',
    'werent',
    'wont',
    'wouldnt',
    'cant',
    'couldnt',
    'havent',
    'hasnt',
    'hadnt',
    'nobody',
    'none',
    'neither',
    'nor',
    'without',
    'hardly',
    'aint',
    'shouldnt',
    'unable',
    'nothing',
    'stop'
  ].map(stem)
)
const HAN_NOT = ['不', '没', '未', '别', '无法', '并非', '从未', '莫', '毫无']
/** Han words that hold a negating character without negating what follows. */
const HAN_NOT_AT_ALL = [
  '不但',
  '不仅',
  '不光',
  '不过',
  '不好意思',
  '差不多',
  '不得不',
  '无论',
  '不管',
  '不一会',
  '不停',
  '不断',
  '没错',
  '特别',
  '别人',
  '别的',
  '不久',
  '分别',
  '级别',
  '要不',
  '是不是',
  '能不能',
  '可不可以',
  '有没有',
  '会不会',
  '行不行',
  '好不好',
  '不如',
  '区别'
]

/** The negation that governs a hit, looking back at most `reach` words (English) or twice as many characters (Chinese). */
export function negationBefore(reading: Reading, hit: Hit<unknown>, reach: number): Negation | undefined {
  return hit.word >= 0 ? wordsBefore(reading, hit.word, reach) : hanBefore(reading.folded, hit.start, reach * 2)
}

function wordsBefore({ words }: Reading, at: number, reach: number): Negation | undefined {
  const clause = words[at]?.clause
  for (let i = at - 1; i >= 0 && i >= at - reach; i--) {
    const word = words[i]
    if (!word || word.clause !== clause) return undefined
    // "not only" stresses, it does not negate.
    if (NOT.has(word.stem))
      return words[i + 1]?.stem === 'only' || (word.stem === 'no' && words[i + 1]?.stem === 'doubt') ? undefined : { start: word.start }
  }
  return undefined
}

function hanBefore(folded: string, at: number, reach: number): Negation | undefined {
  const from = Math.max(0, at - reach)
  let piece = folded.slice(from, at)
  const stop = Math.max(
    ...['，', '。', '！', '？', '；', '、', '：', ',', '!', '?', ';', '\n', '但'].map((mark) => piece.lastIndexOf(mark))
  )
  const offset = from + stop + 1
  piece = piece.slice(stop + 1)
  for (const word of HAN_NOT_AT_ALL) piece = piece.split(word).join('\u0000'.repeat(word.length))
  const last = Math.max(...HAN_NOT.map((word) => piece.lastIndexOf(word)))
  return last < 0 ? undefined : { start: offset + last }
}
