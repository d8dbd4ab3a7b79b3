import { setImmediate as turn } from 'node:timers/promises'

/** Waits for a condition to give something; the error names what never came. The limit only ends a test that has failed. */
export async function until<T>(what: string, look: () => T | undefined | false, limitMs = 40_000): Promise<T> {
  const stop = Date.now() + limitMs
  for (;;) {
    const found = look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > stop) throw new Error(`never came: ${what}`)
    await turn()
  }
}
