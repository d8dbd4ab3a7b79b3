import { isHan } from './fold.ts'
import type { Reading } from './reading.ts'
import { plainWord, stem, type Word } from './words.ts'

/**
 * Cue phrases and the matcher for many of them at once.
 *
 * A cue is a row of slots parted by spaces; `a/b` in a slot means either; `~` lets up to {@link GAP_WORDS} words (or
 * {@link GAP_HAN} Han characters) stand between its neighbours, within one sentence. Latin slots are words and meet any form of the
 * word ("lose card" meets "lost my card"), unless `=` before it asks for just this form; Han slots are pieces of text that follow each other directly. A cue is either the one or
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
  /** Stems (or Han pieces) that fill it. */
  options: string[]
  /** Words that fill it only as they are. */
  exact: string[]
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
      const options = part.split('/')
      slots.push({
        gap,
        options: options.filter((option) => !option.startsWith('=')),
        exact: options.filter((option) => option.startsWith('=')).map((option) => option.slice(1))
      })
      gap = false
    }
  }
  return slots
}

/** The cues of a lexicon's row: phrases parted by `|`, over as many lines as it takes. */
export function cuesIn(row: string): string[] {
  return row.split('|').map((cue) => cue.trim())
}

/** Builds the indexes. Throws on an empty cue: lexicons are ours, a hole in one is a mistake to be seen at once. */
export function compileCues<T>(cues: readonly Cue<T>[]): Matcher<T> {
  const byWord = new Map<string, Entry<T>[]>()
  const byHan = new Map<string, Entry<T>[]>()
  cues.forEach(({ cue, value }, number) => {
    const slots = slotsOf(cue)
    const first = slots[0]
    if (
      !first ||
      slots.some((slot) => slot.options.includes('') || slot.exact.includes('') || slot.options.length + slot.exact.length === 0)
    )
      throw new Error(`Bad cue "${cue}"`)
    const han = isHanCue(cue)
    if (!han) for (const slot of slots) slot.options = slot.options.map((word) => stem(plainWord(word)))
    const index = han ? byHan : byWord
    for (const key of new Set(
      han ? first.options.map((option) => option.charAt(0)) : [...first.options, ...first.exact.map((word) => stem(plainWord(word)))]
    )) {
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
      if (!entry.slots[0] || !fills(first, entry.slots[0])) continue
      const last = followWords(reading, entry.slots, i)
      const end = last === undefined ? undefined : words[last]?.end
      if (end !== undefined) hits.push({ value: entry.value, cue: entry.cue, start: first.start, end, word: i })
    }
  }
}

function fills(word: Word, slot: Slot): boolean {
  return slot.options.includes(word.stem) || slot.exact.includes(word.form)
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
      if (fills(word, slot)) break
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
