import type { Leg } from './leg.ts'

/** How often a phone is told that it is held no longer before it is left to its own. */
const TRIES = 3

/**
 * Tells one agent that the other one holds, or does so no longer (RFC 3264, 8.4). One order at a time: what was wanted last is what the
 * phone is left with, whatever glare did to the orders before.
 */
export function createFarHold(leg: Pick<Leg, 'reoffer' | 'state'>): (held: boolean) => void {
  let wanted = false
  let told = false
  let telling = false

  async function tell(): Promise<void> {
    if (telling) return
    telling = true
    try {
      for (let refused = 0; wanted !== told && leg.state === 'up' && refused < TRIES; ) {
        const held = wanted
        // Who is held hears music, so we go on sending.
        const status = await leg.reoffer({ direction: held ? 'sendonly' : 'sendrecv' })
        if (status < 300) told = held
        // A phone that will not be held hears the music all the same; one that is held must hear that it is no longer.
        else if (held) break
        else refused += 1
      }
    } finally {
      telling = false
    }
  }

  return (held) => {
    wanted = held
    void tell()
  }
}
