import { createHash } from 'node:crypto'
import type { BankAct } from '../../../src-shared/front-desk.ts'
import type { BankCustomer, BankRefusal, BankRow, Due } from '../../centre/bank/port.ts'
import type { WriteDb } from '../../sqlite/sqlite.ts'
import { BRANCHES, FEES, RATES } from './published.ts'

/** The bank says no; the message is for logs and tests, never for a customer. */
export class Refusal extends Error {
  readonly code: BankRefusal
  constructor(code: BankRefusal, message: string) {
    super(message)
    this.code = code
  }
}

interface Ask {
  db: WriteDb
  customer: BankCustomer
  args: Readonly<Record<string, string>>
  now: number
  newCode(): { code: string; digest: string }
  deliver(customerId: string, code: string): void
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const CODE_MS = 300_000
const CODE_TRIES = 3
/** A transfer to another bank is there on the next day. */
const ARRIVES_MS = DAY_MS
const REPLACEMENT_DAYS = 5
/** A card payment is booked two days later. */
const PENDING_MS = 2 * DAY_MS
const SHOWN = 10

/** Those of a customer's things that fit the last characters given; an empty list is a refusal. */
function fitting<T extends { tail: string }>(rows: readonly T[], args: Ask['args'], what: string): readonly T[] {
  const tail = args['tail']?.replace(/\s/gu, '')
  const found = tail === undefined || tail === '' ? rows : rows.filter((row) => row.tail.endsWith(tail))
  if (found.length === 0) throw new Refusal('not_found', `no such ${what}`)
  return found
}

const accountsOf = ({ db, customer, now }: Ask) =>
  db.all<{ tail: string; name: string; kind: string; currency: string; bookedCents: number; pendingCents: number }>(
    `select a.tail, a.name, a.kind, a.currency,
       a.bookedCents + coalesce((select sum(m.cents) from movement m, customer c
         where m.customerId = a.customerId and m.tail = a.tail and c.customerId = a.customerId and m.at > c.openedAt and m.kind <> 'stopped'), 0) as bookedCents,
       coalesce((select sum(m.cents) from movement m
         where m.customerId = a.customerId and m.tail = a.tail and m.kind = 'card' and m.at > ? and m.at > (select openedAt from customer c where c.customerId = a.customerId)), 0) as pendingCents
     from account a where a.customerId = ? order by a.kind = 'current' desc, a.tail`,
    now - PENDING_MS,
    customer.customerId
  )

export const ACTS: Readonly<Record<BankAct, (ask: Ask) => readonly BankRow[]>> = {
  balance: (ask) =>
    fitting(accountsOf(ask), ask.args, 'account').map(({ tail, name, currency, bookedCents, pendingCents }) => ({
      tail,
      name,
      currency,
      bookedCents: bookedCents - pendingCents,
      // Card payments stand against the account before they are booked.
      availableCents: bookedCents
    })),

  transactions: ({ db, customer, args }) => {
    const rows = db.all<{ tail: string; at: number; cents: number; what: string; kind: string; currency: string }>(
      `select m.tail, m.at, m.cents, m.what, m.kind, a.currency from movement m join account a using (customerId, tail)
       where m.customerId = ? and m.kind <> 'stopped' order by m.at desc, m.movementId desc limit 200`,
      customer.customerId
    )
    const kind = args['kind']
    const wanted = kind === undefined ? rows : rows.filter((row) => row.kind === kind)
    return fitting(wanted, args, 'transaction').slice(0, SHOWN)
  },

  rates: ({ customer }) => RATES[customer.language],
  // All that stands on the wall: which account the customer holds is for nobody who has not proved who they are.
  fees: ({ customer }) =>
    FEES[customer.language].map((fee) => ({
      ...fee,
      what: fee['account'] === '' ? String(fee['what']) : `${fee['account']}: ${fee['what']}`
    })),
  branches: ({ customer }) => BRANCHES[customer.language],

  repayment_date: ({ db, customer, args, now }) => {
    const loans = db.all<{ tail: string; name: string; currency: string; instalmentCents: number; dueDay: number; leftCents: number }>(
      `select tail, name, currency, instalmentCents, dueDay, leftCents from loan where customerId = ? and state = 'running' order by tail`,
      customer.customerId
    )
    return fitting(loans, args, 'loan').map(({ dueDay, ...loan }) => ({ ...loan, dueAt: nextDay(dueDay, now) }))
  },

  loan_status: ({ db, customer, args }) =>
    fitting(
      db.all<{ tail: string; name: string; state: string; currency: string; leftCents: number; askedAt: number }>(
        'select tail, name, state, currency, leftCents, askedAt from loan where customerId = ? order by askedAt desc, tail',
        customer.customerId
      ),
      args,
      'loan'
    ),

  policy_status: ({ db, customer, args }) =>
    fitting(
      db.all<{ tail: string; name: string; state: string; currency: string; premiumCents: number; renewsAt: number; claim: string }>(
        `select tail, name, state, currency, premiumCents, renewsAt, coalesce(claim, '') as claim from policy where customerId = ? order by tail`,
        customer.customerId
      ),
      args,
      'policy'
    ),

  transfer_status: ({ db, customer, now }) => {
    const rows = db.all<{ tail: string; at: number; cents: number; payee: string; currency: string }>(
      `select m.tail, m.at, -m.cents as cents, m.what as payee, a.currency from movement m join account a using (customerId, tail)
       where m.customerId = ? and m.kind = 'transfer' and m.cents < 0 order by m.at desc limit 3`,
      customer.customerId
    )
    if (rows.length === 0) throw new Refusal('not_found', 'no transfer in 90 days')
    return rows.map((row) => ({ ...row, state: now < row.at + ARRIVES_MS ? 'on_its_way' : 'arrived', arrivesAt: row.at + ARRIVES_MS }))
  },

  statement_send: ({ customer, now }) => [
    { month: new Date(now - 28 * DAY_MS).toISOString().slice(0, 7), sentTo: customer.phone.slice(-4) }
  ],

  card_block: ({ db, customer, args, now }) => {
    const cards = fitting(
      db.all<{ tail: string; name: string; state: string }>('select tail, name, state from card where customerId = ?', customer.customerId),
      args,
      'card'
    )
    const card = cards[0]
    if (!card || cards.length > 1) throw new Refusal('bad_request', 'several cards fit')
    if (card.state === 'blocked') throw new Refusal('refused', 'blocked already')
    db.run(
      `update card set state = 'blocked', blockedBecause = ? where customerId = ? and tail = ?`,
      args['reason'] ?? '',
      customer.customerId,
      card.tail
    )
    return [{ tail: card.tail, name: card.name, blockedAt: now, replacementDays: REPLACEMENT_DAYS }]
  },

  appointment_slots: (ask) => freeSlots(ask).slice(0, 3),

  appointment_book: (ask) => {
    const { db, customer, args } = ask
    const slot = freeSlots(ask).find(({ slotId }) => slotId === args['slotId'])
    if (!slot) throw new Refusal('refused', 'the slot is taken')
    db.run('insert into appointment values (?, ?, ?, ?)', slot.slotId, customer.customerId, slot.at, args['topic'] ?? '')
    return [slot]
  },

  code_send: ({ db, customer, now, newCode, deliver }) => {
    const { code, digest } = newCode()
    db.run('insert or replace into code values (?, ?, ?, ?)', customer.customerId, digest, now + CODE_MS, 0)
    deliver(customer.customerId, code)
    return [{ sentTo: customer.phone.slice(-3), minutes: CODE_MS / 60_000 }]
  },

  code_check: ({ db, customer, args, now }) => {
    const sent = db.get<{ digest: string; expiresAt: number; tries: number }>(
      'select * from code where customerId = ?',
      customer.customerId
    )
    if (!sent || sent.expiresAt < now || sent.tries >= CODE_TRIES) throw new Refusal('code_expired', 'no code stands')
    const given = createHash('sha256')
      .update((args['code'] ?? '').replace(/\D/gu, ''))
      .digest('hex')
    if (given !== sent.digest) {
      db.run('update code set tries = tries + 1 where customerId = ?', customer.customerId)
      throw new Refusal('wrong_code', `try ${sent.tries + 1} of ${CODE_TRIES}`)
    }
    db.run('delete from code where customerId = ?', customer.customerId)
    return [{ verifiedAt: now }]
  }
}

/** The next day of this number of a month, noon UTC; a day is never more than 28. */
function nextDay(dueDay: number, now: number): number {
  const today = new Date(now)
  const month = today.getUTCDate() > dueDay ? today.getUTCMonth() + 1 : today.getUTCMonth()
  return Date.UTC(today.getUTCFullYear(), month, dueDay, 12)
}

/** What falls due next of each of the customer's things. */
export function duesOf(db: WriteDb, customerId: string, now: number): Due[] {
  const loans = db.all<{ name: string; tail: string; cents: number; dueDay: number }>(
    `select name, tail, instalmentCents as cents, dueDay from loan where customerId = ? and state = 'running'`,
    customerId
  )
  const others = db.all<Due>(
    `select 'deposit' as kind, name, tail, maturesAt as at, bookedCents as cents from account where customerId = ? and maturesAt is not null
     union all select 'policy', name, tail, renewsAt, premiumCents from policy where customerId = ? and state = 'in_force'`,
    customerId,
    customerId
  )
  return [...loans.map(({ dueDay, ...loan }) => ({ kind: 'loan' as const, ...loan, at: nextDay(dueDay, now) })), ...others]
}

/** Branches see people on working days at 10, 14 and 16 o'clock UTC. */
function freeSlots({ db, customer, now }: Ask): { slotId: string; at: number; branch: string }[] {
  const branches = BRANCHES[customer.language]
  const slots: { slotId: string; at: number; branch: string }[] = []
  for (let day = 1; slots.length < 12; day++) {
    const start = Math.floor(now / DAY_MS + day) * DAY_MS
    const weekday = new Date(start).getUTCDay()
    if (weekday === 0 || weekday === 6) continue
    const branch = branches[day % branches.length]
    for (const hour of [10, 14, 16]) {
      const at = start + hour * HOUR_MS
      const slotId = `${customer.language}-${new Date(at).toISOString().slice(0, 13)}`
      if (branch && !db.get('select 1 from appointment where slotId = ?', slotId))
        slots.push({ slotId, at, branch: String(branch['name']) })
    }
  }
  return slots
}
