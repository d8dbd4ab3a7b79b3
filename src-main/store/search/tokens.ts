import { foldHan } from './fold.ts'

const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc\u3005\u3007]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc\u3005\u3007]+/gu
const IDEOGRAPH = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc\u3005\u3007]/u
// Text that normalising and folding would leave as it is, letter case aside (which the index folds itself).
const PLAIN = /^[^\u0080-\u00bf\u0130-\uffff]*$/
const WORD = /[\p{L}\p{M}\p{N}\p{Co}]+/gu

const normal = (text: string): string => foldHan(text.normalize('NFKC').toLowerCase())

/**
 * The tokens of a text for the search index, separated by spaces. Latin words stay as they are (the index folds accents);
 * a run of Han characters becomes its overlapping pairs and its last character, so that words of one and two characters are
 * found; traditional characters are folded to simplified ones.
 */
export function tokensOf(text: string): string {
  if (PLAIN.test(text)) return text
  let out = ''
  for (const [run] of normal(text).matchAll(RUNS)) {
    if (!IDEOGRAPH.test(run)) {
      out += ` ${run}`
      continue
    }
    const characters = [...run]
    for (let i = 0; i < characters.length; i++) out += ` ${characters[i]}${characters[i + 1] ?? ''}`
  }
  return out
}

/**
 * What a person typed as an FTS5 query: every word must be there, Latin ones by their beginning, Han ones as they stand.
 * `undefined` when there is nothing to look for. The result has no syntax of the user's: everything is quoted.
 */
export function queryOf(typed: string): string | undefined {
  const terms: string[] = []
  for (const [run] of normal(typed).matchAll(RUNS)) {
    if (!IDEOGRAPH.test(run)) {
      for (const [word] of run.matchAll(WORD)) terms.push(`"${word}"*`)
      continue
    }
    const characters = [...run]
    if (characters.length === 1) terms.push(`"${characters[0]}"*`)
    else
      terms.push(
        `"${characters
          .slice(0, -1)
          .map((c, i) => c + (characters[i + 1] ?? ''))
          .join(' ')}"`
      )
  }
  return terms.length === 0 ? undefined : terms.join(' AND ')
}
