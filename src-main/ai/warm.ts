import type { Ai, Turn } from './ai.ts'

/**
 * Reads a line with everything the co-pilot uses, one part in a turn of the event loop, so that the lexicons are compiled before the
 * first customer speaks. Resolves when all is warm.
 */
export async function warm(ai: Ai): Promise<void> {
  const turns: Turn[] = (['customer', 'agent'] as const).map((speaker) => ({ entryId: speaker, speaker, text: 'Hello 你好 1', at: 0 }))
  const text = turns[0]?.text ?? ''
  const parts = [
    () => ai.intentOf(turns),
    () => ai.mood(text),
    () => ai.findings(text, 'customer'),
    () => ai.entities(text),
    () => ai.checks(turns, 'unknown'),
    () => ai.summary(turns, 'unknown', 'en'),
    () => ai.retrieve(text, undefined, 'en', 1),
    () => ai.retrieve(text, undefined, 'zh', 1)
  ]
  for (const part of parts) {
    await new Promise((resolve) => setImmediate(resolve))
    part()
  }
}
