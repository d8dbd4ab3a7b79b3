import type { RequestParts } from './dialog.ts'
import { DEAF, type Leg } from './leg.ts'

/** Several devices that ring for one person (RFC 3261, 16.7): the first that answers has the call, the others are told so. */
export interface Ringing {
  /** Silences those that still ring, without an event. */
  stop(reason?: string): void
}

export interface RingingEvents {
  /** The first device rings. */
  ringing(): void
  answered(leg: Leg): void
  /** All refused. */
  refused(status: number): void
}

/** Reason of RFC 3326 for those who were not quick enough. */
const ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"'
/** A person's own word counts more than that of a device which is out of reach. */
const WEAK = new Set([408, 480, 481, 487, 500, 503])

export function ringAll(
  legs: readonly Leg[],
  parts: RequestParts,
  ringMs: number,
  on: RingingEvents,
  log: (line: string) => void
): Ringing {
  const ringing = new Set(legs)
  let told = false
  let best = 0

  const stopOthers = (leg: Leg | undefined, reason?: string): void => {
    for (const other of ringing) {
      if (other === leg) continue
      other.events = DEAF
      other.end(reason)
    }
    ringing.clear()
  }
  const refused = (leg: Leg, status: number): void => {
    if (!ringing.delete(leg)) return
    if (best === 0 || (WEAK.has(best) && !WEAK.has(status))) best = status
    // 6xx speaks for the person, not for the device.
    if (status >= 600) stopOthers(leg)
    if (ringing.size === 0) on.refused(status >= 600 ? status : best)
  }
  for (const leg of legs) {
    leg.events = {
      ...DEAF,
      ringing() {
        if (!told) on.ringing()
        told = true
      },
      answered() {
        stopOthers(leg, ELSEWHERE)
        on.answered(leg)
      },
      refused: (status) => refused(leg, status)
    }
    leg.ring(parts, ringMs).catch((error: unknown) => {
      log(`ringing ${leg.user}: ${String(error)}`)
      leg.end()
      refused(leg, 500)
    })
  }
  return { stop: (reason) => stopOthers(undefined, reason) }
}
