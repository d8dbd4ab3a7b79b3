import type { Hit } from '../../../src-shared/contract/records.ts'
import type { Customer } from '../../../src-shared/events.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'
import { queryOf } from '../search/tokens.ts'

/** How many of each kind stand above the messages, so that these are always seen as well. */
const FEW = 6

export const SEARCH_SQL = {
  namesake: 'select customerId, name, phone, json from customer where name = ? collate nocase limit ?',
  customer: `select c.customerId, c.name, c.phone, c.json from customer_search s join customer c on c.rowId = s.rowid
             where customer_search match ? order by s.rowid desc limit ?`,
  article: `select a.articleId, a.title, a.json from article_search s join article a on a.rowId = s.rowid
            where article_search match ? order by rank limit ?`,
  conversation: `select c.conversationId, c.reason, c.channel, c.openedAt,
                   (select name from customer where customerId = c.customerId) as name
                 from conversation_search s join conversation c on c.rowId = s.rowid
                 where conversation_search match ? order by s.rowid desc limit ?`,
  entry: `select e.entryId, e.conversationId, e.text, e.at, (select name from customer where customerId = e.customerId) as name
          from entry_search s join entry e on e.rowId = s.rowid
          where entry_search match ? order by s.rowid desc limit ?`
} as const

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
interface StoredCustomer {
  customerId: string
  name: string
  phone: string
  json: string
}
const distinctCustomers = (rows: readonly StoredCustomer[]): StoredCustomer[] => [
  ...new Map(rows.map((row) => [row.customerId, row])).values()
]

const exactTitleFirst = <T extends { title: string }>(rows: T[], typed: string): T[] => {
  const wanted = typed.trim().toLowerCase()
  return rows.sort((a, b) => Number(b.title.toLowerCase() === wanted) - Number(a.title.toLowerCase() === wanted))
}

/** Everything this desk has: customers, articles, conversations, then messages, the newest first. */
export function find(desk: ReadDb, text: string, limit: number): Hit[] {
  const query = queryOf(text)
  if (query === undefined) return []
  const few = Math.min(FEW, limit)
  // Not by rank: for a letter or two that would weigh every customer, and the whole name is looked up beside it.
  const customers = distinctCustomers([
    ...desk.all<StoredCustomer>(SEARCH_SQL.namesake, text.trim(), few),
    ...desk.all<StoredCustomer>(SEARCH_SQL.customer, query, few)
  ])
    .slice(0, few)
    .map((row): Hit => {
      const products = (JSON.parse(row.json) as Customer).products.map((p) => p.name) // written by the projection from checked data
      return { kind: 'customer', customerId: row.customerId, text: row.name, detail: [row.phone, ...products].join(' · ') }
    })
  const articles = exactTitleFirst(desk.all<{ articleId: string; title: string; json: string }>(SEARCH_SQL.article, query, few), text).map(
    (row): Hit => {
      const { say } = JSON.parse(row.json) as { say: string } // written by the projection from checked data
      return { kind: 'article', articleId: row.articleId, text: row.title, detail: oneLine(say).slice(0, 160) }
    }
  )
  const conversations = desk
    .all<{ conversationId: string; reason: string; channel: 'voice' | 'chat' | 'email'; openedAt: number; name: string | null }>(
      SEARCH_SQL.conversation,
      query,
      few
    )
    .map(
      (row): Hit => ({
        kind: 'conversation',
        conversationId: row.conversationId,
        text: row.name ?? row.reason,
        detail: row.reason,
        channel: row.channel,
        at: row.openedAt
      })
    )
  const above = [...customers, ...articles, ...conversations].slice(0, limit)
  if (above.length >= limit) return above
  const entries = desk
    .all<{ entryId: string; conversationId: string; text: string; at: number; name: string | null }>(
      SEARCH_SQL.entry,
      query,
      limit - above.length
    )
    .map(
      (row): Hit => ({
        kind: 'entry',
        conversationId: row.conversationId,
        entryId: row.entryId,
        text: oneLine(row.text),
        detail: row.name ?? '',
        at: row.at
      })
    )
  return [...above, ...entries]
}
