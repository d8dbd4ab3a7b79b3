/** A recording is fetched in pieces; whoever listens on without a longer pause listens once. */
const SITTING_MS = 10 * 60_000

/** Notes who listened to which recording: once a sitting, before the first sound of it. */
export function createSittings(audit: (act: string, detail: Record<string, string>) => void, now: () => number) {
  const lastAt = new Map<string, number>()
  return {
    opened(recordingId: string, conversationId: string): void {
      const last = lastAt.get(recordingId)
      if (last === undefined || now() - last > SITTING_MS) audit('recording-played', { recordingId, conversationId })
      lastAt.set(recordingId, now())
    }
  }
}
