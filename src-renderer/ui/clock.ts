import { createSubscriber } from 'svelte/reactivity'

/** Ticks on every full second while anything on the screen reads it; one timer for the whole page. */
const subscribe = createSubscriber((update) => {
  let timer: ReturnType<typeof setTimeout>
  const plan = () => {
    timer = setTimeout(
      () => {
        update()
        plan()
      },
      1000 - (Date.now() % 1000)
    )
  }
  plan()
  return () => clearTimeout(timer)
})

/** Now, epoch ms. Read in a template or a `$derived` it is read again every second. */
export function now(): number {
  subscribe()
  return Date.now()
}
