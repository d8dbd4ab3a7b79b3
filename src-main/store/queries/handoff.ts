import type { HandoffView } from '../../../src-shared/contract/conversation.ts'
import type { Handoff } from '../../../src-shared/front-desk.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'

const TITLE_SQL = 'select title from article where articleId = ?'
export const HANDOFF_SQL = 'select json from handoff where conversationId = ?'

/** What whoever had the customer last gave to the next, with the name of who gave it where this desk knows it. */
export function handoffOf(desk: ReadDb, conversationId: string, nameOf: (personId: string) => string | undefined): HandoffView | undefined {
  const row = desk.get<{ json: string }>(HANDOFF_SQL, conversationId)
  if (!row) return undefined
  const handoff = JSON.parse(row.json) as Handoff // written by the projection from checked data
  const fromName = handoff.fromPersonId === undefined ? undefined : nameOf(handoff.fromPersonId)
  // An article is named by its id; whoever reads this has the knowledge base.
  const tried = handoff.tried.map((one) => {
    const title = one.what === 'article' && one.detail !== undefined ? desk.get<{ title: string }>(TITLE_SQL, one.detail)?.title : undefined
    return title === undefined ? one : { ...one, detail: title }
  })
  return { ...handoff, tried, ...(fromName === undefined ? {} : { fromName }) }
}
