import { getContext, setContext } from 'svelte'
import type { DeskState } from '../../desk.svelte.ts'
import { callsText } from '../../text/calls.ts'
import type { DialAbout, Softphone } from '../softphone.svelte.ts'

/** Calls that the agent makes, from wherever on the screen: says what cannot be dialled, and asks before somebody is put on hold. */
export class Outgoing {
  readonly #desk: DeskState
  readonly #phone: Softphone
  /** What is known of whom the agent clicked on, while the phone asks. */
  #clicked = $state.raw<{ text: string; about: DialAbout } | undefined>(undefined)
  /** Waits for the agent's yes, because another call is up or because the wish came from outside. */
  readonly asked = $derived.by(() => {
    const request = this.#phone.dialRequest
    if (!request) return undefined
    const own = this.#clicked?.text === request.text ? this.#clicked : undefined
    const number = request.number.display || request.text
    return { shown: own?.about.name ? `${own.about.name} · ${number}` : number, outside: own === undefined }
  })

  constructor(desk: DeskState, phone: Softphone) {
    this.#desk = desk
    this.#phone = phone
  }

  /** Can anything be dialled now. */
  get ready(): boolean {
    return this.#phone.registration === 'registered' && this.#phone.place !== 'silent'
  }

  /** Dials; whoever is on the line goes on hold. Gives whether it was dialled. */
  async call(text: string, about: DialAbout = {}): Promise<boolean> {
    const done = await this.#phone.dial(text, about)
    if (!('problem' in done)) return true
    this.#desk.say(`${text}: ${callsText().problem[done.problem]}`)
    return false
  }

  /** A click on a number: dials at once, or asks first when somebody would be put on hold. */
  async click(text: string, about: DialAbout = {}): Promise<void> {
    if (!this.#phone.busy) {
      await this.call(text, about)
      return
    }
    this.#clicked = { text, about }
    await this.#phone.requestDial(text)
  }

  confirm(): void {
    void this.#phone.confirmDial(this.#clicked?.about ?? {})
    this.#clicked = undefined
  }

  dismiss(): void {
    this.#phone.dismissDial()
    this.#clicked = undefined
  }
}

const KEY = Symbol('outgoing')
export const provideOutgoing = (outgoing: Outgoing): Outgoing => setContext(KEY, outgoing)
/** `undefined` for a role without a phone. */
export const useOutgoing = (): Outgoing | undefined => getContext<Outgoing | undefined>(KEY)
/** The same for parts that make no sense without one. */
export function needOutgoing(): Outgoing {
  const outgoing = useOutgoing()
  if (!outgoing) throw new Error('this part of the screen needs a phone around it')
  return outgoing
}
