import { expect, it } from 'vitest'
import { inLanguage, paragraphsOf } from '../../../src-renderer/knowledge/articles.ts'
import type { Article } from '../../../src-shared/events.ts'

const article = (articleId: string, language: 'en' | 'zh'): Article => ({
  articleId,
  revision: 1,
  language,
  title: '',
  intents: [],
  say: '',
  body: '',
  updatedAt: 0
})

it('a language filter keeps the order and the others out', () => {
  const all = [article('a', 'zh'), article('b', 'en'), article('c', 'zh')]
  expect(inLanguage(all, 'zh').map((one) => one.articleId)).toEqual(['a', 'c'])
  expect(inLanguage(all, 'all')).toHaveLength(3)
})

it('blank lines separate paragraphs, single line breaks do not', () => {
  expect(paragraphsOf('one\nstill one\n\n  two \n \n\nthree\n')).toEqual(['one\nstill one', 'two', 'three'])
  expect(paragraphsOf('')).toEqual([])
})
