/** A page that paints no pictures now (covered, throttled) makes nobody wait longer than this. */
const LATEST_MS = 40

/** Runs in a task of its own, which comes in time in pages that nobody looks at too; timers do not. Gives what takes it back. */
export function soon(run: () => void): () => void {
  const { port1, port2 } = new MessageChannel()
  const end = () => port1.close()
  port1.onmessage = () => {
    end()
    run()
  }
  port2.postMessage(undefined)
  return end
}

/** Runs behind the next picture of this page, and at the latest 40 ms from now; soon where the page is hidden. Gives what takes it back. */
export function afterPicture(run: () => void): () => void {
  if (document.visibilityState === 'hidden') return soon(run)
  let takeBack = () => {}
  const end = () => {
    clearTimeout(latest)
    cancelAnimationFrame(frame)
    takeBack()
  }
  const once = () => {
    end()
    run()
  }
  const latest = setTimeout(once, LATEST_MS)
  // What a frame's callbacks do comes before its picture, a task behind it.
  const frame = requestAnimationFrame(() => {
    takeBack = soon(once)
  })
  return end
}
