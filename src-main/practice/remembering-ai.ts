import type { Ai } from '../ai/ai.ts'

/** The practice floor says the same few lines again and again; what was found out about a text once is kept. */
export function rememberingAi(ai: Ai, limit = 5_000): Ai {
  const remembered = <T>(ask: (text: string) => T): ((text: string) => T) => {
    const known = new Map<string, T>()
    return (text) => {
      const found = known.get(text)
      if (found !== undefined) return found
      const answer = ask(text)
      if (known.size >= limit) known.clear()
      known.set(text, answer)
      return answer
    }
  }
  const byCustomer = remembered((text) => ai.findings(text, 'customer'))
  const byAgent = remembered((text) => ai.findings(text, 'agent'))
  return {
    ...ai,
    intent: remembered((text) => ai.intent(text)),
    mood: remembered((text) => ai.mood(text)),
    mask: remembered((text) => ai.mask(text)),
    language: remembered((text) => ai.language(text)),
    findings: (text, speaker) => (speaker === 'customer' ? byCustomer(text) : byAgent(text))
  }
}
