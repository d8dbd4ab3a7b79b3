/** Under this RMS what arrives at the far end is noise. */
const AUDIBLE_RMS = 0.003
/** A measurement is about the second before it and takes a moment to come here: what it says of a mute or a hold is no news. */
const GRACE_MS = 4_000

/**
 * Whether the agent's voice arrives, as the far end measured it last; `undefined` while that cannot be known.
 * @param openSince since when the agent is to be heard, epoch ms; absent: not now
 */
export function arrives(heardRms: number | undefined, openSince: number | undefined, now: number): boolean | undefined {
  if (heardRms === undefined || openSince === undefined) return undefined
  if (heardRms >= AUDIBLE_RMS) return true
  return now - openSince < GRACE_MS ? undefined : false
}
