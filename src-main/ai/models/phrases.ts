import { isHan } from '../text/fold.ts'
import type { Weight } from './model.ts'

export interface Phrase {
  start: number
  end: number
  weight: number
}

/** Han characters of one phrase at most. */
const HAN_PHRASE = 6
/** A word that says less than this share of the strongest one is not told. */
const LEAST_SHARE = 0.25

/**
 * The words that weighed: what n-grams say is spread over the characters they cover and gathered by word (Latin) or by run of characters
 * that speak the same way (Han). Strongest first; only what spoke for the label.
 */
export function phrasesOf(text: string, weights: readonly Weight[], limit: number): Phrase[] {
  const worth = new Float64Array(text.length)
  for (const { start, end, weight } of weights) {
    let letters = 0
    for (let i = start; i < end; i++) if (isLetter(text.charCodeAt(i))) letters++
    for (let i = start; i < end; i++) if (isLetter(text.charCodeAt(i))) worth[i] = (worth[i] ?? 0) + weight / letters
  }
  const phrases: Phrase[] = []
  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i)
    if (!isLetter(code)) {
      i++
      continue
    }
    const start = i
    let weight = 0
    if (isHan(code)) {
      const positive = (worth[i] ?? 0) > 0
      while (i < text.length && i - start < HAN_PHRASE && isHan(text.charCodeAt(i)) && (worth[i] ?? 0) > 0 === positive)
        weight += worth[i++] ?? 0
    } else while (i < text.length && isLetter(text.charCodeAt(i)) && !isHan(text.charCodeAt(i))) weight += worth[i++] ?? 0
    phrases.push({ start, end: i, weight })
  }
  const strongest = phrases.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight || a.start - b.start)
  const least = (strongest[0]?.weight ?? 0) * LEAST_SHARE
  return strongest.filter(({ weight }) => weight >= least).slice(0, limit)
}

const isLetter = (code: number): boolean =>
  isHan(code) ||
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 39 ||
  (code >= 0xc0 && code < 0x2000 && code !== 0xd7)
