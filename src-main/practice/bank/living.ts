import type { Db } from '../../sqlite/sqlite.ts'
import { between, chanceOf, pick } from './chance.ts'

/**
 * Everyday life on the accounts, made up to today when somebody is asked about: salary, shopping, standing orders, log-ins. The same
 * day of the same customer is always the same.
 */

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const SHOPS = {
  en: ['Corner Grocer', 'City Transport', 'Green Pharmacy', 'Bookbinder', 'Harbour Cafe', 'Fuel Point', 'Online market'],
  zh: ['街角超市', '城市交通', '康民药房', '新风书店', '海港咖啡', '加油站', '网上商城']
}
const PAYEES = {
  en: ['Rowan Letting', 'City Energy', 'A. Marsh', 'School of Music'],
  zh: ['安居物业', '城市燃气', '王先生', '音乐学校']
}

interface Lived {
  language: 'en' | 'zh'
  home: string
  salaryCents: number
  salaryDay: number
  livedUntil: number
}

export function liveUntil(db: Db, customerId: string, now: number): void {
  const one = db.get<Lived>('select language, home, salaryCents, salaryDay, livedUntil from customer where customerId = ?', customerId)
  if (!one || one.livedUntil >= now) return
  const account = db.get<{ tail: string }>(
    `select tail from account where customerId = ? order by kind = 'current' desc, tail limit 1`,
    customerId
  )
  const loans = db.all<{ tail: string; name: string; instalmentCents: number; leftCents: number; dueDay: number }>(
    `select tail, name, instalmentCents, leftCents, dueDay from loan where customerId = ? and state = 'running'`,
    customerId
  )
  const isNew = (at: number) => at > one.livedUntil && at <= now
  db.transaction(() => {
    const move = (at: number, cents: number, what: string, kind: string, newPayee = false) => {
      if (!account || !isNew(at)) return
      db.run(
        'insert into movement (customerId, tail, at, cents, what, kind, newPayee) values (?, ?, ?, ?, ?, ?, ?)',
        customerId,
        account.tail,
        at,
        cents,
        what,
        kind,
        Number(newPayee)
      )
    }
    // Each day draws the same numbers whenever it is lived, in one piece or two.
    for (let day = startOfDay(one.livedUntil); day <= now; day += DAY_MS) {
      const chance = chanceOf(customerId, day)
      const date = new Date(day).getUTCDate()
      const shop = () => pick(SHOPS[one.language], chance)
      if (date === one.salaryDay) move(day + 6 * HOUR_MS, one.salaryCents, one.language === 'en' ? 'Salary' : '工资', 'salary')
      if (date === 2)
        move(day + 7 * HOUR_MS, -Math.round(one.salaryCents * 0.3), pick(PAYEES[one.language], chanceOf(customerId)), 'transfer')
      for (const loan of loans) if (date === loan.dueDay) move(day + 5 * HOUR_MS, -loan.instalmentCents, loan.name, 'instalment')
      if (chance() < 0.5)
        move(day + between(8, 20, chance) * HOUR_MS, -between(3, 60, chance) * Math.round(one.salaryCents / 1_000), shop(), 'card')
      if (chance() < 0.08)
        move(day + between(8, 20, chance) * HOUR_MS, -Math.round(one.salaryCents * 0.05), pick(PAYEES[one.language], chance), 'transfer')
      if (chance() < 0.03)
        move(day + between(8, 20, chance) * HOUR_MS, between(5, 30, chance) * Math.round(one.salaryCents / 1_000), shop(), 'refund')
      const loginAt = day + between(7, 22, chance) * HOUR_MS
      if (chance() < 0.4 && isNew(loginAt))
        db.run('insert into login values (?, ?, ?, 1, ?)', customerId, loginAt, one.language === 'en' ? 'Phone' : '手机', one.home)
    }
    db.run('update customer set livedUntil = ? where customerId = ?', now, customerId)
  })
}

const startOfDay = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS
