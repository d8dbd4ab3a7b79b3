import type { Reader } from '../text/reading.ts'
import { termsOf } from './terms.ts'

/** How much two questions ask the same, 0..1: the share of their terms that they have in common (Dice). */
export function createSimilarity(read: Reader): (a: string, b: string) => number {
  return (a, b) => {
    const one = new Set(termsOf(read(a)))
    const other = new Set(termsOf(read(b)))
    if (one.size + other.size === 0) return a === b ? 1 : 0
    let both = 0
    for (const term of one) if (other.has(term)) both++
    return (2 * both) / (one.size + other.size)
  }
}
