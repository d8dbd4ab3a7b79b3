import type { GapRow } from '../../../src-shared/contract/records.ts'
import type { KnowledgeGap } from '../../../src-shared/front-desk.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'

// The JSON was written by the projection from checked data.
const read = ({ json }: { json: string }): KnowledgeGap => JSON.parse(json) as KnowledgeGap

export const GAPS_SQL = `select json from gap where state = 'open'`

/** Questions without an answer that wait for a decision: the most asked first, then the newest. */
export function openGaps(desk: ReadDb): GapRow[] {
  return desk
    .all<{ json: string }>(GAPS_SQL)
    .map((row) => rowOf(read(row)))
    .sort((a, b) => b.asked - a.asked || b.newestAt - a.newestAt)
}

export function findGap(desk: ReadDb, gapId: string): KnowledgeGap | undefined {
  const row = desk.get<{ json: string }>('select json from gap where gapId = ?', gapId)
  return row && read(row)
}

const rowOf = ({ gapId, language, intent, questions, answers, at }: KnowledgeGap): GapRow => ({
  gapId,
  language,
  intent,
  question: questions.reduce((fullest, { text }) => (text.length > fullest.length ? text : fullest), ''),
  asked: questions.length,
  answers: answers.length,
  newestAt: questions.at(-1)?.at ?? at
})
