/** When something on the accounts counts as a signal. Data, so that a bank's fraud office can read and change it. */
export interface RiskThresholds {
  version: string
  /** How long ago something may lie to matter to the conversation at hand. */
  withinMs: number
  /** In whole cents of the account's currency. */
  largeCents: number
  /** So many times the median of the earlier transfers. */
  largeTimesMedian: number
  /** A payee who got at least this share of the amount before makes it usual: rent, a loan. */
  knownRatio: number
  manyCount: number
  manyWithinMs: number
  newPayeeCents: number
  /** What each is grounded on. */
  rationale: Readonly<Record<'large_transfer' | 'remote_login' | 'many_small' | 'new_payee', string>>
}

const HOUR_MS = 3_600_000

export const THRESHOLDS: RiskThresholds = {
  version: '1',
  withinMs: 24 * HOUR_MS,
  largeCents: 1_000_000,
  largeTimesMedian: 5,
  knownRatio: 0.8,
  manyCount: 5,
  manyWithinMs: HOUR_MS,
  newPayeeCents: 100_000,
  rationale: {
    large_transfer:
      'Amount and spending pattern of the payer: Commission Delegated Regulation (EU) 2018/389 (SCA-RTS), art. 2(2) and 18(2)(c). 10,000 is the customer due diligence threshold for occasional business in Regulation (EU) 2024/1624, art. 19; five times the median is set by experience and to be tuned.',
    remote_login:
      'Unusual information about the device and abnormal location of the payer: Regulation (EU) 2018/389, art. 2(2) and 18(2)(c). China: Anti-Telecom and Online Fraud Law (2022), art. 18.',
    many_small:
      'Payments split to stay under a limit, several operations that appear to be linked: FATF Recommendation 10; five in an hour is set by experience and to be tuned.',
    new_payee:
      'First payment to a payee is when authorised push payment fraud happens: Regulation (EU) 2018/389, art. 13 (only a payee the customer confirmed is trusted); UK PSR policy statement PS23/3.'
  }
}
