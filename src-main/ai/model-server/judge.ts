import { z } from 'zod'
import type { AnswerRule } from '../../../src-shared/contract/model-server.ts'
import type { Ai } from '../ai.ts'
import { lazily } from '../remember.ts'
import { createActsOf } from '../summary/acts.ts'
import { createFold } from '../text/fold.ts'
import { createReader } from '../text/reading.ts'
import { inventedFigure } from './figures.ts'
import { inventedName } from './names.ts'
import type { Prompt, WordingTask } from './prompt.ts'
import { isSteering } from './steering.ts'

export type Verdict = { ok: true; text: string; articleId: string | undefined } | { ok: false; rule: AnswerRule }
/** Reads an answer before anybody else does. Pure. */
export type Judge = (answer: string, task: WordingTask, prompt: Prompt) => Verdict

const SUMMARY_MOST = 1_200
/** How much longer than the local wording a suggestion may be. */
const LONGER = 3
const SLACK = 80
const SUGGESTION_MOST = 700
const LEAST = 4

const Answer = z.strictObject({ text: z.string(), source: z.string().optional() })
/** Control and direction characters, markup, code, masks of a kind that only machines write. */
const ODD = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]|<[a-z/!]|```|\*\*|\]\(|\{|\}/iu
/** What only the bank may say: not a fact because a customer said so. */
const CLAIMS =
  /\b(?:free|waive[ds]?|refund(?:ed|s)?|reimburse\w*|compensat\w*|cashback|discount\w*|bonus|approved?|eligible|exempt\w*|immediately|instantly|today|tonight|tomorrow|half|double|twice|triple|dozens?|hundreds|thousands|millions)\b|免费|免收|减免|豁免|退款|退还|退回|赔偿|赔付|补偿|优惠|折扣|奖励|批准|通过审批|立即到账|马上到账|当天|今天|今晚|明天|后天|双倍|翻倍|半年|半天|半小时|半价/g

export function createJudge(ai: Pick<Ai, 'mask' | 'findings' | 'language'>): Judge {
  const fold = createFold()
  const read = createReader()
  const acts = lazily(createActsOf)
  // "Identity not confirmed" holds the words of the act that it denies.
  const actsIn = (text: string): string[] =>
    clausesOf(text)
      .filter((clause) => !DENIAL.test(clause))
      .flatMap((clause) => acts()(read(clause)).map(({ state, act }) => `${state} ${act}`))

  function broken(text: string, task: WordingTask, prompt: Prompt): AnswerRule | undefined {
    const folded = fold(text)
    if (ODD.test(text.replaceAll('\n', ' '))) return 'form'
    if (text.length < LEAST || text.length > mostOf(task)) return 'length'
    if (ai.language(text) !== task.language) return 'language'
    if (ai.mask(text) !== text) return 'personal_data'
    if (isSteering(folded)) return 'steering'
    if (ai.findings(text, 'agent').some(({ severity }) => severity !== 'info')) return 'promise'
    const given = fold(`${prompt.material}\n${prompt.conversation}`)
    if (inventedFigure(folded, given)) return 'figures'
    if (inventedName(text, `${prompt.material}\n${prompt.conversation}`, task.language)) return 'names'
    // A note tells what a customer claimed; a reply would claim it in the bank's name.
    const ours = task.use === 'suggestion' ? fold(prompt.material) : given
    if ((folded.match(CLAIMS) ?? []).some((claim) => !ours.includes(claim))) return 'claims'
    const known = new Set([task.local, ...agentLines(prompt.conversation)].flatMap(actsIn))
    if (actsIn(text).some((act) => !known.has(act))) return 'acts'
    return undefined
  }

  return (answer, task, prompt) => {
    const parsed = Answer.safeParse(objectIn(answer))
    if (!parsed.success) return { ok: false, rule: 'form' }
    const text = parsed.data.text.replaceAll('\r\n', '\n').trim()
    const articleId = parsed.data.source === undefined ? undefined : prompt.sources.get(parsed.data.source)
    const rule = broken(text, task, prompt)
    if (rule) return { ok: false, rule }
    if (task.use === 'suggestion' && articleId === undefined) return { ok: false, rule: 'source' }
    return { ok: true, text, articleId }
  }
}

const mostOf = ({ use, local }: WordingTask): number =>
  use === 'summary' ? SUMMARY_MOST : Math.min(SUGGESTION_MOST, local.length * LONGER + SLACK)

const DENIAL = /\b(?:not|never|no|without|unable|cannot)\b|n't\b|未|没|沒|尚|不/i
const clausesOf = (text: string): string[] => text.split(/[;,\n，；。！？!?]|\.(?=\s|$)/)

const agentLines = (conversation: string): string[] =>
  conversation.split('\n').flatMap((line) => (line.startsWith('Agent: ') ? [line.slice(7)] : []))

/** The one JSON object of an answer. Models that think aloud first, or fence their code, are forgiven; anything else around it is not. */
function objectIn(answer: string): unknown {
  const bare = answer
    .replace(/^\s*<think>[\s\S]*?<\/think>/, '')
    .trim()
    .replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1')
  try {
    return JSON.parse(bare) as unknown
  } catch {
    return undefined // no JSON: the schema refuses it as such
  }
}
