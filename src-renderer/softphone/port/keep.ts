const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/**
 * The newer of two pieces of plain data, with every part that is as before being the object from before: what came as a copy then
 * changes for its readers only where something in it did.
 */
export function keepSame<T>(before: T, now: T): T {
  if (Object.is(before, now)) return before
  if (Array.isArray(before) && Array.isArray(now)) {
    const kept: unknown[] = now.map((one: unknown, index) => keepSame<unknown>(before[index], one))
    // Made of the members of `now` alone, so of its type.
    return before.length === kept.length && kept.every((one, index) => one === before[index]) ? before : (kept as T)
  }
  if (!isPlain(before) || !isPlain(now)) return now
  const names = Object.keys(now)
  const kept = Object.fromEntries(names.map((name) => [name, keepSame<unknown>(before[name], now[name])]))
  const same = names.length === Object.keys(before).length && names.every((name) => name in before && kept[name] === before[name])
  // As above.
  return same ? before : (kept as T)
}
