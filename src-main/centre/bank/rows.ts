import { z } from 'zod'
import type { BankAct } from '../../../src-shared/front-desk.ts'

/** What the rows of each act's answer must hold. Further fields of a bank are left out, so that nothing comes in that nobody asked for. */

/** Eleven figures in a row, however they are grouped, are a number in full: cards, accounts and people are known here by their ends. */
const IN_FULL = /\d(?:[ .-]?\d){10,}/u

const text = z
  .string()
  .max(200)
  .refine((value) => !IN_FULL.test(value), 'holds a number in full')
/** The bank's own name of something; never shown. */
const key = z.string().regex(/^[\w:.-]{1,80}$/u)
const tail = z.string().regex(/^[\p{L}\p{N}]{2,4}$/u)
const at = z.number().int().nonnegative()
const cents = z.number().int()
const currency = z.string().regex(/^[A-Z]{3}$/)
const rate = z.number().min(0).max(1)

export const ROWS = {
  balance: z.object({ tail, name: text, currency, bookedCents: cents, availableCents: cents }),
  transactions: z.object({ tail, at, cents, what: text, kind: text, currency }),
  rates: z.object({ product: text, term: text, rate, from: cents }),
  repayment_date: z.object({ tail, name: text, currency, instalmentCents: cents, leftCents: cents, dueAt: at }),
  fees: z.object({ account: text, what: text, cents, currency }),
  statement_send: z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), sentTo: tail }),
  card_block: z.object({ tail, name: text, blockedAt: at, replacementDays: z.number().int().nonnegative() }),
  transfer_status: z.object({ tail, at, cents, payee: text, currency, state: z.enum(['on_its_way', 'arrived']), arrivesAt: at }),
  loan_status: z.object({ tail, name: text, state: z.enum(['in_review', 'running', 'repaid']), currency, leftCents: cents, askedAt: at }),
  policy_status: z.object({
    tail,
    name: text,
    state: z.enum(['in_force', 'lapsed']),
    currency,
    premiumCents: cents,
    renewsAt: at,
    claim: text
  }),
  branches: z.object({ name: text, address: text, opens: text }),
  appointment_slots: z.object({ slotId: key, at, branch: text }),
  appointment_book: z.object({ slotId: key, at, branch: text }),
  code_send: z.object({ sentTo: tail, minutes: z.number().int().positive() }),
  code_check: z.object({ verifiedAt: at })
} satisfies Readonly<Record<BankAct, z.ZodObject>>

/** More rows than anybody wants told are a fault of the bank. */
export const MOST_ROWS = 200

/** See `Activity` in port.ts. */
export const ActivityAnswer = z.object({
  home: z.string().regex(/^(?:[A-Z]{2})?$/),
  logins: z.array(z.object({ at, device: text, knownDevice: z.boolean(), country: z.string().regex(/^[A-Z]{2}$/) })).max(5_000),
  transfers: z.array(z.object({ at, cents, payee: text, newPayee: z.boolean() })).max(5_000),
  dues: z
    .array(z.object({ kind: z.enum(['loan', 'card', 'deposit', 'policy']), name: text, tail, at, cents }))
    .max(MOST_ROWS)
    .exactOptional()
})
