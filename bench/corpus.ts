/** Repeatable made-up talk for benches: no Math.random, so that two runs measure the same. */
export interface Corpus {
  /** The next number in 0..1. */
  next(): number
  pick<T>(from: readonly [T, ...T[]]): T
  /** A short message, English or Chinese. */
  message(): string
}

const ENGLISH = [
  'card',
  'account',
  'balance',
  'transfer',
  'please',
  'yesterday',
  'charged',
  'twice',
  'branch',
  'mortgage',
  'interest',
  'rate',
  'payment',
  'invoice',
  'customer',
  'order',
  'insurance',
  'claim',
  'policy',
  'blocked',
  'machine',
  'thank',
  'you',
  'when',
  'will',
  'it',
  'arrive'
] as const
const CHINESE = [
  '余额',
  '信用卡',
  '转账',
  '利率',
  '还款',
  '您好',
  '请问',
  '昨天',
  '理赔',
  '保险',
  '合同',
  '客户',
  '银行',
  '手机',
  '验证码',
  '谢谢',
  '什么时候',
  '到账',
  '冻结',
  '投诉'
] as const

export function createCorpus(seed = 42): Corpus {
  let state = seed >>> 0
  // mulberry32, a 32-bit generator in the public domain
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(next() * from.length)] ?? from[0]
  return {
    next,
    pick,
    message() {
      const words = 4 + Math.floor(next() * 10)
      if (next() < 0.5) return `${Array.from({ length: words }, () => pick(ENGLISH)).join(' ')} ${Math.floor(next() * 10_000)}`
      return `${Array.from({ length: words }, () => pick(CHINESE)).join('')}，${Math.floor(next() * 10_000)}`
    }
  }
}

/** The value below which the given share of the measured ones lies. */
export function percentile(measured: readonly number[], share: number): number {
  const sorted = measured.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
