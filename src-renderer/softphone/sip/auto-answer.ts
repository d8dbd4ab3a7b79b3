/**
 * Does an INVITE ask to be answered without a hand? `Call-Info: <sip:x>;answer-after=0` (draft-ietf-sip-answermode's forerunner, as
 * phones of several vendors read it) and `Alert-Info: info=alert-autoanswer` or `Auto Answer`.
 * @returns after how many ms, or undefined.
 */
export function answerAfter(callInfo: readonly string[], alertInfo: readonly string[]): number | undefined {
  for (const header of callInfo) {
    const after = /;\s*answer-after\s*=\s*(\d{1,3})\b/i.exec(header)?.[1]
    if (after !== undefined) return Number(after) * 1_000
  }
  return alertInfo.some((header) => /info\s*=\s*"?alert-autoanswer|auto[ -]?answer/i.test(header)) ? 0 : undefined
}
