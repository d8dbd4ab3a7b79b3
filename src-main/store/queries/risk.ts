import type { ConversationView } from '../../../src-shared/contract/conversation.ts'
import type { Advice } from '../../../src-shared/front-desk.ts'
import type { CodeCheck, RiskEvidence } from '../../../src-shared/risk.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'

type Alert = ConversationView['alerts'][number]
type StoredAlert = Pick<Alert, 'alertId' | 'kind' | 'text' | 'at'> & {
  evidence: string | null
  resolvedAt: number | null
  outcome: NonNullable<Alert['outcome']> | null
}

/** Oldest first. */
export const alertsOf = (desk: ReadDb, conversationId: string): Alert[] =>
  desk
    .all<StoredAlert>(
      'select alertId, kind, text, at, evidence, resolvedAt, outcome from alert where conversationId = ? order by at',
      conversationId
    )
    .map(({ evidence, resolvedAt, outcome, ...alert }) => ({
      ...alert,
      evidence: evidence === null ? [] : (JSON.parse(evidence) as RiskEvidence[]), // written by the projection from checked data
      ...(resolvedAt === null ? {} : { resolvedAt }),
      ...(outcome === null ? {} : { outcome })
    }))

/** What may be offered or reminded of; empty where nothing was advised. */
export function adviceOf(desk: ReadDb, conversationId: string): Advice[] {
  const row = desk.get<{ advice: string | null }>('select advice from conversation where conversationId = ?', conversationId)
  return row?.advice ? (JSON.parse(row.advice) as Advice[]) : [] // written by the projection from checked data
}

/** A check by one-time code that is under way. */
export function codeOf(desk: ReadDb, conversationId: string): CodeCheck | undefined {
  const code = desk.get<{ code: string | null }>('select code from conversation where conversationId = ?', conversationId)?.code ?? null
  return code === null ? undefined : (JSON.parse(code) as CodeCheck) // written by the projection from checked data
}
