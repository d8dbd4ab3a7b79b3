import type { Entity } from './ai.ts'
import { type Sensitive, sensitiveIn } from './sensitive.ts'
import type { Reading } from './text/reading.ts'

interface Found extends Entity {
  start: number
  end: number
}

const NUMBER_WORD =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a|hundred|thousand|million|half|couple of)'
const CURRENCY =
  '(?:us |hk |canadian |australian )?(?:dollars?|bucks|pounds?|quid|euros?|yuan|renminbi|rmb|usd|eur|gbp|cny|hkd|twd|jpy|sgd|cents?)'
const HAN_NUMBER = '[零一二三四五六七八九十百千万亿两半几]'
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const RULES: readonly (readonly [Entity['kind'], RegExp])[] = [
  ['card', /•{4} \d{4}/g],
  ['phone', /••• \d{4}/g],
  ['amount', /(?:us|hk|nt|a|c|s)?[$£€¥]\s?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?(?:k|m|bn|thousand|million|万|千|亿)\b)?/g],
  ['amount', /\b(?:usd|eur|gbp|cny|rmb|hkd|twd|jpy|sgd)\s?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?(?:k|m|thousand|million))?\b/g],
  ['amount', new RegExp(`\\b\\d+(?:,\\d{3})*(?:\\.\\d+)?\\s?(?:k|thousand|million|hundred)?\\s?${CURRENCY}\\b`, 'g')],
  ['amount', /\b\d+(?:\.\d+)?(?:k\b|\s(?:thousand|million)\b)/g],
  ['amount', new RegExp(`\\b${NUMBER_WORD}(?:[ -](?:and )?${NUMBER_WORD})*\\s${CURRENCY}\\b`, 'g')],
  [
    'amount',
    /\d+(?:,\d{3})*(?:\.\d+)?\s?(?:百万|千万|万亿|万|千|百|亿)?\s?多?(?:元|块钱|块|圆|人民币|美元|美金|港币|港元|台币|欧元|英镑|日元)/g
  ],
  ['amount', /\d+(?:\.\d+)?\s?(?:百万|千万|万亿|万|亿)/g],
  ['amount', new RegExp(`${HAN_NUMBER}+多?(?:元|块钱|块|圆|美元|美金|港币|港元|台币|欧元|英镑|日元)(?:${HAN_NUMBER}+)?`, 'g')],
  ['amount', /[一二三四五六七八九十百千两几]+(?:万|亿)[零一二三四五六七八九十百千两半]*(?!岁|年|个|次|分|保|能|不|一)/g],
  ['date', /\b(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}\b/g],
  ['date', /\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d{2}\b/g],
  ['date', new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}\\b(?:,? (?:19|20)\\d{2}\\b)?`, 'g')],
  ['date', new RegExp(`\\b${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?\\b(?:,? (?:19|20)\\d{2}\\b)?`, 'g')],
  ['date', /\bthe \d{1,2}(?:st|nd|rd|th)\b/g],
  ['date', new RegExp(`\\b(?:(?:last|next|this|on|by|until) )?${DAY}\\b(?: (?:morning|afternoon|evening))?`, 'g')],
  [
    'date',
    /\b(?:yesterday|today|tonight|tomorrow|day after tomorrow|(?:last|next|this) (?:week|month|year|night)|\d+ (?:days|weeks|months|hours) ago)\b(?: (?:morning|afternoon|evening))?/g
  ],
  ['date', /(?:(?:19|20)\d{2}|今|明|去)?年?\d{1,2}月(?:\d{1,2}[日号]?|[初中底])?/g],
  ['date', /(?:[一二三四五六七八九十]{1,2}月)(?:[一二三四五六七八九十]{1,3}[日号])?/g],
  ['date', /(?:\d{1,2}|[一二三四五六七八九十]{1,3})号(?!码|线|店|楼|卡|房)/g],
  [
    'date',
    /(?:前天|昨天|今天|明天|后天|昨晚|今晚|今早|上周|下周|本周|这周|上个月|下个月|这个月|本月|去年|今年|明年)(?:[一二三四五六日天末])?(?:上午|下午|早上|晚上|中午)?/g
  ],
  ['date', /(?:周|星期|礼拜)[一二三四五六日天末](?:上午|下午|早上|晚上|中午)?/g],
  ['code', /\b(?:error|reference|ref|case|ticket|tracking)(?: code| number| no\.?| id)?(?: is|:|#)? ?#?([a-z]{0,4}-?\d[\da-z-]{2,14})\b/g],
  ['code', /(?:错误代码|错误码|工单号?|受理编号|案件编号|流水号)[是为:：]?\s?([a-z]{0,4}-?\d[\da-z-]{2,14})/g],
  [
    'product',
    /\b(?:credit|debit|virtual|prepaid) card\b|\b(?:savings|checking|current|joint|business|brokerage) account\b|\b(?:fixed|term|time|structured) deposit\b|\b(?:home|car|auto|personal|student|business) loan\b|\bmortgage\b|\boverdraft\b|\b(?:life|car|auto|home|health|travel|critical illness|medical|accident|renter's|motor) insurance\b|\b(?:index|mutual|bond|money[- ]market|pension|equity|balanced) fund\b|\bannuity\b/g
  ],
  [
    'product',
    /信用卡|借记卡|储蓄卡|大额存单|结构性存款|定期存款|活期存款|定期|房贷|车贷|消费贷|经营贷|个人贷款|住房贷款|公积金贷款|货币基金|债券基金|指数基金|理财产品|基金|国债|重疾险|医疗险|寿险|车险|意外险|年金险|分红险|旅行险/g
  ]
]
const OF_SENSITIVE: Readonly<Record<Sensitive['kind'], Entity['kind'] | undefined>> = {
  card: 'card',
  phone: 'phone',
  policy: 'policy',
  account: 'policy',
  identity: undefined,
  email: undefined,
  secret: 'code'
}

/**
 * Amounts, dates, products and numbers in the order in which they stand. Sensitive ones are given in their masked form, so that what
 * is built from entities needs no masking of its own.
 */
export function entitiesIn(reading: Reading): Entity[] {
  const found: Found[] = []
  for (const { kind, start, end, masked } of sensitiveIn(reading)) {
    const as = OF_SENSITIVE[kind]
    // An identity number or an address is hidden from the amounts and dates too.
    found.push({ kind: as ?? 'code', text: as ? masked : '', start, end })
  }
  for (const [kind, pattern] of RULES) {
    for (const match of reading.folded.matchAll(pattern)) {
      const inner = match[1]
      const end = match.index + match[0].length
      const start = inner === undefined ? match.index : end - inner.length
      const text = reading.text.slice(start, end).trim()
      if (text !== '' && !found.some((other) => start < other.end && end > other.start)) found.push({ kind, text, start, end })
    }
  }
  const masked = /•••(?! )(?!•)[\dA-Z]{4}/g
  for (const match of reading.text.matchAll(masked)) {
    const end = match.index + match[0].length
    if (!found.some((other) => match.index < other.end && end > other.start))
      found.push({ kind: 'policy', text: match[0], start: match.index, end })
  }
  const seen = new Set<string>()
  return found
    .sort((a, b) => a.start - b.start)
    .filter(({ kind, text }) => text !== '' && !seen.has(`${kind} ${text}`) && seen.add(`${kind} ${text}`))
    .map(({ kind, text }) => ({ kind, text }))
}
