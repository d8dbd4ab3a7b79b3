import type { Article } from '../../src-shared/events.ts'

export type LanguageFilter = 'all' | 'en' | 'zh'

export const inLanguage = (articles: readonly Article[], filter: LanguageFilter): Article[] =>
  articles.filter((article) => filter === 'all' || article.language === filter)

/** An article's body as paragraphs: they are separated by blank lines. */
export const paragraphsOf = (body: string): string[] =>
  body
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
