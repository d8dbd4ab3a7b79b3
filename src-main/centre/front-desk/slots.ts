import type { Slot } from './flows.ts'

/** What a customer's words say about what an act needs. What is kept is read from masked words; a code, which is not, as it was said. */

const DIGITS: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  零: '0',
  〇: '0',
  一: '1',
  幺: '1',
  二: '2',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9'
}

/** Figures in the order they were said, whether in digits or in words; a caller says "one one eight four". */
export function figures(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b/gu, (word) => DIGITS[word] ?? word)
    .replace(/[零〇一幺二两三四五六七八九]/gu, (char) => DIGITS[char] ?? char)
    .replace(/(?<=\d)[\s-](?=\d)/gu, '')
  return plain.match(/\d+/gu) ?? []
}

/** A one-time code: six digits standing alone. */
export const codeIn = (text: string): string | undefined => figures(text).find((one) => one.length === 6)

const FIGURE = '[\\d０-９]|\\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\\b|[零〇一幺二两三四五六七八九]'
const LONG_FIGURE = new RegExp(`(?:${FIGURE})(?:[\\s-]*(?:${FIGURE})){5,}`, 'giu')
/** A line in which a code may stand, without it. Only for lines that come while a code is awaited: six figures alone are no secret. */
export const hideCode = (text: string): string => text.replace(LONG_FIGURE, '••••••')

/** The last four characters of a card or an account; of a whole number its end. */
const tailIn = (text: string): string | undefined => {
  const found = figures(text).find((one) => one.length === 4 || (one.length >= 10 && one.length <= 19))
  return found?.slice(-4)
}

const kindIn = (text: string): string | undefined => {
  if (/salary|wages|pay ?check|工资|工資|薪水|薪资|薪資/iu.test(text)) return 'salary'
  if (/refund|money back|退款|退货|退貨|退费/iu.test(text)) return 'refund'
  return undefined
}

export function slotIn(slot: Slot, text: string): string | undefined {
  if (slot === 'tail') return tailIn(text)
  if (slot === 'kind') return kindIn(text)
  return undefined
}

/** Which of `count` choices, from 0. */
export function choiceIn(text: string, count: number): number | undefined {
  const ordinal = /\b(first|second|third|last)\b/iu.exec(text)?.[1]?.toLowerCase()
  const named = ordinal === undefined ? -1 : ['first', 'second', 'third'].indexOf(ordinal)
  const place = ordinal === 'last' ? count - 1 : named >= 0 ? named : Number(figures(text)[0] ?? 0) - 1
  return place >= 0 && place < count ? place : undefined
}

const YES =
  /^[\s\p{P}]*(?:yes|yeah|yep|yup|sure|ok|okay|please do|do it|go ahead|confirm|correct|right|block it|是|是的|对|對|好|好的|可以|行|确定|確定|确认|確認|嗯|麻烦|麻煩|要)(?:\b|[，。,.!！\s的吧了您你帮幫请請]|$)/iu
const NO =
  /^[\s\p{P}]*(?:no|nope|nah|not|don't|do not|never mind|cancel|stop|wait|不|不要|不用|不是|不对|不對|别|別|算了|先不|没有|沒有|没了|沒了|取消)/iu

/** The customer's own yes or no; undefined for anything else. */
export function yesOrNo(text: string): boolean | undefined {
  const said = text.trim()
  if (NO.test(said)) return false
  if (YES.test(said)) return true
  return undefined
}

const DONE =
  /(?:that(?:'s| is| was) (?:all|it|everything)|nothing (?:else|more)|no,? thank|i'm good|all good|bye|thanks?(?: you| a lot| so much)?\W*$|没有了|沒有了|没了|沒了|不用了|就这些|就這些|没别的|沒別的|再见|再見|拜拜|谢谢|謝謝|好了)/iu

/** Nothing more is wanted. */
export const isDone = (text: string): boolean => DONE.test(text.trim()) && text.length <= 60

const PERSON =
  /(?:\b(?:real|live|actual) (?:person|human|agent)\b|\b(?:speak|talk|chat|connect|transfer|put me|through)\b.{0,30}\b(?:person|human|agent|someone|somebody|representative|adviser|advisor|operator|colleague|staff)\b|^[\s\p{P}]*(?:a |an |the )?(?:person|human|agent|operator|representative)\b(?:,? please)?\W*$|转人工|轉人工|人工(?:客服|服务|服務|坐席)?|转接?客服|轉接?專員|真人|找(?:个|個)?(?:人|客服|经理|經理)|客服(?:人员|人員|專員))/iu

/** A person is asked for, in so many words. */
export const asksForPerson = (text: string): boolean => PERSON.test(text)
