import type { Block, Extractor } from './features.ts'

/** The n-grams a model knows: hashes in ascending order, and in how many of `documents` training texts each occurred. */
export interface Terms {
  blocks: readonly Block[]
  documents: number
  hashes: Uint32Array
  /** Document frequencies, as far as 16 bits go. */
  frequencies: Uint16Array
  /** Which block each belongs to. */
  blockOf: Uint8Array
}

/** A sparse vector: `indices[i]` has the value `values[i]`. */
export interface Sparse {
  indices: Int32Array
  values: Float32Array
}

export interface Vocabulary {
  size: number
  /** Index of a hash, -1 when it is not known. */
  find(hash: number): number
  vector(text: string): Sparse
  /** The vector of a text whose n-grams were counted before, with the vocabulary's own blocks. */
  vectorOf(hashes: readonly number[]): Sparse
}

/**
 * Weighs n-grams as (1 + ln tf)(ln((1 + N) / (1 + df)) + 1), each block brought to its weight as length; only known ones count.
 */
export function createVocabulary(terms: Terms, extract: Extractor): Vocabulary {
  const { hashes, blocks } = terms
  const size = hashes.length
  let room = 16
  while (room < size * 2) room *= 2
  const slots = new Int32Array(room).fill(-1)
  for (let i = 0; i < size; i++) {
    let slot = (hashes[i] ?? 0) & (room - 1)
    while (slots[slot] !== -1) slot = (slot + 1) & (room - 1)
    slots[slot] = i
  }
  const find = (hash: number): number => {
    let slot = hash & (room - 1)
    for (;;) {
      const index = slots[slot] ?? -1
      if (index < 0 || hashes[index] === hash) return index
      slot = (slot + 1) & (room - 1)
    }
  }
  const rarity = new Float32Array(size)
  for (let i = 0; i < size; i++) rarity[i] = Math.log((1 + terms.documents) / (1 + (terms.frequencies[i] ?? 0))) + 1
  const counts = new Uint16Array(size)
  const vectorOf = (grams: readonly number[]): Sparse => {
    const seen: number[] = []
    for (const hash of grams) {
      const index = find(hash)
      if (index < 0) continue
      const count = counts[index] ?? 0
      if (count === 0) seen.push(index)
      counts[index] = count + 1
    }
    seen.sort((a, b) => a - b)
    const indices = Int32Array.from(seen)
    const values = new Float32Array(seen.length)
    const squares = new Float64Array(blocks.length)
    for (let i = 0; i < seen.length; i++) {
      const index = indices[i] ?? 0
      const value = (1 + Math.log(counts[index] ?? 1)) * (rarity[index] ?? 0)
      counts[index] = 0
      values[i] = value
      const block = terms.blockOf[index] ?? 0
      squares[block] = (squares[block] ?? 0) + value * value
    }
    for (let i = 0; i < seen.length; i++) {
      const block = terms.blockOf[indices[i] ?? 0] ?? 0
      values[i] = ((values[i] ?? 0) * (blocks[block]?.weight ?? 1)) / Math.sqrt(squares[block] || 1)
    }
    return { indices, values }
  }
  const vector = (text: string): Sparse => {
    const grams: number[] = []
    extract(text, blocks, (_, hash) => grams.push(hash))
    return vectorOf(grams)
  }
  return { size, find, vector, vectorOf }
}
