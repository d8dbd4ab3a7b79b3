import type { BankAct } from '../../../src-shared/front-desk.ts'
import type { Language } from '../../../src-shared/taxonomy.ts'

/**
 * The bank behind the centre: what the front desk (and people) may ask of it. Money is in whole cents, times are epoch ms, rates are
 * ratios a year. Numbers of cards and accounts come as their last four characters only.
 */
export interface Bank {
  /**
   * Does or tells one thing. The same request id gets the same answer and is done once. A refusal is an answer.
   * Rejects never: a bank that cannot be reached answers `unavailable`.
   */
  run(request: BankRequest): Promise<BankAnswer>
  /** Log-ins and transfers of the last 90 days, oldest first, for the look at risk; nothing for who is unknown. Rejects when unavailable. */
  activity(customerId: string): Promise<Activity>
  close(): void
}

export interface BankRequest {
  requestId: string
  act: BankAct
  customerId: string
  /** What the act needs; see `NEEDS`. */
  args: Readonly<Record<string, string>>
}

/** One thing the bank knows: an account with its balance, a transfer with its state. */
export type BankRow = Readonly<Record<string, string | number>>

export type BankAnswer =
  | { requestId: string; act: BankAct; ok: true; rows: readonly BankRow[] }
  | { requestId: string; act: BankAct; ok: false; code: BankRefusal; detail: string }

/**
 * `not_found`: the customer has no such thing. `ambiguous`: several fit; `rows` of a fitting question would tell which.
 * `wrong_code`, `code_expired`: the one-time code. `refused`: the bank's own rule. `bad_request`: an argument is missing or wrong.
 */
export const BANK_REFUSALS = ['not_found', 'wrong_code', 'code_expired', 'refused', 'bad_request', 'unavailable'] as const
export type BankRefusal = (typeof BANK_REFUSALS)[number]

/** Something of the customer's that falls due: an instalment, a deposit that ends, a policy that renews. `tail`: of its number. */
export interface Due {
  kind: 'loan' | 'card' | 'deposit' | 'policy'
  name: string
  tail: string
  at: number
  cents: number
}

export interface Activity {
  /** ISO 3166-1 alpha-2 of where they live. */
  home: string
  logins: readonly { at: number; device: string; knownDevice: boolean; country: string }[]
  transfers: readonly { at: number; cents: number; payee: string; newPayee: boolean }[]
  /** What falls due next; absent where the bank does not tell. */
  dues?: readonly Due[]
}

/** What each act must be given. Others are optional: `tail` (of a card, account, loan or policy), `language`. */
export const NEEDS: Readonly<Partial<Record<BankAct, readonly string[]>>> = {
  card_block: ['tail', 'reason'],
  appointment_book: ['slotId', 'topic'],
  code_check: ['code']
}

/** A customer as a practice bank is given them. */
export interface BankCustomer {
  customerId: string
  name: string
  language: Language
  phone: string
  segment: 'standard' | 'plus' | 'private'
}
