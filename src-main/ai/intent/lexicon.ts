import type { Intent } from '../../../src-shared/taxonomy.ts'
import { ACCOUNT_CUES } from './lexicon-accounts.ts'
import { CARD_CUES } from './lexicon-cards.ts'
import { CASE_CUES } from './lexicon-cases.ts'
import { LOAN_CUES } from './lexicon-loans.ts'
import { MONEY_CUES } from './lexicon-money.ts'

/**
 * Cues of one intent: rows of a weight (in log-odds; 4 all but settles it, 1 leans, negative speaks against) and the phrases that
 * carry it, parted by `|`. English and Chinese stand in one row. See text/cues.ts for how a phrase is written.
 */
export type Cues = readonly (readonly [number, string])[]
export type KnownIntent = Exclude<Intent, 'unknown'>

/** Every intent has its cues: a new intent without any does not compile. */
export const INTENT_CUES: Readonly<Record<KnownIntent, Cues>> = { ...ACCOUNT_CUES, ...CARD_CUES, ...LOAN_CUES, ...MONEY_CUES, ...CASE_CUES }
