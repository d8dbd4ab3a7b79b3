import { readFileSync } from 'node:fs'
import type { Finding, Passage } from '../../../../src-main/ai/ai.ts'
import type { BankAnswer } from '../../../../src-main/centre/bank/port.ts'
import { decideFrontDesk, emptyFrontDesk, type FrontDeskMove } from '../../../../src-main/centre/front-desk/decide.ts'
import { type FlowBook, readFlows } from '../../../../src-main/centre/front-desk/flows.ts'
import type { Tongue } from '../../../../src-main/centre/front-desk/say.ts'
import type { IntentScore, MoodScore } from '../../../../src-shared/events.ts'
import type { Intent, Mood } from '../../../../src-shared/taxonomy.ts'

/** The flows that ship. */
export const shippedFlows = (): FlowBook =>
  readFlows(readFileSync(new URL('../../../../resources/front-desk/flows.json', import.meta.url), 'utf8'))

export interface Said {
  text: string
  intent?: Intent
  confidence?: number
  mood?: Mood
  rules?: readonly string[]
}

/** A front desk in one conversation, moved by hand. */
export function talk(options: { tongue?: Tongue; verified?: boolean; article?: Passage } = {}) {
  const book = shippedFlows()
  let state = emptyFrontDesk()
  let verified = options.verified ?? false
  let next = 0
  const moved = (move: FrontDeskMove) => {
    state = move.state
    if (move.verification === 'verified') verified = true
    return move
  }
  const world = () => ({
    book,
    now: 1_000,
    tongue: options.tongue ?? ('en' as const),
    verified,
    alerted: false,
    newId: () => `request-${++next}`,
    article: () => options.article
  })
  return {
    state: () => state,
    say({ text, intent = 'unknown', confidence = 0.9, mood = 'calm', rules = [] }: Said) {
      const score: IntentScore = { intent, confidence, why: [] }
      const feeling: MoodScore = { mood, confidence: 0.9 }
      const findings: Finding[] = rules.map((rule) => ({ rule, severity: 'bad', span: { start: 0, end: 1, text: text.slice(0, 1) } }))
      const input = { type: 'said' as const, text, masked: text, entryId: 'entry', intent: score, mood: feeling, findings }
      return moved(decideFrontDesk(state, input, world()))
    },
    bank(
      answer: { rows: Record<string, string | number>[] } | { code: Extract<BankAnswer, { ok: false }>['code'] },
      requestId = state.asked?.requestId
    ) {
      const head = { requestId: requestId ?? 'none', act: state.asked?.act ?? 'balance' }
      const full: BankAnswer =
        'rows' in answer ? { ...head, ok: true, rows: answer.rows } : { ...head, ok: false, code: answer.code, detail: '' }
      return moved(decideFrontDesk(state, { type: 'bank', answer: full }, world()))
    }
  }
}
