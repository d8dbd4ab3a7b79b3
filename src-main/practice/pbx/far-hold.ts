import type { Leg } from './leg.ts'

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
    while (wanted !== told && leg.state === 'up') {
      const held = wanted
      // Who is held hears music, so we go on sending.
      const status = await leg.reoffer({ direction: held ? 'sendonly' : 'sendrecv' })
      if (status >= 300) break // a phone that will not have it hears the music all the same
      told = held
    }
    telling = false
  }

  return (held) => {
    wanted = held
    void tell()
  }
}
