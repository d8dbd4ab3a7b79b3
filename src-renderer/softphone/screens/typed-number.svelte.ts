import type { DialNumber } from '../numbers.ts'
import type { Softphone } from '../softphone.svelte.ts'

/** A number while it is typed, and how it will be dialled; made while a component initialises. */
export class TypedNumber {
  text = $state('')
  /** How the newest text reads; a moment behind the typing. */
  read = $state.raw<DialNumber | undefined>(undefined)
  /** There is something to dial; a number that looks wrong can be tried, the telephone system may know better. */
  readonly dialable = $derived((this.read?.dial ?? '') !== '')

  constructor(phone: Pick<Softphone, 'numberOf'>) {
    $effect(() => {
      const { text } = this
      let wanted = true
      void phone.numberOf(text).then((read) => {
        if (wanted) this.read = read
      })
      return () => {
        wanted = false
      }
    })
  }
}
