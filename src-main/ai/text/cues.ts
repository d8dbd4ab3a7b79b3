import { isHan } from './fold.ts'
import type { Reading } from './reading.ts'
import { plainWord, stem } from './words.ts'

/**
 * Cue phrases and the matcher for many of them at once.
 *
 * A cue is a row of slots parted by spaces; `a/b` in a slot means either; `~` lets up to {@link GAP_WORDS} words (or
 * {@link GAP_HAN} Han characters) stand between its neighbours, within one sentence. Latin slots are words and meet any form of the
 * word ("lose card" meets "lost my card"); Han slots are pieces of text that follow each other directly. A cue is either the one or
 * the other.
 */
export interface Cue<T> {
  cue: string
  value: T
}

export interface Hit<T> {
  value: T
  /** Which cue it was: equal numbers are the same cue found twice. */
  cue: number
  start: number
  end: number
  /** Index of the first word; -1 for a Han cue. */
  word: number
}

export type Matcher<T> = (reading: Reading) => Hit<T>[]

const GAP_WORDS = 4
const GAP_HAN = 7
/** Words that may stand between two slots unasked. */
const FILLERS = new Set(
  [
    'my',
    'the',
    'a',
    'an',
    'your',
    'our',
    'this',
    'that',
    'to',
    'new',
    'some',
    'any',
    'please',
    'just',
    'of',
    'for',
    'all',
    'me',
    'be',
    'really',
    'so',
    'very',
    'i'
  ].map(stem)
)
const SENTENCE_END = /[。！？；\n!?;]/

interface Slot {
  gap: boolean
  options: string[]
}
interface Entry<T> {
  value: T
  cue: number
  slots: Slot[]
}

function slotsOf(cue: string): Slot[] {
  const slots: Slot[] = []
  let gap = false
  for (const part of cue.trim().split(/\s+/)) {
    if (part === '~') gap = true
    else {
      slots.push({ gap, options: part.split('/') })
      gap = false
    }
  }
  return slots
}

/** Builds the indexes. Throws on an empty cue: lexicons are ours, a hole in one is a mistake to be seen at once. */
export function compileCues<T>(cues: readonly Cue<T>[]): Matcher<T> {
  const byWord = new Map<string, Entry<T>[]>()
  const byHan = new Map<string, Entry<T>[]>()
  cues.forEach(({ cue, value }, number) => {
    const slots = slotsOf(cue)
    const first = slots[0]
    if (!first || slots.some((slot) => slot.options.includes(''))) throw new Error(`Bad cue "${cue}"`)
    const han = isHanCue(cue)
    if (!han) for (const slot of slots) slot.options = slot.options.map((word) => stem(plainWord(word)))
    const index = han ? byHan : byWord
    for (const key of new Set(first.options.map((option) => (han ? option.charAt(0) : option)))) {
      const list = index.get(key)
      if (list) list.push({ value, cue: number, slots })
      else index.set(key, [{ value, cue: number, slots }])
    }
  })
  return (reading) => {
    const hits: Hit<T>[] = []
    matchWords(reading, byWord, hits)
    matchHan(reading, byHan, hits)
    return hits
  }
}

function isHanCue(cue: string): boolean {
  for (let i = 0; i < cue.length; i++) if (isHan(cue.charCodeAt(i))) return true
  return false
}

function matchWords<T>(reading: Reading, index: Map<string, Entry<T>[]>, hits: Hit<T>[]): void {
  const { words } = reading
  for (let i = 0; i < words.length; i++) {
    const first = words[i]
    const entries = first && index.get(first.stem)
    if (!entries) continue
    for (const entry of entries) {
      const last = followWords(reading, entry.slots, i)
      const end = last === undefined ? undefined : words[last]?.end
      if (end !== undefined) hits.push({ value: entry.value, cue: entry.cue, start: first.start, end, word: i })
    }
  }
}

/** Index of the word that fills the last slot, or undefined when the rest of the cue does not follow. */
function followWords({ words }: Reading, slots: readonly Slot[], from: number): number | undefined {
  let at = from
  for (let s = 1; s < slots.length; s++) {
    const slot = slots[s]
    if (!slot) return undefined
    let room = slot.gap ? GAP_WORDS : 0
    let next = at + 1
    for (;;) {
      const word = words[next]
      if (!word || word.sentence !== words[from]?.sentence) return undefined
      if (slot.options.includes(word.stem)) break
      if (!FILLERS.has(word.stem) && room-- <= 0) return undefined
      next++
    }
    at = next
  }
  return at
}

function matchHan<T>({ folded }: Reading, index: Map<string, Entry<T>[]>, hits: Hit<T>[]): void {
  for (let i = 0; i < folded.length; i++) {
    if (!isHan(folded.charCodeAt(i))) continue
    const entries = index.get(folded.charAt(i))
    if (!entries) continue
    for (const entry of entries) {
      const end = followHan(folded, entry.slots, i)
      if (end !== undefined) hits.push({ value: entry.value, cue: entry.cue, start: i, end, word: -1 })
    }
  }
}

function followHan(folded: string, slots: readonly Slot[], from: number): number | undefined {
  let at = from
  for (let s = 0; s < slots.length; s++) {
    const slot = slots[s]
    if (!slot) return undefined
    let found: number | undefined
    const furthest = slot.gap ? at + GAP_HAN : at
    for (let start = at; start <= furthest && found === undefined; start++) {
      let longest = 0
      for (const option of slot.options) if (option.length > longest && folded.startsWith(option, start)) longest = option.length
      if (longest > 0) found = start + longest
      else if (SENTENCE_END.test(folded.charAt(start))) return undefined
    }
    if (found === undefined) return undefined
    at = found
  }
  return at
}
