import type { Check, Intent } from '../../../src-shared/taxonomy.ts'
import type { CheckResult, Finding, Turn } from '../ai.ts'
import { CHECK_RULES, holdsFor } from './check-rules.ts'
import type { Step } from './wording.ts'

/** What the list needs to know of one line. */
export interface LineFacts {
  steps: ReadonlyMap<Step, { start: number; end: number }>
  findings: readonly Finding[]
}

const QUOTE_LIMIT = 160

/** Which checks a conversation about this intent has, in the order in which they come. */
export const checksFor = (intent: Intent): Check[] => CHECK_RULES.filter((rule) => holdsFor(rule, intent)).map(({ check }) => check)

/** The "check first" list: each check with the words that ticked or broke it. */
export function checkTurns(turns: readonly Turn[], intent: Intent, factsOf: (turn: Turn) => LineFacts): CheckResult[] {
  const lines = turns.map((turn) => ({ turn, facts: factsOf(turn) }))
  const agent = lines.filter(({ turn }) => turn.speaker === 'agent')
  const said = (step: Step) => agent.find(({ facts }) => facts.steps.has(step))
  const closing = closingOf(lines)
  const results: Readonly<Record<Check, () => CheckResult>> = {
    greeting: () => done('greeting', agent[0]?.facts.steps.has('greeting') ? agent[0] : said('greeting')),
    recording_notice: () => done('recording_notice', said('recording')),
    identity: () => done('identity', identityOf(lines)),
    risk_wording: () => done('risk_wording', said('risk')),
    no_forbidden_promise: () => {
      const broken = agent.find(({ facts }) => facts.findings.some((finding) => finding.rule === 'forbidden_promise'))
      const finding = broken?.facts.findings.find(({ rule }) => rule === 'forbidden_promise')
      if (broken && finding)
        return {
          check: 'no_forbidden_promise',
          state: 'broken',
          quote: finding.span.text,
          entryId: broken.turn.entryId,
          at: broken.turn.at
        }
      return done('no_forbidden_promise', closing)
    },
    calm_closing: () => {
      const rude = agent.find(({ facts }) => facts.findings.some((finding) => finding.rule === 'rude'))
      const finding = rude?.facts.findings.find(({ rule }) => rule === 'rude')
      if (rude && finding)
        return { check: 'calm_closing', state: 'broken', quote: finding.span.text, entryId: rude.turn.entryId, at: rude.turn.at }
      return done('calm_closing', closing)
    }
  }
  return checksFor(intent).map((check) => results[check]())
}

interface Read {
  turn: Turn
  facts: LineFacts
}

function done(check: Check, line: Read | undefined): CheckResult {
  if (!line) return { check, state: 'open' }
  const { text, entryId, at } = line.turn
  return { check, state: 'done', quote: text.length > QUOTE_LIMIT ? `${text.slice(0, QUOTE_LIMIT - 1)}…` : text, entryId, at }
}

/** Asked and answered, or said to be confirmed. A question alone is not a check. */
function identityOf(lines: readonly Read[]): Read | undefined {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]
    if (line?.turn.speaker !== 'agent') continue
    if (line.facts.steps.has('identity_confirmed')) return line
    if (!line.facts.steps.has('identity_question')) continue
    const answer = lines.slice(i + 1, i + 4).find(({ turn }) => turn.speaker === 'customer')
    if (answer && !answer.facts.steps.has('refuses') && answers(answer.turn.text)) return answer
  }
  return undefined
}

/**
 * What identifies somebody: figures (masked ones too), a date in words, a name that is given. Talk that only follows the question is no
 * answer to it.
 */
const EVIDENCE = [
  /\d{2,}|•/u,
  /[零〇一二三四五六七八九十两幺]{3,}|[一二三四五六七八九十]+月/u,
  /\b(january|february|march|april|june|july|august|september|october|november|december)\b|\bmay (the )?\d|\b(first|second|third|\w+th) of\b/iu,
  /\b[Nn]ame(?:['’]s| is)\b/u,
  // A name has a capital letter, so this one minds letter case.
  /\b(?:I am|I['’]m|[Ii]t['’]s|[Tt]his is|[Yy]es,?) (?:(?:Mr|Mrs|Ms|Dr)\.? )?\p{Lu}\p{L}+/u,
  /我叫|我是|本人|姓名|名字是|我姓|尾号|生日|验证码/u
] as const

function answers(text: string): boolean {
  return !/[?？]\s*$/.test(text) && EVIDENCE.some((one) => one.test(text))
}

/**
 * The agent's goodbye after the customer has spoken, or "anything else?" that was answered with "no". When the agent goes on talking
 * of something else afterwards, it was not the end.
 */
function closingOf(lines: readonly Read[]): Read | undefined {
  let agentLines = 0
  let customerSpoke = false
  let closing: Read | undefined
  lines.forEach((line, i) => {
    if (line.turn.speaker === 'customer') {
      customerSpoke = true
      return
    }
    agentLines++
    if (agentLines < 2 || !customerSpoke) return
    const { steps } = line.facts
    if (steps.has('goodbye')) closing = line
    else if (steps.has('anything_else')) {
      const next = lines[i + 1]
      if (next?.turn.speaker === 'customer' && next.facts.steps.has('nothing_else')) closing = line
    } else closing = undefined
  })
  return closing
}
