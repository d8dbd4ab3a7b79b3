import { z } from 'zod'

/** Risk in a conversation: what shows it, and where the check of a customer's identity by one-time code stands. */

/** Read from what went through the customer's accounts. */
export const BANK_SIGNALS = ['large_transfer', 'remote_login', 'many_small', 'new_payee'] as const
export type BankSignal = (typeof BANK_SIGNALS)[number]

/** Read from the customer's own words. */
export const WORD_SIGNALS = ['coached', 'safe_account', 'screen_sharing'] as const
export type WordSignal = (typeof WORD_SIGNALS)[number]

/**
 * One thing that shows a risk. Values: `login` at, device, country, home; `transfer` at, cents, payee; `usual` cents (median of 90 days),
 * times (how often that much more); `count` count, withinMs; `said` quote (masked), entryId. Money is in whole cents, times are epoch ms.
 */
export const RiskEvidence = z.object({
  key: z.enum(['login', 'transfer', 'usual', 'count', 'said']),
  values: z.record(z.string(), z.union([z.string().max(300), z.number()]))
})
export type RiskEvidence = z.infer<typeof RiskEvidence>

/** What became of an alert. */
export const ALERT_OUTCOMES = ['cleared', 'fraud'] as const

/**
 * A one-time code on its way.
 *
 *   sending --> sent --> checking --> (verified or failed: the code is over)
 *      |          ^          |
 *      |          +- wrong <-+
 *      +--> unavailable <----+--> expired
 */
export const CodeCheck = z.object({
  state: z.enum(['sending', 'sent', 'checking', 'wrong', 'expired', 'unavailable']),
  /** What the bank was asked and has not answered. */
  requestId: z.string().optional(),
  /** The last characters of the number it went to. */
  sentTo: z.string().max(20).optional(),
  /** Until when it holds, epoch ms. */
  until: z.number().optional(),
  /** How many were wrong. */
  wrong: z.number().int().min(0),
  /** Public key to seal a code with on its way to the centre; a code is never stored in clear. */
  sealKey: z.string().max(200).optional()
})
export type CodeCheck = z.infer<typeof CodeCheck>
