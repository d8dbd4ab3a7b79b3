import type { Hit } from '../text/cues.ts'
import type { Reading } from '../text/reading.ts'
import { stem } from '../text/words.ts'

/**
 * Whether the customer says that this is *not* what they want. Most negations are part of the wish ("my transfer has not arrived"),
 * so only those that deny a wish or a topic count.
 */
export function denied(reading: Reading, hit: Hit<unknown>): boolean {
  return hit.word >= 0 ? deniedInWords(reading, hit.word) : HAN_DENIAL.test(clauseBefore(reading.folded, hit.start))
}

const HAN_DENIAL =
  /(不是要|不是想|不是来|不是问|并不是|不想要?|不要|不用|不需要|不打算|没打算|没想|无需|而不是|别给我|不是说|不是关于)[^，。！？；,!?;]{0,6}$/

function clauseBefore(folded: string, at: number): string {
  return folded.slice(Math.max(0, at - 14), at)
}

const DENIALS = [
  ['dont', 'want'],
  ['dont', 'need'],
  ['not', 'want'],
  ['not', 'call'],
  ['not', 'about'],
  ['not', 'ask'],
  ['not', 'look'],
  ['not', 'interest'],
  ['not', 'here'],
  ['no', 'need'],
  ['isnt', 'about'],
  ['never', 'ask'],
  ['never', 'want'],
  ['instead', 'of'],
  ['rather', 'than'],
  ['no', 'interest'],
  ['dont', 'plan'],
  ['not', 'plan'],
  ['wasnt', 'ask'],
  ['not', 'try'],
  ['didnt', 'ask'],
  ['didnt', 'lose'],
  ['not', 'lose'],
  ['havent', 'lose']
].map((pair) => pair.map(stem))
const REACH = 7

function deniedInWords({ words }: Reading, at: number): boolean {
  const clause = words[at]?.clause
  // The denial may reach into the phrase itself ("not | lost my card"), never past its first word.
  for (let i = at; i >= 0 && i >= at - REACH; i--) {
    const word = words[i]
    if (!word || word.clause !== clause) return false
    const before = words[i - 1]
    if (before && before.clause === clause && DENIALS.some(([first, second]) => before.stem === first && word.stem === second)) return true
  }
  return false
}
