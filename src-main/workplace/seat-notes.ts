import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * What must be known of every seat before anybody sits down at it, when its own files are still closed: which servers its phone
 * speaks to (the page's security policy names them when it is loaded) and how long it keeps conversations. Nothing secret.
 */
export interface SeatNotes {
  /** The sources of all seats, as a security policy writes them. */
  sources(): string[]
  /** Replaces the sources of one seat. True when one of them was not named before: pages loaded until now may not reach it. */
  allow(personId: string, sources: readonly string[]): boolean
  keep(personId: string, days: number): void
  /** The longest that any seat keeps its conversations; `undefined` while no seat has said. */
  keptDays(): number | undefined
}

/** Nothing else gets into a page's security policy. */
const Source = z.string().regex(/^wss?:\/\/[A-Za-z0-9.\-[\]:]+$/)
const Notes = z.record(z.string(), z.object({ sources: z.array(Source), keepDays: z.number().optional() }))

export function openSeatNotes(dir: string, log: (event: string, detail: Record<string, unknown>) => void): SeatNotes {
  const file = join(dir, 'seats.json')
  let notes = read(file, log)
  const put = (personId: string, change: Partial<z.infer<typeof Notes>[string]>): void => {
    const next = { ...notes, [personId]: { ...(notes[personId] ?? { sources: [] }), ...change } }
    // A rename is all or nothing: a crash leaves the one or the other.
    writeFileSync(`${file}.new`, JSON.stringify(next), { mode: 0o600 })
    renameSync(`${file}.new`, file)
    // Only what is on the disk counts: what could not be stored is asked again, and stored then.
    notes = next
  }
  const sources = (): string[] => [...new Set(Object.values(notes).flatMap((one) => one.sources))]
  return {
    sources,
    allow(personId, wanted) {
      const known = sources()
      if (wanted.join(' ') !== (notes[personId]?.sources ?? []).join(' ')) put(personId, { sources: [...wanted] })
      return wanted.some((one) => !known.includes(one))
    },
    keep(personId, days) {
      if (notes[personId]?.keepDays !== days) put(personId, { keepDays: days })
    },
    keptDays() {
      const days = Object.values(notes).flatMap((one) => one.keepDays ?? [])
      return days.length === 0 ? undefined : Math.max(...days)
    }
  }
}

function read(file: string, log: (event: string, detail: Record<string, unknown>) => void): z.infer<typeof Notes> {
  try {
    return Notes.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    // The first start in this folder, or a file that cannot be trusted: every seat says it again when it is taken.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log('seats', { error: String(error) })
    return {}
  }
}
