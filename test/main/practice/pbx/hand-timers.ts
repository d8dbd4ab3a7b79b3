/** Timers whose hands a test turns. */
export function handTimers() {
  const waits: { ms: number; action: () => void }[] = []
  let armed = 0
  return {
    waits,
    /** How many waits were begun. */
    get armed() {
      return armed
    },
    /** Lets the newest wait of so many ms be over. */
    fire(ms: number) {
      const entry = waits.findLast((one) => one.ms === ms)
      if (!entry) throw new Error(`nothing waits ${ms} ms, but ${waits.map((one) => one.ms)}`)
      waits.splice(waits.indexOf(entry), 1)
      entry.action()
    },
    after(ms: number, action: () => void) {
      armed++
      const entry = { ms, action }
      waits.push(entry)
      return () => void waits.splice(waits.indexOf(entry), waits.includes(entry) ? 1 : 0)
    },
    close: () => undefined
  }
}
