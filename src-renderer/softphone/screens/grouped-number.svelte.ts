import { grouped } from '../numbers.ts'

/** A number on the screen; as it came for the moment until the rules of its country are there. Made while a component initialises. */
export class GroupedNumber {
  #text = $state.raw({ of: '', text: '' })
  readonly #number: () => string

  constructor(number: () => string) {
    this.#number = number
    $effect(() => {
      const of = number()
      let wanted = true
      void grouped(of).then((text) => {
        if (wanted) this.#text = { of, text }
      })
      return () => {
        wanted = false
      }
    })
  }

  get text(): string {
    const number = this.#number()
    return this.#text.of === number ? this.#text.text : number
  }
}
