import type { BankSignal } from '../../../src-shared/risk.ts'
import type { Bank } from '../../centre/bank/port.ts'
import type { Db } from '../../sqlite/sqlite.ts'

/** A bank in which a scenario can make something happen; a real one cannot. */
export interface StagedBank extends Bank {
  /** What the scenario's alert warns of has just happened. Told twice within a day it happened once. */
  stage?(customerId: string, alert: BankSignal): void
}

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS

const WORDS = {
  en: {
    device: 'Windows computer',
    country: 'RO',
    payee: 'M. Keller',
    shop: 'Quick gift cards',
    large: 2_850_000,
    first: 145_000,
    small: 9_500
  },
  zh: { device: '陌生安卓手机', country: 'MM', payee: '贾某', shop: '点卡充值', large: 18_000_000, first: 860_000, small: 49_900 }
} as const

/** Makes it so in the bank's books. A stopped transfer stands in them as what was tried: it moves no money. */
export function makeTrouble(db: Db, customerId: string, alert: BankSignal, now: number): void {
  const language = db.get<{ language: 'en' | 'zh' }>('select language from customer where customerId = ?', customerId)?.language
  const tail = db.get<{ tail: string }>(
    'select tail from account where customerId = ? order by kind = ? desc, tail limit 1',
    customerId,
    'current'
  )?.tail
  if (language === undefined || tail === undefined) return
  const words = WORDS[language]
  const stop = (agoMs: number, cents: number, payee: string, newPayee: boolean) =>
    db.run(
      `insert into movement (customerId, tail, at, cents, what, kind, newPayee) values (?, ?, ?, ?, ?, 'stopped', ?)`,
      customerId,
      tail,
      now - agoMs,
      -cents,
      payee,
      Number(newPayee)
    )
  const isThere = (what: string) =>
    db.get(`select 1 from movement where customerId = ? and kind = 'stopped' and what = ? and at > ?`, customerId, what, now - DAY_MS) !==
    undefined
  db.transaction(() => {
    switch (alert) {
      case 'remote_login':
        if (db.get('select 1 from login where customerId = ? and device = ? and at > ?', customerId, words.device, now - DAY_MS)) return
        db.run('insert into login values (?, ?, ?, 0, ?)', customerId, now - 12 * MINUTE_MS, words.device, words.country)
        return
      case 'large_transfer':
        if (!isThere(words.payee)) stop(20 * MINUTE_MS, words.large, words.payee, true)
        return
      case 'new_payee':
        if (!isThere(words.payee)) stop(45 * MINUTE_MS, words.first, words.payee, true)
        return
      case 'many_small':
        if (!isThere(words.shop)) for (let i = 1; i <= 6; i++) stop(i * 6 * MINUTE_MS, words.small, words.shop, false)
        return
    }
  })
}
