import { createFold } from './fold.ts'
import { type Word, wordsOf } from './words.ts'

/** A text made ready for matching. All offsets are UTF-16 offsets into `text`, because folding keeps the length. */
export interface Reading {
  text: string
  folded: string
  words: Word[]
}
export type Reader = (text: string) => Reading

/** Longer texts are read up to here; the rest of a pasted document does not decide what a customer wants. */
export const READ_LIMIT = 8_000

export function createReader(): Reader {
  const fold = createFold()
  return (text) => {
    const folded = fold(text.length > READ_LIMIT ? text.slice(0, READ_LIMIT) : text)
    return { text, folded, words: wordsOf(folded) }
  }
}
