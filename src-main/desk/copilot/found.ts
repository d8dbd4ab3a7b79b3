import type { CheckRow, FoundRow } from '../../../src-shared/contract/copilot.ts'
import type { Language } from '../../../src-shared/taxonomy.ts'
import type { Finding } from '../../ai/ai.ts'
import { lawOf } from '../../ai/compliance/check-rules.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'

interface Row {
  entryId: string
  speaker: 'customer' | 'agent'
  at: number
  findings: string
}

/** What the centre's rules found in this conversation: the words, who said them and when, and the law behind it. Oldest first. */
export function foundIn(desk: ReadDb, conversationId: string, language: Language): FoundRow[] {
  return desk
    .all<Row>(
      `select entryId, speaker, at, findings from entry
       where conversationId = ? and findings is not null and speaker in ('customer', 'agent') order by rowId`,
      conversationId
    )
    .flatMap(({ findings, ...line }) =>
      // written by the projection from checked data
      (JSON.parse(findings) as Finding[]).map(({ rule, severity, span }) => {
        const law = lawOf(rule, language)
        return { rule, severity, quote: span.text, ...line, ...(law && { law }) }
      })
    )
}

/** The law behind each check, and who said what ticked it. */
export const withLaw = (checks: readonly CheckRow[], language: Language, speakerOf: (entryId: string) => CheckRow['speaker']): CheckRow[] =>
  checks.map((row) => {
    const law = lawOf(row.check, language)
    const speaker = row.entryId === undefined ? undefined : speakerOf(row.entryId)
    return { ...row, ...(law && { law }), ...(speaker && { speaker }) }
  })
