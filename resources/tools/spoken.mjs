// How a written line is read aloud: the synthesiser reads Chinese figures badly and some characters in the wrong one of two ways.
const DIGITS = '零一二三四五六七八九'

/** 0..99,999,999 in Chinese numerals. */
function chineseNumber(value) {
  if (value >= 10_000) {
    const rest = value % 10_000
    return `${chineseNumber(Math.floor(value / 10_000))}万${rest === 0 ? '' : (rest < 1000 ? '零' : '') + chineseNumber(rest)}`
  }
  if (value === 0) return DIGITS[0]
  let text = ''
  let gap = false
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, '']
  ]) {
    const digit = Math.floor(value / unit) % 10
    if (digit === 0) {
      gap = text !== ''
      continue
    }
    text += (gap ? '零' : '') + DIGITS[digit] + name
    gap = false
  }
  return text.replace(/^一十/, '十')
}

const oneByOne = (digits) => [...digits].map((digit) => (digit === '1' ? '幺' : DIGITS[Number(digit)])).join('')

function chinese(text) {
  const figures = text
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replace(/(尾号是?|编号是?|合同号?是?|保单号?是?|[A-Z] ?)(\d+)/g, (_, before, digits) => before + oneByOne(digits))
    .replace(/(\d{4})年/g, (_, year) => `${[...year].map((digit) => DIGITS[Number(digit)]).join('')}年`)
    .replace(/(\d+(?:\.\d+)?)%/g, '百分之$1')
    .replace(
      /(\d+)\.(\d+)/g,
      (_, whole, part) => `${chineseNumber(Number(whole))}点${[...part].map((digit) => DIGITS[Number(digit)]).join('')}`
    )
    .replace(/\d+/g, (digits) => chineseNumber(Number(digits)))
  return READ_AS.reduce((line, [written, read]) => line.replaceAll(written, read), figures)
}

/** Words whose characters have two readings of which the synthesiser takes the wrong one; it reads pinyin with tone figures too. */
const READ_AS = [
  ['还款', 'huan2 kuan3 '],
  ['什么时候还', '什么时候 huan2 '],
  ['重复', 'chong2 fu4 '],
  ['了解', 'liao3 jie3 '],
  ['J ', '杰']
]

export const spoken = (text, language) => (language === 'zh' ? chinese(text) : text)
