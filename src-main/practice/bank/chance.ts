/** A source of numbers in [0, 1) that is the same for the same words (FNV-1a, then mulberry32). */
export function chanceOf(...words: readonly (string | number)[]): () => number {
  let state = 0x811c9dc5
  for (const char of words.join('|')) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const pick = <T>(list: readonly T[], chance: () => number): T => {
  const found = list[Math.floor(chance() * list.length)]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

/** A whole number from `from` to `to`, both included. */
export const between = (from: number, to: number, chance: () => number): number => from + Math.floor(chance() * (to - from + 1))
