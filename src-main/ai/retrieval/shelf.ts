import type { Article } from '../../../src-shared/events.ts'
import type { Intent, Language } from '../../../src-shared/taxonomy.ts'
import type { Passage } from '../ai.ts'
import type { Reader } from '../text/reading.ts'
import { INTENT_TERMS } from './synonyms.ts'
import { termsOf } from './terms.ts'

/** The knowledge base of one language, ready to be searched (Okapi BM25, Robertson and Zaragoza 2009). */
export interface Shelf {
  search(query: string, intent: Intent | undefined, limit: number): Passage[]
}

const K1 = 1.2
const B = 0.6
const TITLE_WEIGHT = 3
const SAY_WEIGHT = 1.5
/** All of the customers' own questions together. */
const ASKED_WEIGHT = 3
/** From here on a question counts as one that the article answers. */
const ASKED_ALIKE = 0.6
/** What the topic of a question and its terms add to a score, where the models say what its topic is. */
const TOPIC_SHARE = 0.7
const TERM_SHARE = 0.42
/** The given intent then says less that is new. */
const TOPIC_LIFT = 0.1
const TOPIC_OTHER = 0.95
const LEAST_SHARE = 0.01
/** What people's ratings can move at most, and how many of them make half of it. */
const RATING_REACH = 0.15
const RATING_HALF = 4
/** What an intent's own words count against the customer's. */
const SYNONYM_WEIGHT = 0.35
/** How much of the way to certain an article of the right intent is lifted. */
const INTENT_LIFT = 0.5
/** An article of another intent, when the intent is known. */
const OTHER_INTENT = 0.7
/** Less than this is not worth a person's glance. */
const MIN_SCORE = 0.2

interface Shelved {
  article: Article
  counts: Map<string, number>
  length: number
  paragraphs: { text: string; terms: Set<string> }[]
}

/** How people's ratings for this wish lift or lower a score. */
function rated({ ratings = [] }: Article, intent: Intent | undefined): number {
  const one = ratings.find((rating) => rating.intent === intent)
  return one ? 1 + (RATING_REACH * (one.up - one.down)) / (one.up + one.down + RATING_HALF) : 1
}

/**
 * @param similarity how much two questions ask the same, 0..1
 * @param topics shares of intents in a question, by the models; empty without them: then terms and the given intent decide alone
 */
export function createShelf(
  articles: readonly Article[],
  language: Language,
  read: Reader,
  similarity: (a: string, b: string) => number,
  topics: (text: string) => ReadonlyMap<string, number>
): Shelf {
  const shelved = articles.filter((article) => article.language === language).map((article) => shelve(article, read))
  const holders = new Map<string, number[]>()
  shelved.forEach(({ counts }, i) => {
    for (const term of counts.keys()) {
      const list = holders.get(term)
      if (list) list.push(i)
      else holders.set(term, [i])
    }
  })
  const meanLength = shelved.reduce((sum, { length }) => sum + length, 0) / Math.max(1, shelved.length)
  const rarity = (term: string): number =>
    Math.log(1 + (shelved.length - (holders.get(term)?.length ?? 0) + 0.5) / ((holders.get(term)?.length ?? 0) + 0.5))
  const own = (query: string): Map<string, number> => new Map(termsOf(read(query)).map((term) => [term, 1]))
  const hinted = (intent: Intent | undefined): Map<string, number> => {
    const words = intent && INTENT_TERMS[intent]?.[language]
    return new Map(words ? termsOf(read(words)).map((term) => [term, SYNONYM_WEIGHT]) : [])
  }
  return {
    search: (query, intent, limit) => {
      if (shelved.length === 0 || limit <= 0) return []
      const known = intent === 'unknown' ? undefined : intent
      const asked = own(query)
      const terms = new Map([...hinted(known), ...asked])
      const found = new Map<number, { raw: number; matched: number }>()
      for (const [term, weight] of terms) {
        const idf = rarity(term) * weight
        for (const i of holders.get(term) ?? []) {
          const item = shelved[i]
          if (!item) continue
          const tf = item.counts.get(term) ?? 0
          const part = (tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * item.length) / meanLength))
          const sum = found.get(i) ?? { raw: 0, matched: 0 }
          sum.raw += idf * part
          if (asked.has(term)) sum.matched++
          found.set(i, sum)
        }
      }
      // What a perfect article would reach; words that no article knows count fully, so junk scores low.
      const best = [...asked].reduce((sum, [term]) => sum + rarity(term) * (K1 + 1) * 0.75, 0)
      const floor = Math.max(best, rarity('') * 2.5)
      const about = topics(query)
      const passages: Passage[] = []
      shelved.forEach((item, i) => {
        const { raw, matched } = found.get(i) ?? { raw: 0, matched: 0 }
        const fits = known !== undefined && item.article.intents.includes(known)
        const alike = Math.max(0, ...(item.article.asked ?? []).map((text) => similarity(text, query)))
        const judged = about.size > 0 && item.article.intents.length > 0
        const share = Math.max(0, ...item.article.intents.map((one) => about.get(one) ?? 0))
        if (matched === 0 && !fits && alike < ASKED_ALIKE && share < LEAST_SHARE) return
        const fit = Math.min(1, raw / floor)
        const plain = judged ? Math.min(1, TOPIC_SHARE * share + TERM_SHARE * fit) : fit
        const [lift, other] = judged ? [TOPIC_LIFT, TOPIC_OTHER] : [INTENT_LIFT, OTHER_INTENT]
        const fitting = fits ? plain + (1 - plain) * lift : known === undefined ? plain : plain * other
        const score = Math.min(1, Math.max(fitting, alike >= ASKED_ALIKE ? alike : 0) * rated(item.article, known))
        if (score >= (judged ? LEAST_SHARE : MIN_SCORE)) passages.push(passageOf(item, terms, rarity, Math.round(score * 1_000) / 1_000))
      })
      return passages.sort((a, b) => b.score - a.score || (a.articleId < b.articleId ? -1 : 1)).slice(0, limit)
    }
  }
}

function shelve(article: Article, read: Reader): Shelved {
  const counts = new Map<string, number>()
  const add = (text: string, weight: number) => {
    for (const term of termsOf(read(text))) counts.set(term, (counts.get(term) ?? 0) + weight)
  }
  add(article.title, TITLE_WEIGHT)
  add(article.say, SAY_WEIGHT)
  add(article.body, 1)
  for (const text of article.asked ?? []) add(text, ASKED_WEIGHT / (article.asked?.length ?? 1))
  const paragraphs = article.body
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ text, terms: new Set(termsOf(read(text))) }))
  return { article, counts, length: [...counts.values()].reduce((sum, count) => sum + count, 0), paragraphs }
}

function passageOf(
  { article, paragraphs }: Shelved,
  terms: ReadonlyMap<string, number>,
  rarity: (term: string) => number,
  score: number
): Passage {
  let passage = paragraphs[0]?.text ?? article.say
  let most = 0
  for (const paragraph of paragraphs) {
    let sum = 0
    for (const [term, weight] of terms) if (paragraph.terms.has(term)) sum += rarity(term) * weight
    if (sum > most) {
      most = sum
      passage = paragraph.text
    }
  }
  return { articleId: article.articleId, title: article.title, passage, say: article.say, score }
}
