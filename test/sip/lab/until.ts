type Falsy = false | 0 | '' | null | undefined

/**
 * Waits for a condition: asks again and again until it gives something truthy, and gives that.
 * @throws Error that names `what`, and what was seen last where `seen` tells it.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { withinMs = 10_000, everyMs = 25, seen }: { withinMs?: number; everyMs?: number; seen?: () => unknown } = {}
): Promise<Exclude<T, Falsy>> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const found = await ask()
    if (found) return found as Exclude<T, Falsy> // just looked at
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms${seen ? `; seen: ${show(await seen())}` : ''}`)
    await new Promise((resume) => setTimeout(resume, everyMs))
  }
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
