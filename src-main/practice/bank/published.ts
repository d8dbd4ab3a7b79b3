import type { BankRow } from '../../centre/bank/port.ts'

/** What the practice bank has on its walls. Made up. */

export const RATES: Readonly<Record<'en' | 'zh', readonly BankRow[]>> = {
  en: [
    { product: 'Savings account', term: '', rate: 0.014, from: 0 },
    { product: 'Fixed deposit', term: '6 months', rate: 0.022, from: 100_000 },
    { product: 'Fixed deposit', term: '1 year', rate: 0.026, from: 100_000 },
    { product: 'Fixed deposit', term: '1 year, from 10,000 dollars', rate: 0.029, from: 1_000_000 },
    { product: 'Personal loan', term: 'up to 5 years', rate: 0.062, from: 0 },
    { product: 'Mortgage', term: 'fixed for 10 years', rate: 0.041, from: 0 }
  ],
  zh: [
    { product: '储蓄账户', term: '', rate: 0.0035, from: 0 },
    { product: '定期存款', term: '半年', rate: 0.0155, from: 5_000 },
    { product: '定期存款', term: '一年', rate: 0.0175, from: 5_000 },
    { product: '大额存单', term: '一年', rate: 0.0195, from: 20_000_000 },
    { product: '消费贷款', term: '最长五年', rate: 0.048, from: 0 },
    { product: '住房贷款', term: '十年固定', rate: 0.036, from: 0 }
  ]
}

/** `account`: the kind of account a fee belongs to; empty for everybody. */
export const FEES: Readonly<Record<'en' | 'zh', readonly BankRow[]>> = {
  en: [
    { account: 'Current account', what: 'Account keeping, a month', cents: 0, currency: 'USD' },
    { account: 'Account Plus', what: 'Account keeping, a month', cents: 950, currency: 'USD' },
    { account: 'Basic account', what: 'Account keeping, a month', cents: 0, currency: 'USD' },
    { account: 'Student account', what: 'Account keeping, a month', cents: 0, currency: 'USD' },
    { account: '', what: 'Replacement card', cents: 800, currency: 'USD' },
    { account: '', what: 'Transfer abroad', cents: 1_500, currency: 'USD' },
    { account: '', what: 'Cash at another bank’s machine', cents: 250, currency: 'USD' }
  ],
  zh: [
    { account: '活期账户', what: '账户管理费（每月）', cents: 0, currency: 'CNY' },
    { account: '尊享账户', what: '账户管理费（每月）', cents: 1_200, currency: 'CNY' },
    { account: '基本账户', what: '账户管理费（每月）', cents: 0, currency: 'CNY' },
    { account: '学生账户', what: '账户管理费（每月）', cents: 0, currency: 'CNY' },
    { account: '', what: '补卡工本费', cents: 1_500, currency: 'CNY' },
    { account: '', what: '境外汇款', cents: 10_000, currency: 'CNY' },
    { account: '', what: '跨行取现', cents: 200, currency: 'CNY' }
  ]
}

export const BRANCHES: Readonly<Record<'en' | 'zh', readonly BankRow[]>> = {
  en: [
    { name: 'Harbour Street', address: '12 Harbour Street', opens: 'Monday to Friday, 9 to 5' },
    { name: 'Station Square', address: '3 Station Square', opens: 'Monday to Saturday, 9 to 4' }
  ],
  zh: [
    { name: '海港路支行', address: '海港路12号', opens: '周一至周五，9点至17点' },
    { name: '站前支行', address: '站前广场3号', opens: '周一至周六，9点至16点' }
  ]
}
