/** Words match where a word begins, as the desk's own search does; Han text has no such places and matches anywhere. */
const sourceOf = (word: string): string => {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return /^[\p{L}\p{N}]/u.test(word) && !/^\p{Script=Han}/u.test(word) ? `(?<![\\p{L}\\p{N}])${literal}` : literal
}
const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)

/** Where `words` occur in `text`: [start, end) offsets, or `undefined` when one of them does not. Letter case is ignored. */
export function matchWords(text: string, words: string): [number, number][] | undefined {
  const found: [number, number][] = []
  for (const word of wordsOf(words)) {
    const start = text.search(new RegExp(sourceOf(word), 'iu'))
    if (start < 0) return undefined
    found.push([start, start + word.length])
  }
  return found.sort((a, b) => a[0] - b[0])
}

/** A text in pieces, those that match one of the words marked; the pieces together are the text. */
export function highlight(text: string, words: string): { text: string; hit: boolean }[] {
  const parts = wordsOf(words).map(sourceOf)
  if (parts.length === 0) return [{ text, hit: false }]
  const pieces = text.split(new RegExp(`(${parts.join('|')})`, 'giu'))
  return pieces.map((piece, i) => ({ text: piece, hit: i % 2 === 1 })).filter((piece) => piece.text !== '')
}
