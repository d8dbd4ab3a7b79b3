import { DIGIT_OF } from '../../ai/sensitive.ts'
import type { Slot } from './flows.ts'

/** What a customer's words say about what an act needs. What is kept is read from masked words; a code, which is not, as it was said. */

/** Figures in the order they were said, whether in digits or in words; a caller says "one one eight four". */
export function figures(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b/gu, (word) => DIGIT_OF[word] ?? word)
    .replace(/[零〇一幺二两三四五六七八九]/gu, (char) => DIGIT_OF[char] ?? char)
    .replace(/(?<=\d)[\s-](?=\d)/gu, '')
  return plain.match(/\d+/gu) ?? []
}

/** A one-time code: six digits standing alone. */
export const codeIn = (text: string): string | undefined => figures(text).find((one) => one.length === 6)

const FIGURE = '[\\d０-９]|\\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\\b|[零〇一幺二两三四五六七八九]'
const LONG_FIGURE = new RegExp(`(?:${FIGURE})(?:[\\s\\p{P}]{0,3}(?:${FIGURE})){5,}`, 'giu')
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

/** What is left of a line without these words and without punctuation. */
const without = (text: string, words: RegExp): string =>
  text
    .replace(words, ' ')
    .replace(/[\s\p{P}\p{S}]+/gu, ' ')
    .trim()

const ORDINALS: Readonly<Record<string, number>> = { first: 0, second: 1, third: 2 }
const CHOOSING =
  /\b(?:the|number|option|please|thanks?|thank you|yes|ok(?:ay)?|i(?:'d| would) like|i(?:'ll| will) take|take|one (?=please)|that|works?|is|fine|good)\b|第|个|個|号|號|吧|好的?|就|那|选|選|我要|要|可以|谢谢|謝謝|麻烦|麻煩|[的了呢]/giu

/** Which of `count` choices, from 0; only where the line says nothing else. */
export function choiceIn(text: string, count: number): number | undefined {
  const ordinal = /\b(first|second|third|last)\b/iu.exec(text)?.[1]?.toLowerCase()
  if (ordinal !== undefined) {
    if (
      without(text, CHOOSING)
        .toLowerCase()
        .replace(/\bone\b/gu, '')
        .trim() !== ordinal
    )
      return undefined
    const place = ordinal === 'last' ? count - 1 : (ORDINALS[ordinal] ?? -1)
    return place >= 0 && place < count ? place : undefined
  }
  const [figure, more] = figures(without(text, CHOOSING))
  if (figure === undefined || more !== undefined || without(text, CHOOSING).split(' ').length > 1) return undefined
  const place = Number(figure) - 1
  return place >= 0 && place < count ? place : undefined
}

const ASSENT =
  /\b(?:yes|yeah|yep|yup|sure|ok|okay|please do(?: so)?|do (?:it|so|that)|go ahead|i confirm|confirm(?:ed)?|(?:that(?:'s| is) )?(?:correct|right)|block it|of course|absolutely|definitely|no problem)\b|是的|是|对的|對的|对|對|好的|好|可以的|可以|行|确定|確定|确认|確認|没问题|沒問題|嗯+|要的|要|挂失吧|掛失吧/giu
const DENIAL =
  /\b(?:no|nope|nah|not now|not yet|don't|do not|never mind|cancel(?: it| that)?|stop(?: it| that)?|wait|hold on|leave it)\b|不要|不用|不是|不对|不對|不行|不了|不|别|別|算了|先不|等一下|等等|没有|沒有|没了|沒了|取消/giu
const COURTESY =
  /\b(?:please|thanks?|thank you|very much|so much|a lot|now|then|it|that|i am|i'm|really)\b|麻烦|麻煩|谢谢|謝謝|感谢|感謝|请|請|帮我|幫我|您|你|我|那就|就|吧|了|啊|呀|哦|喔|的|啦|呢/giu

/** The customer's own yes or no; undefined for anything else, and for a yes or no with anything else beside it. */
export function yesOrNo(text: string): boolean | undefined {
  const said = text.normalize('NFKC').replace(/’/gu, "'")
  const bare = without(said, COURTESY)
  // A question is no answer to one.
  if (bare === '' || /[?？]/u.test(said)) return undefined
  if (without(said.replace(ASSENT, ' '), COURTESY) === '') return true
  if (without(said.replace(DENIAL, ' '), COURTESY) === '') return false
  return undefined
}

const ENDING =
  /\b(?:that(?:'s| is| was| will be) (?:all|it|everything)(?: for (?:now|today))?|nothing(?: else| more)?|no thanks|no thank you|many thanks|thanks?|thank you|cheers|i'm good|all good|(?:good)?bye|good bye|have a (?:nice|good|great|lovely) (?:day|one|evening))\b|没有了|沒有了|没有|沒有|没了|沒了|不用了|不用|就这些|就這些|就这样|就這樣|没别的|沒別的|没其他的?|沒其他的?|再见|再見|拜拜|谢谢|謝謝|多谢|多謝|感谢|感謝|好了/giu
const BESIDE_ENDING =
  /\b(?:no|nope|ok(?:ay)?|great|perfect|lovely|super|good|very much|so much|a lot|for now|for today|you|then|well)\b|好的?|可以|行|嗯|您|你|了|啦|哦|喔|吧|的/giu

/** Nothing more is wanted, and the line says nothing else. */
export function isDone(text: string): boolean {
  const said = text.normalize('NFKC').replace(/’/gu, "'")
  if (/[?？]/u.test(said) || said.search(ENDING) < 0) return false
  return without(said.replace(ENDING, ' '), BESIDE_ENDING) === ''
}

const PERSON =
  /(?:\b(?:real|live|actual) (?:person|human|agent)\b|\b(?:speak|talk|chat|connect|transfer|put me|through)\b.{0,30}\b(?:person|human|agent|someone|somebody|representative|adviser|advisor|operator|colleague|staff)\b|^[\s\p{P}]*(?:a |an |the )?(?:person|human|agent|operator|representative)\b(?:,? please)?\W*$|转人工|轉人工|人工(?:客服|服务|服務|坐席)?|转接?客服|轉接?專員|真人|找(?:个|個)?(?:人|客服|经理|經理)|客服(?:人员|人員|專員))/iu

/** A person is asked for, in so many words. */
export const asksForPerson = (text: string): boolean => PERSON.test(text)
