import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { INTENTS, MOODS } from '../../../src-shared/taxonomy.ts'

const resource = (path: string): string => fileURLToPath(new URL(`../../../resources/${path}`, import.meta.url))
const articles: readonly { articleId: string; language: string }[] = JSON.parse(readFileSync(resource('practice/articles.json'), 'utf8'))
const idsIn = (language: string) => articles.filter((article) => article.language === language).map(({ articleId }) => articleId)

interface TrainingFile {
  readonly path: string
  readonly header: readonly [string, string]
  readonly labels: readonly string[]
  /** Fewest rows that every label has: with fewer, a model has nothing to tell it by. */
  readonly atLeast: number
  /** Fewest rows of `unknown`, which stands for everything else there is to say. */
  readonly unknownAtLeast?: number
}

const LANGUAGES = [
  { language: 'en', perIntent: 110, unknown: 250, perMood: 350, perArticle: 4 },
  { language: 'zh', perIntent: 110, unknown: 250, perMood: 350, perArticle: 4 }
]
const FILES: readonly TrainingFile[] = LANGUAGES.flatMap(({ language, perIntent, unknown, perMood, perArticle }) => [
  {
    path: `training/intent-${language}.tsv`,
    header: ['text', 'intent'] as const,
    labels: INTENTS,
    atLeast: perIntent,
    unknownAtLeast: unknown
  },
  { path: `training/mood-${language}.tsv`, header: ['text', 'mood'] as const, labels: MOODS, atLeast: perMood },
  { path: `training/retrieval-${language}.tsv`, header: ['question', 'article'] as const, labels: idsIn(language), atLeast: perArticle },
  { path: `training/questions-${language}.tsv`, header: ['question', 'article'] as const, labels: idsIn(language), atLeast: 2 * perArticle }
])
const WRITTEN = FILES.filter(({ path }) => existsSync(resource(path)))

/** What two rows that say the same have in common: neither width, case nor punctuation; a row of nothing but signs is itself. */
const gist = (text: string): string => {
  const wide = text.normalize('NFKC').toLowerCase()
  return wide.replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, ' ').trim() || wide
}

/** Luhn's check (ISO/IEC 7812-1, annex B) of a string of digits. */
const passesLuhn = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
const cardNumbers = (text: string): string[] =>
  [...text.normalize('NFKC').matchAll(/\d(?:[ -]?\d){12,18}(?!\d)/g)].map(([match]) => match.replace(/\D/g, '')).filter(passesLuhn)

const rowsOf = (path: string) => {
  const [header = '', ...lines] = readFileSync(resource(path), 'utf8').replace(/\n$/, '').split('\n')
  return { header: header.split('\t'), rows: lines.map((line) => line.split('\t')) }
}

describe('the check of these files', () => {
  it('sees a card number with and without its gaps, and passes other numbers', () => {
    expect(cardNumbers('it is 4111 1111 1111 1111 ok')).toEqual(['4111111111111111'])
    expect(cardNumbers('4111-1111-1111-1112, ref 30211')).toEqual([])
  })

  it('takes rows that differ in case and signs only for the same', () => {
    expect(gist('Hello,  there!')).toBe(gist('hello there'))
    expect(gist('???')).not.toBe(gist('...'))
  })

  it('has English files to look at', () => {
    expect(WRITTEN.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['training/intent-en.tsv', 'training/mood-en.tsv', 'training/retrieval-en.tsv'])
    )
  })
})

describe.each(WRITTEN)('$path', ({ path, header, labels, atLeast, unknownAtLeast }) => {
  const file = rowsOf(path)

  it('has its header and two filled columns in every row', () => {
    expect(file.header).toEqual(header)
    expect(file.rows.filter((row) => row.length !== 2 || row.some((cell) => cell !== cell.trim() || cell === ''))).toEqual([])
  })

  it('names known labels only, each of them often enough', () => {
    const counts = new Map(labels.map((label) => [label, 0]))
    for (const [, label = ''] of file.rows) counts.set(label, (counts.get(label) ?? 0) + 1)
    expect([...counts.keys()].filter((label) => !labels.includes(label))).toEqual([])
    expect([...counts].filter(([label, count]) => count < (label === 'unknown' ? (unknownAtLeast ?? atLeast) : atLeast))).toEqual([])
  })

  it('says nothing twice', () => {
    const seen = new Map<string, string>()
    const repeated = file.rows.flatMap(([text = '']) => {
      const first = seen.get(gist(text))
      seen.set(gist(text), text)
      return first === undefined ? [] : [[first, text]]
    })
    expect(repeated).toEqual([])
  })

  it('holds no number that could be a real card', () => {
    expect(file.rows.flatMap(([text = '']) => cardNumbers(text))).toEqual([])
  })
})
