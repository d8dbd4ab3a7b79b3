import type { OfferView } from '../../../src-shared/contract/inbox.ts'
import type { PhoneAccount } from '../../../src-shared/contract/phone.ts'
import type { Call, Input } from '../call/state.ts'
import type { EngineHost } from './host.ts'

/** The tone and the answer of a call that is taken without a hand. */
const AUTO_MS = 5_000

export interface AnsweringDeps {
  host: Pick<EngineHost, 'offers' | 'acceptOffer' | 'declineOffer'>
  calls(): readonly Call[]
  send(input: Input): void
  queues(): PhoneAccount['autoAnswer']['queues']
}

/** Brings calls and offers together. */
export interface Answering {
  /** News of the line on their way to the phone. */
  hear(input: Input, emit: (input: Input) => void): void
  /** The offers may be others. */
  look(): void
  /** Answers a call and takes its offer, as the screen's button does. */
  accept(call: Call): void
  decline(call: Call): void
}

const digits = (number: string) => number.replace(/\D/g, '')

export function createAnswering({ host, calls, send, queues }: AnsweringDeps): Answering {
  /** The offers of calls as they stood when last asked. */
  let known: readonly OfferView[] = []
  const voice = async () => {
    known = (await host.offers()).filter((offer) => offer.channel === 'voice')
    return known
  }
  const sameNumber = (offer: OfferView, number: string) => digits(offer.phone) !== '' && digits(offer.phone) === digits(number)

  const say = (what: string) => (error: unknown) => console.warn(what, error)

  /** Queues whose calls are answered without a hand; never into a live call, that is for the phone to know. */
  function autoAnswer(offers: readonly OfferView[]): void {
    for (const { conversationId, offerId, queue } of offers) {
      if (!queues().includes(queue)) continue
      const ringing = calls().find((call) => call.conversationId === conversationId && call.phase === 'ringing')
      if (!ringing) continue
      send({ type: 'expect', conversationId, forMs: AUTO_MS, auto: true })
      const taken = calls().find((call) => call.callId === ringing.callId)
      if (taken?.autoAnswered)
        host.acceptOffer({ conversationId, offerId }).catch(say('the offer of a call that was answered could not be taken'))
    }
  }

  function withOffer(call: Call, act: (offer: { conversationId: string; offerId: string }) => Promise<unknown>): void {
    voice()
      .then((offers) => {
        const offer = offers.find((one) => one.conversationId === call.conversationId)
        return offer && act({ conversationId: offer.conversationId, offerId: offer.offerId })
      })
      .catch(say('the centre was not told of an answer'))
  }

  return {
    /** An INVITE that names no conversation is matched by the caller's number against the offers. */
    hear(input, emit) {
      if (input.type !== 'invite') return emit(input)
      if (input.conversationId !== undefined) {
        emit(input)
        if (queues().length > 0) void voice().then(autoAnswer, say('the offers cannot be had'))
        return
      }
      // The bell does not wait for the desk: what was offered so far decides, and a later answer still joins the two.
      const conversationId = known.find((offer) => sameNumber(offer, input.number))?.conversationId
      emit({ ...input, conversationId })
      void voice().then((offers) => {
        const found = offers.find((offer) => sameNumber(offer, input.number))?.conversationId
        if (conversationId === undefined && found !== undefined) send({ type: 'belongs', callId: input.callId, conversationId: found })
        autoAnswer(offers)
      }, say('the offers cannot be had'))
    },
    look() {
      void voice().then((offers) => {
        if (queues().length > 0 && calls().some((call) => call.phase === 'ringing')) autoAnswer(offers)
      }, say('the offers cannot be had'))
    },
    accept(call) {
      send({ type: 'accept', callId: call.callId })
      withOffer(call, (offer) => host.acceptOffer(offer))
    },
    decline(call) {
      send({ type: 'decline', callId: call.callId })
      withOffer(call, (offer) => host.declineOffer(offer))
    }
  }
}
