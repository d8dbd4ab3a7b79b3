import type { Language } from '../../../src-shared/taxonomy.ts'
import { type Cue, compileCues, cuesIn, type Hit } from '../text/cues.ts'
import { negationBefore } from '../text/negation.ts'
import type { Reading } from '../text/reading.ts'
import { ACTS, OFFER, PROMISE } from './words.ts'

/** What an agent's line reports or promises, in words of either language. */
export interface Act {
  state: 'done' | 'promised'
  /** Which act it is, promised or done. */
  act: string
  text: Readonly<Record<Language, string>>
  /** "tomorrow", 下周一 ... when a promise says so. */
  when?: string
}
export type ActsOf = (reading: Reading) => Act[]

const WHEN =
  /\b(?:within|in|by|before|on|until) (?:the )?(?:next )?(?:\d+|one|two|three|five|seven|ten|an?|monday|tuesday|wednesday|thursday|friday|tomorrow|end of)(?:[ -](?:to )?(?:\d+|business|working|minutes?|hours?|days?|weeks?|the day|the week|today|morning|afternoon|of the day)){0,3}\b|\b(?:tomorrow|today|tonight|(?:next|this) (?:week|monday|tuesday|wednesday|thursday|friday))(?: (?:morning|afternoon|evening|before \w+|at \d+(?::\d\d)?(?: ?[ap]m)?))?(?: before \w+| at \d+(?::\d\d)?(?: ?[ap]m)?)?|\b(?:monday|tuesday|wednesday|thursday|friday)(?: (?:morning|afternoon))?|(?:\d+|[一二三四五六七八九十两]+)(?:个)?(?:工作日|小时|分钟|天|周)(?:之?内|以内|左右)?|(?:今天|明天|后天|今晚|本周|下周|周|星期)[一二三四五六日天]?(?:上午|下午|早上|晚上)?(?:[\d一二三四五六七八九十]+点)?(?:之?前)?/

/** Compiles the act phrases. */
export function createActsOf(): ActsOf {
  const cues: Cue<(typeof ACTS)[number]>[] = []
  for (const act of ACTS) for (const cue of cuesIn(act.cues)) cues.push({ cue, value: act })
  const match = compileCues(cues)
  return (reading) => {
    const acts: Act[] = []
    const seen = new Set<string>()
    for (const hit of match(reading)) {
      const { en, zh, ahead } = hit.value
      const sentence = sentenceAround(reading.folded, hit)
      if (seen.has(en) || sentence.question || OFFER.test(sentence.before) || negationBefore(reading, hit, 4)) continue
      const promised = PROMISE.test(sentence.before) || (en === 'call back' && !/\b(?:called|have|has)\b|已|刚/.test(sentence.before))
      seen.add(en)
      const when = promised ? WHEN.exec(sentence.text) : null
      acts.push({
        state: promised ? 'promised' : 'done',
        act: en,
        text: { en: promised ? ahead : en, zh: promised ? zh.replace(/^已|(?<=片)已/, '') : zh },
        ...(when ? { when: reading.text.slice(sentence.start + when.index, sentence.start + when.index + when[0].length) } : {})
      })
    }
    return acts
  }
}

function sentenceAround(folded: string, hit: Hit<unknown>): { text: string; start: number; before: string; question: boolean } {
  const end = /[.。!！?？\n;；]/.exec(folded.slice(hit.end))
  let start = hit.start
  while (start > 0 && !/[.。!！?？\n;；]/.test(folded.charAt(start - 1))) start--
  const stop = end ? hit.end + end.index : folded.length
  // A comma begins a new thought: "if you like, I blocked it" is rare, "once you agree, I will block it" is caught by "will".
  const comma = Math.max(folded.lastIndexOf(',', hit.start), folded.lastIndexOf('，', hit.start))
  const before = folded.slice(Math.max(start, comma + 1), hit.start)
  const mark = end?.[0]
  return {
    text: folded.slice(start, stop),
    start,
    before,
    question: mark === '?' || mark === '？' || /(吗|呢)$/.test(folded.slice(start, stop))
  }
}
