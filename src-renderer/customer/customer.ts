import type { Customer } from '../../src-shared/events.ts'

export type RiskState =
  | { state: 'none' }
  | { state: 'valid' | 'expired'; grade: NonNullable<Customer['riskGrade']>; until: number | undefined }

/** A customer's risk grade and whether it still holds; without an end date it never expires by itself. */
export function riskOf(customer: Pick<Customer, 'riskGrade' | 'riskGradeUntil'>, now: number): RiskState {
  const { riskGrade, riskGradeUntil } = customer
  if (riskGrade === undefined) return { state: 'none' }
  const expired = riskGradeUntil !== undefined && riskGradeUntil < now
  return { state: expired ? 'expired' : 'valid', grade: riskGrade, until: riskGradeUntil }
}
