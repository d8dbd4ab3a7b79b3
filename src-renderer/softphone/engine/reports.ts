/** Sends reports one after the other, in the order they were made, again and again until the host has stored them. */
export interface ReportQueue<R> {
  add(report: R): void
  close(): void
}

/**
 * @param store resolves when stored, rejects when the host could not be asked
 * @param isRefused a refusal is an answer: asking again would not change it
 */
export function createReportQueue<R>(
  store: (report: R) => Promise<unknown>,
  isRefused: (error: unknown) => boolean,
  after: (ms: number, run: () => void) => () => void
): ReportQueue<R> {
  const waiting: R[] = []
  let running = false
  let cancel: (() => void) | undefined
  let closed = false

  async function run(): Promise<void> {
    if (running || closed) return
    running = true
    for (let next = waiting[0]; next !== undefined && !closed; next = waiting[0]) {
      try {
        await store(next)
      } catch (error) {
        if (!isRefused(error)) {
          cancel = after(1_000, () => void run())
          break
        }
        console.warn('a call report was refused', error)
      }
      waiting.shift()
    }
    running = false
  }

  return {
    add(report) {
      waiting.push(report)
      void run()
    },
    close() {
      closed = true
      cancel?.()
    }
  }
}
