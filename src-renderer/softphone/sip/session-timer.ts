/** Session timers (RFC 4028) as headers. Seconds, as the headers have them. Pure. */

export const LEAST_EXPIRES_S = 90

export interface SessionExpires {
  expiresS: number
  refresher?: 'uac' | 'uas' | undefined
}

/** Reads a Session-Expires header, also in its compact form's value; undefined when there is none or it is no number. */
export function readSessionExpires(header: string | undefined): SessionExpires | undefined {
  const match = /^\s*(\d{1,9})\s*((?:;.*)?)$/.exec(header ?? '')
  if (!match) return undefined
  const refresher = /;\s*refresher\s*=\s*(uac|uas)\b/i.exec(match[2] ?? '')?.[1]?.toLowerCase()
  return { expiresS: Number(match[1]), ...(refresher === 'uac' || refresher === 'uas' ? { refresher } : {}) }
}

export function readMinSe(header: string | undefined): number | undefined {
  const match = /^\s*(\d{1,9})/.exec(header ?? '')
  return match ? Number(match[1]) : undefined
}

/** Is an option tag among those of a Supported (or Require) header? */
export const hasTag = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((one) => one.trim().toLowerCase() === tag)

export interface TimerAnswer {
  /** What our 2xx says. */
  headers: string[]
  expiresS: number
  /** Who refreshes. */
  refresher: 'us' | 'them'
}

/**
 * What we answer to an INVITE (or re-INVITE, UPDATE) of the far end (RFC 4028 9): its wish is kept; without one the far end refreshes
 * when it can. `wantedS`: our own wish when it has none, 0 for none.
 * @returns 'too small' when the far end wants less than the least allowed, undefined when there is no timer.
 */
export function answerTimer(
  request: { sessionExpires: string | undefined; supported: string | undefined },
  wantedS: number
): TimerAnswer | 'too small' | undefined {
  const asked = readSessionExpires(request.sessionExpires)
  const able = hasTag(request.supported, 'timer')
  if (!asked) {
    if (wantedS <= 0) return undefined
    return { headers: [`Session-Expires: ${wantedS};refresher=uas`], expiresS: wantedS, refresher: 'us' }
  }
  if (asked.expiresS < LEAST_EXPIRES_S) return 'too small'
  const refresher = asked.refresher ?? (able ? 'uac' : 'uas')
  return {
    headers: [`Session-Expires: ${asked.expiresS};refresher=${refresher}`, ...(refresher === 'uac' && able ? ['Require: timer'] : [])],
    expiresS: asked.expiresS,
    refresher: refresher === 'uac' ? 'them' : 'us'
  }
}

/** What the answer to our own INVITE says: no header, no timer. */
export function readAnswer(sessionExpires: string | undefined): { expiresS: number; refresher: 'us' | 'them' } {
  const said = readSessionExpires(sessionExpires)
  return said ? { expiresS: said.expiresS, refresher: said.refresher === 'uas' ? 'them' : 'us' } : { expiresS: 0, refresher: 'us' }
}

/** The headers of our own INVITE; `refresher` as it was agreed, absent in the first one. */
export function offerTimer(expiresS: number, refresher?: 'us' | 'them'): string[] {
  if (expiresS <= 0) return []
  const who = refresher === undefined ? '' : `;refresher=${refresher === 'us' ? 'uac' : 'uas'}`
  return [`Session-Expires: ${expiresS}${who}`, `Min-SE: ${LEAST_EXPIRES_S}`]
}
