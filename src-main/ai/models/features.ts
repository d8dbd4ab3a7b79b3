import { createFold, isHan } from '../text/fold.ts'

/**
 * What a model counts in a text. `words`: Latin words and single Han characters, as n-grams; `within`: characters of each word padded by
 * a space on both sides; `across`: characters of the whole text, spaces included. `from`..`to` are the lengths counted.
 */
export interface Block {
  kind: 'words' | 'within' | 'across'
  from: number
  to: number
  /** Length of the block's part of the vector. */
  weight: number
}

/** Told of each n-gram: the block's index, a 32-bit hash, and where it stands in the text (UTF-16). */
export type Emit = (block: number, hash: number, start: number, end: number) => void

export type Extractor = (text: string, blocks: readonly Block[], emit: Emit) => void

/** Longer texts are read up to here; what a customer wants is said before. */
const TEXT_LIMIT = 1_500
const SPACE = 32

/** Turns texts into n-grams. Offsets fit the given text, because folding keeps the length. */
export function createExtractor(): Extractor {
  const fold = createFold()
  return (text, blocks, emit) => {
    const folded = fold(text.length > TEXT_LIMIT ? text.slice(0, TEXT_LIMIT) : text)
    const tokens = tokensOf(folded)
    blocks.forEach((block, at) => {
      if (block.kind === 'words') words(folded, tokens, block, at, emit)
      else if (block.kind === 'within') for (const token of tokens) characters(codesOf(folded, token.start, token.end), block, at, emit)
      else characters(squeeze(folded), block, at, emit)
    })
  }
}

interface Token {
  start: number
  end: number
}

const APOSTROPHE = 39
const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 48 && code <= 57) ||
  (code > 127 && code < 0x2e80 && code !== 0xd7 && !(code >= 0x2000 && code < 0x2c00))

function tokensOf(folded: string): Token[] {
  const tokens: Token[] = []
  let start = -1
  for (let i = 0; i <= folded.length; i++) {
    const code = i < folded.length ? folded.charCodeAt(i) : 0
    if (isWord(code) || (code === APOSTROPHE && start >= 0 && isWord(folded.charCodeAt(i + 1)))) {
      if (start < 0) start = i
      continue
    }
    if (start >= 0) tokens.push({ start, end: i })
    start = -1
    if (isHan(code)) tokens.push({ start: i, end: i + 1 })
  }
  return tokens
}

function words(folded: string, tokens: readonly Token[], block: Block, at: number, emit: Emit): void {
  const hashes = tokens.map((token) => {
    let hash = seedOf(at)
    for (let i = token.start; i < token.end; i++) {
      const code = folded.charCodeAt(i)
      if (code !== APOSTROPHE) hash = Math.imul(hash ^ code, 0x01000193)
    }
    return hash
  })
  for (let first = 0; first < tokens.length; first++) {
    let hash = 0
    for (let last = first; last < tokens.length && last - first < block.to; last++) {
      hash = Math.imul(hash, 0x9e3779b1) ^ mix(hashes[last] ?? 0)
      const start = tokens[first]?.start ?? 0
      if (last - first + 1 >= block.from) emit(at, mix(hash + last - first), start, tokens[last]?.end ?? start)
    }
  }
}

/** UTF-16 units with the place each came from. */
interface Codes {
  codes: readonly number[]
  places: readonly number[]
}

function codesOf(folded: string, start: number, end: number): Codes {
  const codes = [SPACE]
  const places = [start]
  for (let i = start; i < end; i++) {
    codes.push(folded.charCodeAt(i))
    places.push(i)
  }
  codes.push(SPACE)
  places.push(end)
  return { codes, places }
}

/** The text with every run of white space as one space, and one before and behind. */
function squeeze(folded: string): Codes {
  const codes = [SPACE]
  const places = [0]
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i)
    const blank = code === SPACE || (code >= 9 && code <= 13)
    if (blank && codes.at(-1) === SPACE) continue
    codes.push(blank ? SPACE : code)
    places.push(i)
  }
  if (codes.at(-1) !== SPACE) {
    codes.push(SPACE)
    places.push(folded.length)
  }
  return { codes, places }
}

function characters({ codes, places }: Codes, block: Block, at: number, emit: Emit): void {
  const seed = seedOf(at)
  for (let first = 0; first < codes.length; first++) {
    let hash = seed
    for (let last = first; last < codes.length && last - first < block.to; last++) {
      const code = codes[last] ?? 0
      hash = Math.imul(hash ^ code, 0x01000193)
      if (last - first + 1 < block.from || (first === last && code === SPACE)) continue
      const place = places[last] ?? 0
      emit(at, mix(hash + last - first), places[first] ?? 0, place + (code === SPACE ? 0 : 1))
    }
  }
}

const seedOf = (block: number): number => 0x811c9dc5 ^ Math.imul(block + 1, 0x85ebca6b)

/** Spreads a hash over all 32 bits (the finish of MurmurHash3); the result is not negative. */
function mix(hash: number): number {
  let h = hash
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h >>> 0
}
