import type { BankSignal, RiskEvidence } from '../../../src-shared/risk.ts'
import type { Activity } from '../bank/port.ts'
import type { RiskThresholds } from './thresholds.ts'

/** Something on the accounts that asks for care, and what shows it. */
interface Signal {
  kind: BankSignal
  evidence: RiskEvidence[]
}

type Transfer = Activity['transfers'][number]

/** Looks at log-ins and transfers of the last days. Pure; the most telling evidence first; at most one signal of each kind. */
export function detect(activity: Activity, now: number, thresholds: RiskThresholds): Signal[] {
  const recent = (at: number) => at <= now && at > now - thresholds.withinMs
  const found: Signal[] = []
  const login = activity.logins.findLast((one) => recent(one.at) && isRemote(one, activity.home))
  if (login) {
    const { at, device, country } = login
    found.push({ kind: 'remote_login', evidence: [{ key: 'login', values: { at, device, country, home: activity.home } }] })
  }
  const transfers = activity.transfers.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)
  const large = transfers.filter(({ at }) => recent(at)).flatMap((one) => asLarge(one, transfers, thresholds) ?? [])
  const largest = large.toSorted((a, b) => b.cents - a.cents)[0]
  if (largest) found.push({ kind: 'large_transfer', evidence: largest.evidence })
  const many = burst(
    transfers.filter(({ at }) => recent(at)),
    thresholds
  )
  if (many.length >= thresholds.manyCount) {
    const total = many.reduce((sum, { cents }) => sum + cents, 0)
    found.push({
      kind: 'many_small',
      evidence: [{ key: 'count', values: { count: many.length, withinMs: thresholds.manyWithinMs, cents: total } }]
    })
  }
  const toNew = transfers
    .filter((one) => one.newPayee && one.cents >= thresholds.newPayeeCents && recent(one.at))
    .toSorted((a, b) => b.cents - a.cents)[0]
  if (toNew) found.push({ kind: 'new_payee', evidence: [transferEvidence(toNew)] })
  return found
}

const isRemote = ({ knownDevice, country }: Activity['logins'][number], home: string): boolean =>
  !knownDevice || (home !== '' && country !== '' && country !== home)

const transferEvidence = ({ at, cents, payee }: Transfer): RiskEvidence => ({ key: 'transfer', values: { at, cents, payee } })

function asLarge(
  one: Transfer,
  all: readonly Transfer[],
  thresholds: RiskThresholds
): { cents: number; evidence: RiskEvidence[] } | undefined {
  const before = all.filter(({ at }) => at < one.at)
  const usual = median(before.map(({ cents }) => cents))
  if (one.cents <= Math.max(thresholds.largeCents, usual * thresholds.largeTimesMedian)) return undefined
  if (before.some(({ payee, cents }) => payee === one.payee && cents >= one.cents * thresholds.knownRatio)) return undefined
  const evidence = [transferEvidence(one)]
  if (usual > 0) evidence.push({ key: 'usual', values: { cents: usual, times: Math.floor(one.cents / usual) } })
  return { cents: one.cents, evidence }
}

/** The longest row of transfers that fits into the time; oldest first. */
function burst(transfers: readonly Transfer[], { manyWithinMs }: RiskThresholds): readonly Transfer[] {
  let best: readonly Transfer[] = []
  let from = 0
  for (const [to, { at }] of transfers.entries()) {
    while ((transfers[from]?.at ?? at) <= at - manyWithinMs) from += 1
    if (to - from + 1 > best.length) best = transfers.slice(from, to + 1)
  }
  return best
}

/** 0 for none; of an even number the lower middle one. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0
}
