import type { z } from 'zod'
import type { ConversationRow } from '../../../src-shared/contract/inbox.ts'
import type { Article, Customer } from '../../../src-shared/events.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'
import { queryOf } from '../search/tokens.ts'
import { CONVERSATION_COLUMNS, conversationRow, type Reading, type StoredConversation } from './rows.ts'

// The JSON columns below were written by projections from checked data.
const fromJson = <T>(row: { json: string } | undefined): T | undefined => row && (JSON.parse(row.json) as T)

export const findCustomer = (desk: ReadDb, customerId: string): Customer | undefined =>
  fromJson<Customer>(desk.get('select json from customer where customerId = ?', customerId))

export const CONVERSATIONS_OF_SQL = `select ${CONVERSATION_COLUMNS} from conversation c where c.customerId = ? order by c.rowId desc limit 200`

/** The customer's conversations that this desk knows, newest first. */
export const conversationsOf = (reading: Reading, customerId: string): z.infer<typeof ConversationRow>[] =>
  reading.desk.all<StoredConversation>(CONVERSATIONS_OF_SQL, customerId).map((row) => conversationRow(reading, row))

export const findArticle = (desk: ReadDb, articleId: string): Article | undefined =>
  fromJson<Article>(desk.get('select json from article where articleId = ?', articleId))

export const allArticles = (desk: ReadDb): Article[] =>
  desk.all<{ json: string }>('select json from article order by title, articleId').map((row) => JSON.parse(row.json) as Article)

/** Articles that have every word, best first; all of them by title when nothing was typed. */
export function listArticles(desk: ReadDb, text: string): Article[] {
  if (text.trim() === '') return allArticles(desk)
  const query = queryOf(text)
  if (query === undefined) return []
  return desk
    .all<{ json: string }>(
      'select a.json from article_search s join article a on a.rowId = s.rowid where article_search match ? order by rank limit 100',
      query
    )
    .map((row) => JSON.parse(row.json) as Article)
}
