import type { OfferView } from '../../../src-shared/contract/inbox.ts'
import type { DeskState } from '../../desk.svelte.ts'
import { LiveQuery } from '../../live-query.svelte.ts'
import type { Softphone } from '../softphone.svelte.ts'
import type { Outgoing } from './outgoing.svelte.ts'

/** The offers that wait for this person; made while a component initialises. */
export class Offers {
  readonly #query: LiveQuery<OfferView[]>
  readonly #desk: DeskState
  readonly #phone: Softphone
  readonly #outgoing: Outgoing
  /** Answered here already; the centre's word is on its way. */
  #answered = $state.raw<ReadonlySet<string>>(new Set())
  readonly waiting = $derived.by(() =>
    (this.#query.data ?? []).filter((offer) => !this.#answered.has(offer.offerId)).toSorted((a, b) => a.expiresAt - b.expiresAt)
  )
  /** The one that the shortcuts answer: the one that ends first. */
  readonly first = $derived(this.waiting[0])

  constructor(desk: DeskState, phone: Softphone, outgoing: Outgoing) {
    this.#desk = desk
    this.#outgoing = outgoing
    this.#phone = phone
    this.#query = new LiveQuery(
      desk.live,
      () => ['inbox'],
      () => desk.client.inbox.offers()
    )
  }

  async accept(offer: OfferView): Promise<void> {
    const { conversationId, offerId } = offer
    if (!this.#take(offerId)) return
    // Media first: the customer should hear a person at once, whatever the line to the centre does.
    if (offer.channel === 'voice' && offer.callbackId === undefined) this.#phone.accept(conversationId)
    this.#desk.place = { room: 'inbox', conversationId }
    const stored = await this.#desk.attempt(() => this.#desk.client.inbox.accept({ conversationId, offerId }))
    if (!stored) this.#giveBack(offerId)
    // A promise is kept only after the centre has given the contact to this desk.
    else if (offer.callbackId !== undefined)
      await this.#outgoing.call(offer.phone, { name: offer.customerName, conversationId, callbackId: offer.callbackId })
  }

  async decline(offer: OfferView): Promise<void> {
    const { conversationId, offerId } = offer
    if (!this.#take(offerId)) return
    if (offer.channel === 'voice') this.#phone.decline(conversationId)
    if (!(await this.#desk.attempt(() => this.#desk.client.inbox.decline({ conversationId, offerId })))) this.#giveBack(offerId)
  }

  #take(offerId: string): boolean {
    if (this.#answered.has(offerId)) return false
    this.#answered = new Set([...this.#answered, offerId])
    return true
  }

  #giveBack(offerId: string): void {
    this.#answered = new Set([...this.#answered].filter((id) => id !== offerId))
  }
}
