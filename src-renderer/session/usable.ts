import { tick } from 'svelte'
import type { Live } from '../live-query.svelte.ts'

/** Notes, once a page, when the first view had its data on screen: after the frame that shows it was handed to the compositor. */
export function markUsable(): void {
  if (performance.getEntriesByName('usable').length > 0) return
  void tick().then(() =>
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (performance.getEntriesByName('usable').length === 0) performance.mark('usable')
      })
    )
  )
}

/** The same for a desk: when every query that its first view asked has been answered, those of the parts that came with an answer too. */
export async function markUsableWhenAnswered(live: Live): Promise<void> {
  do {
    await live.answered()
    await tick()
  } while (live.unanswered > 0)
  markUsable()
}
