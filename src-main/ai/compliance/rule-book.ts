import type { Finding } from '../ai.ts'
import type { Sensitive } from '../sensitive.ts'
import { type Cue, compileCues, cuesIn, type Hit } from '../text/cues.ts'
import { negationBefore } from '../text/negation.ts'
import type { Reading } from '../text/reading.ts'
import { RULES, type Rule } from './rules.ts'
import { type Step, WORDING } from './wording.ts'

export interface RuleBook {
  findings(reading: Reading, speaker: 'customer' | 'agent', sensitive: readonly Sensitive[]): Finding[]
  /** The steps a line takes, first mention of each. */
  steps(reading: Reading): Map<Step, { start: number; end: number }>
}

const NEGATION_REACH = 7
/** "Guaranteed returns do not exist": said right after the phrase. */
const DENIED_AFTER =
  /^\s*(?:product|products|s)?\s*(?:(?:do|does|did|is|are|was|were|can|could|will|would)(?:n't| not)|cannot|can't|won't|never)\b/
const DENIED_AFTER_HAN =
  /^(?:的|这种|产品|说法|承诺|话|事|[”"」』])*(?:是|都|都是|也|我们|本行|银行)*(?:不存在|没有|不允许|不可能|禁止|不可以|不能|违规|违法|不是|不对)/
const IN_CLEAR = new Set<Sensitive['kind']>(['card', 'identity', 'secret', 'account'])

/** Compiles rules and wording. */
export function createRuleBook(): RuleBook {
  const cues: Cue<Rule>[] = []
  for (const rule of RULES) for (const cue of cuesIn(rule.cues)) cues.push({ cue, value: rule })
  const matchRules = compileCues(cues)
  const wording: Cue<Step>[] = []
  for (const [step, phrases] of WORDING) for (const cue of cuesIn(phrases)) wording.push({ cue, value: step })
  const matchSteps = compileCues(wording)
  return {
    findings: (reading, speaker, sensitive) => {
      const hits = widest(matchRules(reading).filter((hit) => hit.value.speaker === speaker))
      const harmful = hits.filter((hit) => !(hit.value.negatable && harmless(reading, hit)))
      const found = harmful.map((hit) => ({ rule: hit.value.rule, severity: hit.value.severity, span: spanOf(reading, hit) }))
      for (const piece of sensitive) {
        if (IN_CLEAR.has(piece.kind)) {
          const severity = piece.kind === 'secret' ? 'bad' : speaker === 'agent' ? 'caution' : 'info'
          found.push({ rule: 'data_in_clear', severity, span: spanOf(reading, piece) })
        }
      }
      return found.sort((a, b) => a.span.start - b.span.start)
    },
    steps: (reading) => {
      const steps = new Map<Step, { start: number; end: number }>()
      for (const hit of matchSteps(reading)) {
        if (!steps.has(hit.value) && !(hit.value === 'risk' && riskDenied(reading, hit)))
          steps.set(hit.value, { start: hit.start, end: hit.end })
      }
      return steps
    }
  }
}

/** "Carries no risk" and 没有风险 hold the words of a risk warning and say its opposite; "not guaranteed" is a warning by its "not". */
function riskDenied(reading: Reading, hit: Hit<Step>): boolean {
  const said = reading.folded.slice(hit.start, hit.end)
  if (/^(?:not|no|cannot|can't|don't|不|非|无法)/.test(said)) return false
  return (
    /\b(?:no|zero|without|never|little)\b|没|毫无|零/.test(said) ||
    negationBefore(reading, hit, 3) !== undefined ||
    /[零无]$/.test(reading.folded.slice(0, hit.start))
  )
}

function spanOf(reading: Reading, { start, end }: { start: number; end: number }): Finding['span'] {
  return { start, end, text: reading.text.slice(start, end) }
}

function harmless(reading: Reading, hit: Hit<Rule>): boolean {
  const negation = negationBefore(reading, hit, NEGATION_REACH)
  if (negation && !rhetorical(reading, negation.start)) return true
  if (negatedInside(reading, hit)) return true
  const after = reading.folded.slice(hit.end, hit.end + 40)
  return hit.word >= 0 ? DENIED_AFTER.test(after) : DENIED_AFTER_HAN.test(after)
}

/** "The return is not guaranteed", 肯定不会涨: the negation stands inside. "You cannot lose" and 本金不会损失 are promises by their negation. */
function negatedInside(reading: Reading, hit: Hit<Rule>): boolean {
  const said = reading.folded.slice(hit.start, hit.end)
  if (hit.word < 0) return /(?:不能|无法|不会|不可能|未必|不一定)(?!.{0,3}(?:亏|损|赔钱))/.test(said)
  return /^\S+\s.*(?:\b(?:not|never|no)\b|n't\b|\bcannot\b)/.test(said)
}

/** "Don't worry it is guaranteed" has a negation that does not reach the promise. */
function rhetorical({ folded }: Reading, at: number): boolean {
  return /^(?:don'?t (?:worry|hesitate|miss)|no (?:worries|problem|need to worry)|not only|without (?:a )?doubt|nothing to worry|不用担心|不必担心|别担心|不用怕|不会骗|不骗)/.test(
    folded.slice(at, at + 24)
  )
}

/** Of overlapping hits of one rule the longest says it best. */
function widest(hits: readonly Hit<Rule>[]): Hit<Rule>[] {
  const kept: Hit<Rule>[] = []
  for (const hit of [...hits].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!kept.some((other) => other.value.rule === hit.value.rule && other.start < hit.end && other.end > hit.start)) kept.push(hit)
  }
  return kept
}
