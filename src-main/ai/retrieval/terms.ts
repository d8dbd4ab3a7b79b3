import { isHan } from '../text/fold.ts'
import type { Reading } from '../text/reading.ts'
import { stem } from '../text/words.ts'

const STOP = new Set(
  (
    'a an the i you he she it we they me him her us them my your his its our their this that these those is are was were be been am do does did have has had will would can could should may might ' +
    'of to in on at by for from with about into over and or but if so as not no yes please how what when where who why which there here just also very really than then too some any all ' +
    'want need like know get got tell help hi hello hey thanks thank ok okay im ive dont cant one'
  )
    .split(' ')
    .map(stem)
)
/** Characters so common that a pair made of two of them says nothing. */
const HAN_STOP = new Set('的了是我你您他她它们在有和就不也都这那吗呢吧啊呀一个请问怎么什想要可以能会到把被给对说为以上下')

/** What retrieval counts: stems of Latin words, bigrams of Han (and a lone Han character when it stands alone). */
export function termsOf(reading: Reading): string[] {
  const terms: string[] = []
  for (const { stem: word } of reading.words) if (!STOP.has(word) && (word.length > 1 || /\d/.test(word))) terms.push(word)
  const { folded } = reading
  for (let i = 0; i < folded.length; i++) {
    if (!isHan(folded.charCodeAt(i))) continue
    const next = folded.charCodeAt(i + 1)
    if (isHan(next)) {
      if (!(HAN_STOP.has(folded.charAt(i)) || HAN_STOP.has(folded.charAt(i + 1)))) terms.push(folded.slice(i, i + 2))
    } else if (!isHan(folded.charCodeAt(i - 1)) && !HAN_STOP.has(folded.charAt(i))) terms.push(folded.charAt(i))
  }
  return terms
}
