import { tone } from './ulaw.ts'

/** What becomes of a number that an agent dials or sends a customer to. */
export type DialAnswer =
  /** Rings another agent; their audio is joined. */
  | { type: 'agent'; user: string }
  /**
   * Somebody whom the PBX's owner speaks for, through `play`: rings for `ringMs`, then answers, or refuses with `status` (486 is busy, 480
   * does not answer). `id` names them in the event `transferred`.
   */
  | { type: 'party'; party: 'customer' | 'colleague'; id: string; name?: string; ringMs: number; status?: number }
  /** Answers and sends back what it hears. */
  | { type: 'echo' }
  /** Answers and plays G.711 mu-law. */
  | { type: 'announcement'; ulaw: Uint8Array; loop?: boolean }
  | { type: 'refuse'; status: number }

export type Dialplan = (number: string, user: string) => DialAnswer

/** Users ring, 600 is an echo, any other number answers with a ring-back tone; what is neither is not found. */
export function createDialplan(isUser: (name: string) => boolean): Dialplan {
  const ringBack = [...tone(425, 1_000, 0.2), ...new Uint8Array(8_000).fill(0xff)]
  return (number) => {
    if (isUser(number)) return { type: 'agent', user: number }
    if (number === '600') return { type: 'echo' }
    if (/^\+?[\d*#]{2,20}$/.test(number)) return { type: 'announcement', ulaw: Uint8Array.from(ringBack), loop: true }
    return { type: 'refuse', status: 404 }
  }
}
