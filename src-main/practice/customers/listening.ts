/**
 * When has the agent spoken and paused? Fed with the level the customer's end measures about once a second. A long uninterrupted
 * speech counts as paused too: people cut in.
 *
 *   silent -> speaking -> paused (told once) -> silent
 */
export interface Listening {
  speaking: boolean
  /** Seconds of speech in a row. */
  loudSeconds: number
}

export const SPEECH_RMS = 0.006
const CUT_IN_SECONDS = 12

export const silence = (): Listening => ({ speaking: false, loudSeconds: 0 })

export function hear(state: Listening, rms: number): { state: Listening; paused: boolean } {
  if (rms >= SPEECH_RMS) {
    const loudSeconds = state.loudSeconds + 1
    return loudSeconds >= CUT_IN_SECONDS ? { state: silence(), paused: true } : { state: { speaking: true, loudSeconds }, paused: false }
  }
  return { state: silence(), paused: state.speaking }
}
