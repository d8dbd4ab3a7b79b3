import type { Article, Customer } from '../../../src-shared/events.ts'
import { conversationWords } from './conversation.ts'
import type { Apply } from './projection.ts'

const customerWords = (c: Customer): string => [c.name, c.phone, c.email ?? '', ...c.products.map((p) => p.masked)].join(' ')
const articleWords = (a: Article): string => [a.title, a.say, a.body].join(' ')

export const customerUpdated: Apply<'customer.updated'> = ({ db, search, touch }, { data }) => {
  const known = db.get<{ rowId: number; name: string }>('select rowId, name from customer where customerId = ?', data.customerId)
  const rowId =
    known?.rowId ?? db.run('insert into customer (customerId, name, phone, json) values (?, ?, ?, ?)', data.customerId, '', '', '{}').lastId
  db.run('update customer set name = ?, phone = ?, json = ? where rowId = ?', data.name, data.phone, JSON.stringify(data), rowId)
  search.put('customer', rowId, customerWords(data), known !== undefined)
  touch(`customer:${data.customerId}`)
  if (known?.name === data.name) return
  // The name is shown in, and searched with, the customer's conversations.
  touch('inbox')
  for (const one of db.all<{ rowId: number; conversationId: string; reason: string }>(
    'select rowId, conversationId, reason from conversation where customerId = ?',
    data.customerId
  )) {
    search.put('conversation', one.rowId, conversationWords(db, data.customerId, one.reason), true)
    touch(`conversation:${one.conversationId}`)
  }
}

export const articlePublished: Apply<'article.published'> = ({ db, search, touch }, { data }) => {
  const known = db.get<{ rowId: number; revision: number }>('select rowId, revision from article where articleId = ?', data.articleId)
  if (known && known.revision > data.revision) return
  const rowId =
    known?.rowId ??
    db.run(
      'insert into article (articleId, revision, language, title, json) values (?, 0, ?, ?, ?)',
      data.articleId,
      data.language,
      '',
      '{}'
    ).lastId
  db.run(
    'update article set revision = ?, language = ?, title = ?, json = ? where rowId = ?',
    data.revision,
    data.language,
    data.title,
    JSON.stringify(data),
    rowId
  )
  search.put('article', rowId, articleWords(data), known !== undefined)
  touch('knowledge')
}

export const gapChanged: Apply<'gap.changed'> = ({ db, touch }, { data }) => {
  db.run(
    `insert into gap (gapId, state, json) values (?, ?, ?)
     on conflict (gapId) do update set state = excluded.state, json = excluded.json`,
    data.gapId,
    data.state,
    JSON.stringify(data)
  )
  touch('knowledge')
}
