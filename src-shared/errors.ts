/**
 * What can go wrong at a boundary, as data. `code` is what a screen switches over; `field` names the part of the input that is
 * wrong where there is one; `detail` is for a log, in English. The text a person reads comes from the catalogue: `errors[code]`.
 */
export const REFUSALS = [
  'not_signed_in',
  'not_allowed',
  'not_found',
  'invalid',
  'offer_gone',
  'taken_by_another',
  'conversation_closed',
  'already_done',
  'capacity_full',
  'not_available',
  'line_down',
  'practice_only',
  'unknown_command'
] as const
export type RefusalCode = (typeof REFUSALS)[number]

export interface Refusal {
  code: RefusalCode
  field?: string | undefined
  detail?: string | undefined
}

/** Thrown inside; turned into data where it crosses a boundary. */
export class RefusalError extends Error {
  readonly refusal: Refusal
  constructor(code: RefusalCode, detail?: string, field?: string) {
    super(detail ?? code)
    this.name = 'RefusalError'
    this.refusal = { code, detail, field }
  }
}
