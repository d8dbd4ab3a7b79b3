/** Where `words` occur in `text`: [start, end) offsets, or `undefined` when one of them does not. Letter case is ignored. */
export function matchWords(text: string, words: string): [number, number][] | undefined {
  const lower = text.toLowerCase()
  const found: [number, number][] = []
  for (const word of words.toLowerCase().split(/\s+/).filter(Boolean)) {
    const start = lower.indexOf(word)
    if (start < 0) return undefined
    found.push([start, start + word.length])
  }
  return found.sort((a, b) => a[0] - b[0])
}

/** A text in pieces, those that matched marked. Every place where a word of the search begins a word (or stands in Han text) counts. */
export function highlight(text: string, words: string): { text: string; hit: boolean }[] {
  const parts = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (parts.length === 0) return [{ text, hit: false }]
  const pieces = text.split(new RegExp(`(${parts.join('|')})`, 'giu'))
  return pieces.map((piece, i) => ({ text: piece, hit: i % 2 === 1 })).filter((piece) => piece.text !== '')
}
