import type { Hit } from '../../../src-shared/contract/records.ts'
import type { DeskState } from '../../desk.svelte.ts'

type CustomerHit = Extract<Hit, { kind: 'customer' }>
const SHOWN = 6
/** The index answers within milliseconds; this only keeps it from being asked for every key of a fast hand. */
const PAUSE_MS = 120

/** Letters in it: somebody is looked for, nothing dialled. A sip: address is no name. */
export const looksLikeName = (text: string): boolean => /\p{L}/u.test(text) && !/^(sips?|tel|callto):/i.test(text.trim())

/** Customers by what is typed; made while a component initialises. */
export class CustomerFinder {
  found = $state.raw<readonly CustomerHit[]>([])
  busy = $state(false)

  constructor(desk: DeskState, text: () => string) {
    $effect(() => {
      const words = text().trim()
      if (!looksLikeName(words)) {
        this.found = []
        this.busy = false
        return
      }
      let wanted = true
      this.busy = true
      const timer = setTimeout(() => {
        void desk
          .attempt(() => desk.client.search.find({ text: words, limit: 60 }))
          .then((hits) => {
            if (!wanted) return
            this.found = (hits ?? []).filter((hit): hit is CustomerHit => hit.kind === 'customer').slice(0, SHOWN)
            this.busy = false
          })
      }, PAUSE_MS)
      return () => {
        wanted = false
        clearTimeout(timer)
      }
    })
  }
}
