import { createHash } from 'node:crypto'
import type { Customer } from '../../../src-shared/events.ts'
import { type BankAnswer, type BankCustomer, type BankRequest, NEEDS } from '../../centre/bank/port.ts'
import type { Db } from '../../sqlite/sqlite.ts'
import { ACTS, duesOf, Refusal } from './acts.ts'
import { liveUntil } from './living.ts'
import { TABLES } from './tables.ts'
import { madeUpCustomers, REMEMBERS_DAYS, settle } from './town.ts'
import { makeTrouble, type StagedBank } from './trouble.ts'

export interface PracticeBankOptions {
  /** An open database of the bank's own; closed with the bank. */
  db: Db
  customers: readonly Customer[]
  now: () => number
  /** Numbers in [0, 1) for one-time codes. */
  random: () => number
  /** A one-time code reaches the customer's phone. */
  deliver(customerId: string, code: string): void
  log(event: string, detail?: Record<string, unknown>): void
  /** How many made-up customers of each language there are beside; for tests. */
  madeUp?: number | undefined
}

const DAY_MS = 86_400_000

/** A bank for practising: SQLite, the scripted customers as their files say and some thousands of made-up ones with everyday lives. */
export function createPracticeBank(options: PracticeBankOptions): StagedBank {
  const { db, now } = options
  db.exec(TABLES)
  db.transaction(() => {
    const known = db.get<{ n: number }>('select count(*) as n from customer')?.n ?? 0
    for (const customer of options.customers) settle(db, customer, customer.products, now())
    if (known === 0) for (const customer of madeUpCustomers(options.madeUp)) settle(db, customer, [], now())
  })

  const answer = (request: BankRequest): BankAnswer => {
    const { requestId, act, customerId, args } = request
    const before = db.get<{ answer: string }>('select answer from done where requestId = ?', requestId)
    // our own JSON, written below
    if (before) return JSON.parse(before.answer) as BankAnswer
    return db.transaction(() => {
      const result = perform(request)
      db.run('insert into done (requestId, at, answer) values (?, ?, ?)', requestId, now(), JSON.stringify(result))
      return result
    })

    function perform({ act: what }: BankRequest): BankAnswer {
      try {
        const missing = NEEDS[what]?.find((name) => (args[name] ?? '').trim() === '')
        if (missing !== undefined) throw new Refusal('bad_request', `${what} needs ${missing}`)
        const customer = db.get<BankCustomer>(
          'select customerId, name, language, phone, segment from customer where customerId = ?',
          customerId
        )
        if (!customer) throw new Refusal('not_found', `no customer ${customerId}`)
        liveUntil(db, customerId, now())
        const rows = ACTS[what]({ db, customer, args, now: now(), newCode, deliver: options.deliver })
        return { requestId, act, ok: true, rows }
      } catch (error) {
        if (error instanceof Refusal) return { requestId, act, ok: false, code: error.code, detail: error.message }
        throw error
      }
    }
  }
  const newCode = (): { code: string; digest: string } => {
    const code = String(Math.floor(options.random() * 1_000_000)).padStart(6, '0')
    return { code, digest: createHash('sha256').update(code).digest('hex') }
  }

  return {
    async run(request) {
      try {
        return answer(request)
      } catch (error) {
        options.log('bank.failed', { act: request.act, error: String(error) })
        return { requestId: request.requestId, act: request.act, ok: false, code: 'unavailable', detail: 'the bank cannot answer now' }
      }
    },
    async activity(customerId) {
      liveUntil(db, customerId, now())
      const since = now() - REMEMBERS_DAYS * DAY_MS
      const home = db.get<{ home: string }>('select home from customer where customerId = ?', customerId)?.home ?? ''
      const logins = db.all<{ at: number; device: string; knownDevice: number; country: string }>(
        'select at, device, knownDevice, country from login where customerId = ? and at >= ? order by at',
        customerId,
        since
      )
      const transfers = db.all<{ at: number; cents: number; payee: string; newPayee: number }>(
        `select at, -cents as cents, what as payee, newPayee from movement
         where customerId = ? and kind in ('transfer', 'stopped') and cents < 0 and at >= ? order by at`,
        customerId,
        since
      )
      return {
        home,
        logins: logins.map((one) => ({ ...one, knownDevice: one.knownDevice === 1 })),
        transfers: transfers.map((one) => ({ ...one, newPayee: one.newPayee === 1 })),
        dues: duesOf(db, customerId, now())
      }
    },
    stage: (customerId, alert) => makeTrouble(db, customerId, alert, now()),
    close: () => db.close()
  }
}
