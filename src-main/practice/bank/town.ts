import type { Customer } from '../../../src-shared/events.ts'
import type { BankCustomer } from '../../centre/bank/port.ts'
import type { Db } from '../../sqlite/sqlite.ts'
import { between, chanceOf, pick } from './chance.ts'

/** Everybody who banks here: the scripted customers as their files say, and thousands of made-up ones. */

const DAY_MS = 86_400_000
/** How far back the bank remembers what went through an account. */
export const REMEMBERS_DAYS = 90

/** Where a script names the figure and the file does not: whole cents. */
const OPENING: Readonly<Record<string, number>> = { 'cus-en-01 1184': 186_200 }

const NAMES = {
  en: {
    first: 'Ada Bram Cleo Dora Emil Fay Glen Hana Ivo June Kurt Lena Miles Nora Otto Pia Quinn Rhea Seth Tessa Ugo Vera Wade Yara Zane',
    last: 'Abbot Brink Calder Dunne Egan Farrow Gale Hollis Ives Jarvis Keane Lowell Marsh Nolan Orme Penn Quill Rowe Stokes Tate Udall'
  },
  zh: {
    first: '安 博 晨 丹 恩 芳 刚 涵 建 静 凯 岚 敏 宁 鹏 琪 瑞 珊 涛 婉 欣 妍 泽 芝 卓',
    last: '陈 丁 范 高 黄 江 孔 李 梁 林 陆 毛 倪 潘 钱 任 苏 王 魏 吴 徐'
  }
}

/** So many of each language. */
const MADE_UP = 1_500

export function* madeUpCustomers(count = MADE_UP): Iterable<BankCustomer> {
  for (const language of ['en', 'zh'] as const) {
    const first = NAMES[language].first.split(' ')
    const last = NAMES[language].last.split(' ')
    for (let i = 0; i < count; i++) {
      const chance = chanceOf('made-up', language, i)
      const name = language === 'en' ? `${pick(first, chance)} ${pick(last, chance)}` : `${pick(last, chance)}${pick(first, chance)}`
      yield {
        customerId: `bank-${language}-${String(i).padStart(4, '0')}`,
        name,
        language,
        // Ranges set aside for fiction.
        phone: language === 'en' ? `+1 202-555-0${100 + (i % 100)}` : `+86 000 0000 ${String(1000 + i)}`,
        segment: pick(['standard', 'standard', 'standard', 'plus', 'private'] as const, chance)
      }
    }
  }
}

/** Opens what a customer has with the bank. `products`: what their file in the practice centre names. */
export function settle(db: Db, customer: BankCustomer, products: Customer['products'], now: number): void {
  const { customerId, name, language, phone, segment } = customer
  const chance = chanceOf(customerId)
  const currency = language === 'en' ? 'USD' : 'CNY'
  const unit = (language === 'en' ? 100 : 500) * (segment === 'private' ? 8 : segment === 'plus' ? 2 : 1)
  db.run(
    'insert or ignore into customer values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    customerId,
    name,
    language,
    phone,
    segment,
    language === 'en' ? 'US' : 'CN',
    between(20, 60, chance) * 100 * unit,
    between(1, 28, chance),
    now,
    now - REMEMBERS_DAYS * DAY_MS
  )
  const tail = () => String(between(1000, 9999, chance))
  for (const product of products.length > 0 ? products : usual(language, chance, tail)) {
    const number = tailOf(product.masked)
    const told = OPENING[`${customerId} ${number}`] ?? amountIn(product.detail)
    const cents = told ?? between(5, 90, chance) * 100 * unit
    const inAYear = now + between(20, 360, chance) * DAY_MS
    switch (product.kind) {
      case 'account':
        db.run(
          'insert or ignore into account values (?, ?, ?, ?, ?, ?, ?, ?)',
          customerId,
          number,
          /deposit|定期/iu.test(product.name) ? 'deposit' : /saving|储蓄/iu.test(product.name) ? 'savings' : 'current',
          product.name,
          currency,
          cents,
          /deposit|定期/iu.test(product.name) ? 0.026 : /saving|储蓄/iu.test(product.name) ? 0.014 : 0,
          /deposit|定期/iu.test(product.name) ? inAYear : null
        )
        break
      case 'card': {
        const state = /未激活|not active/iu.test(product.detail)
          ? 'inactive'
          : /换卡|Replacement/u.test(product.detail)
            ? 'replacing'
            : 'active'
        const kind = /credit|信用/iu.test(product.name) ? 'credit' : 'debit'
        db.run('insert or ignore into card values (?, ?, ?, ?, ?, null, ?)', customerId, number, kind, product.name, state, cents)
        break
      }
      case 'loan': {
        const state = /review|审核/iu.test(product.detail) ? 'in_review' : /Repaid|还清/u.test(product.detail) ? 'repaid' : 'running'
        const instalment = /a month|每期/iu.test(product.detail) ? cents : Math.round(cents / 60)
        const left = /a month|每期/iu.test(product.detail) ? cents * between(10, 30, chance) : state === 'repaid' ? 0 : cents
        db.run(
          'insert or ignore into loan values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
          customerId,
          number,
          product.name,
          state,
          currency,
          left,
          instalment,
          dayIn(product.detail) ?? between(1, 28, chance),
          between(32, 68, chance) / 1000,
          now - between(2, 20, chance) * DAY_MS
        )
        break
      }
      case 'policy':
        db.run(
          'insert or ignore into policy values (?, ?, ?, ?, ?, ?, ?, ?)',
          customerId,
          number,
          product.name,
          'in_force',
          currency,
          between(8, 40, chance) * unit,
          inAYear,
          chance() < 0.2 ? 'in_review' : null
        )
        break
      case 'investment':
        db.run(
          'insert or ignore into holding values (?, ?, ?, ?, ?, ?)',
          customerId,
          number,
          product.name,
          currency,
          cents,
          /equity|股票/iu.test(product.name) ? 'R4' : 'R3'
        )
        break
    }
  }
}

/** What somebody without a file has: an account and a card, often savings, sometimes a loan or a policy. */
function usual(language: 'en' | 'zh', chance: () => number, tail: () => string): Customer['products'] {
  const product = (kind: string, en: string, zh: string) => ({ kind, name: language === 'en' ? en : zh, masked: tail(), detail: '' })
  const products = [product('account', 'Current account', '活期账户'), product('card', 'Debit card', '借记卡')]
  if (chance() < 0.5) products.push(product('account', 'Savings account', '储蓄账户'))
  if (chance() < 0.4) products.push(product('card', 'Credit card', '信用卡'))
  if (chance() < 0.3) products.push(product('loan', 'Personal loan', '消费贷款'))
  if (chance() < 0.15) products.push(product('loan', 'Mortgage', '住房贷款'))
  if (chance() < 0.3) products.push(product('policy', 'Home insurance', '家庭财产险'))
  if (chance() < 0.2) products.push(product('investment', 'Balanced fund', '混合基金'))
  return products
}

const tailOf = (masked: string): string => masked.replaceAll('•', '').trim().replace(/\s+/gu, '') || masked

/** An amount that a file names, in cents. */
function amountIn(detail: string): number | undefined {
  const dollars = /([\d,]+(?:\.\d+)?)\s*dollars/u.exec(detail)?.[1]
  if (dollars !== undefined) return Math.round(Number(dollars.replaceAll(',', '')) * 100)
  const yuan = /([\d,.]+)\s*(万)?元/u.exec(detail)
  if (yuan?.[1] !== undefined) return Math.round(Number(yuan[1].replaceAll(',', '')) * (yuan[2] === undefined ? 100 : 1_000_000))
  return undefined
}

const dayIn = (detail: string): number | undefined => {
  const day = /on the (\d+)|每月(\d+)日/u.exec(detail)
  return day ? Number(day[1] ?? day[2]) : undefined
}
