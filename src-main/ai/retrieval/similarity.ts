import { isHan } from '../text/fold.ts'
import type { Reader, Reading } from '../text/reading.ts'
import { stem } from '../text/words.ts'
import { SYNONYMS_EN } from './synonyms-en.ts'
import { SYNONYMS_ZH } from './synonyms-zh.ts'
import { termsOf } from './terms.ts'

/** What two questions have in common counts by kind: a word of the same meaning says most. */
const SYNONYM = 2
const TERM = 1
const CHARACTER = 1
const PAIR = 0.7

/** The groups of words that mean the same, by word. */
interface Synonyms {
  /** Numbers of the groups that occur in a text, as keys that no term can be. */
  groupsIn(reading: Reading): Set<string>
}

export function createSynonyms(read: Reader): Synonyms {
  const english = groupsBy(SYNONYMS_EN, 'e', stem)
  const chinese = groupsBy(SYNONYMS_ZH, 'c', (word) => read(word).folded)
  const longest = Math.max(...[...chinese.keys()].map((word) => word.length))
  return {
    groupsIn: ({ words, folded }) => {
      const found = new Set<string>()
      for (const word of words) for (const group of english.get(word.stem) ?? []) found.add(group)
      for (let i = 0; i < folded.length; i++) {
        if (!isHan(folded.charCodeAt(i))) continue
        for (let size = 2; size <= longest && i + size <= folded.length; size++)
          for (const group of chinese.get(folded.slice(i, i + size)) ?? []) found.add(group)
      }
      return found
    }
  }
}

function groupsBy(table: string, prefix: string, form: (word: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  table.split(/[|\n]/).forEach((line, i) => {
    for (const word of line.trim().split(/\s+/)) {
      if (word === '') continue
      const key = form(word)
      groups.set(key, [...(groups.get(key) ?? []), `\u0000${prefix}${i}`])
    }
  })
  return groups
}

/**
 * How much two questions ask the same, 0..1: the share of what they consist of that they have in common (Dice, weighted): word stems,
 * Han characters and pairs of them, and groups of words that mean the same.
 */
export function createSimilarity(read: Reader, synonyms: Synonyms): (a: string, b: string) => number {
  const partsOf = (text: string): Map<string, number> => {
    const reading = read(text)
    const parts = new Map<string, number>()
    for (const term of termsOf(reading)) if (!isHan(term.charCodeAt(0))) parts.set(term, TERM)
    const { folded } = reading
    for (let i = 0; i < folded.length; i++) {
      if (!isHan(folded.charCodeAt(i))) continue
      parts.set(folded.charAt(i), CHARACTER)
      if (isHan(folded.charCodeAt(i + 1))) parts.set(folded.slice(i, i + 2), PAIR)
    }
    for (const group of synonyms.groupsIn(reading)) parts.set(group, SYNONYM)
    return parts
  }
  return (a, b) => {
    const one = partsOf(a)
    const other = partsOf(b)
    let all = 0
    let both = 0
    for (const weight of other.values()) all += weight
    for (const [part, weight] of one) {
      all += weight
      if (other.has(part)) both += weight
    }
    return all === 0 ? (a === b ? 1 : 0) : Math.min(1, (2 * both) / all)
  }
}
