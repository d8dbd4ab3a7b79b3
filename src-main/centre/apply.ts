import type { Fact, FactOf } from '../../src-shared/events.ts'
import { changeCall } from './apply-calls.ts'
import { isReviewed, reviewers } from './audience/reviewed.ts'
import { emptyFrontDesk } from './front-desk/decide.ts'
import { CALLBACK_AGAIN_MS } from './port.ts'
import { readShown } from './presence.ts'
import { type Conversation, type CustomerState, ENDED_CALLBACKS, PAST_LIMIT, type PersonState, type State } from './state.ts'

const customerOf = (state: State, customerId: string): CustomerState => {
  let customer = state.customers.get(customerId)
  if (!customer) state.customers.set(customerId, (customer = { past: [], open: new Set() }))
  return customer
}

/** A bank's one-time code stands no longer than this. */
const CODE_STANDS_MS = 600_000

/**
 * What a fact changes. Deterministic, without clock or input; takes the state over and gives it back changed. A fact about a
 * conversation that is closed or unknown changes nothing, and the same fact twice is the same as once.
 */
export function apply(state: State, fact: Fact): State {
  if (fact.at > state.lastAt) state.lastAt = fact.at
  switch (fact.type) {
    case 'customer.updated':
      state.cards.set(fact.data.customerId, fact)
      return state
    case 'article.published':
      if ((state.articles.get(fact.data.articleId)?.revision ?? 0) <= fact.data.revision) state.articles.set(fact.data.articleId, fact.data)
      return state
    case 'gap.changed':
      state.gaps.set(fact.data.gapId, fact.data)
      return state
    case 'presence.changed': {
      const person = state.people.get(fact.data.personId)
      if (person) showPresence(person, fact)
      return state
    }
    case 'conversation.opened':
      open(state, fact)
      return state
    case 'callback.scheduled':
      if (!state.callbacks.has(fact.data.callbackId) && !state.endedCallbacks.has(fact.data.callbackId))
        state.callbacks.set(fact.data.callbackId, { promised: fact, dueAt: fact.data.at })
      return state
    case 'callback.ended':
      state.callbacks.delete(fact.data.callbackId)
      state.endedCallbacks.add(fact.data.callbackId)
      for (const oldest of state.endedCallbacks) {
        if (state.endedCallbacks.size <= ENDED_CALLBACKS) break
        state.endedCallbacks.delete(oldest)
      }
      return state
    default: {
      const conversation = fact.conversationId === undefined ? undefined : state.conversations.get(fact.conversationId)
      if (conversation) change(state, conversation, fact)
      return state
    }
  }
}

function showPresence(person: PersonState, { data }: FactOf<'presence.changed'>) {
  const { chosen, reason } = readShown(data.presence, data.reason, person.work.size > 0)
  if (chosen === 'available' && person.chosen !== 'available' && person.work.size === 0) person.idleSince = data.since
  person.chosen = chosen
  person.chosenReason = reason
  person.writtenOnly = data.writtenOnly ?? false
  person.shown = { presence: data.presence, reason: data.reason, since: data.since, writtenOnly: person.writtenOnly }
}

function open(state: State, fact: FactOf<'conversation.opened'>) {
  const conversationId = fact.conversationId
  if (conversationId === undefined || state.conversations.has(conversationId)) return
  state.conversations.set(conversationId, {
    ...fact.data,
    conversationId,
    background: fact.data.background ?? false,
    state: 'waiting',
    openedAt: fact.at,
    queuedAt: fact.at,
    refusedBy: new Map(),
    pastCalls: new Set(),
    audience: new Set(),
    turns: [],
    entryIds: new Map(),
    verification: 'none',
    alerts: new Map(),
    articles: [],
    promised: []
  })
  customerOf(state, fact.data.customerId).open.add(conversationId)
  const callback = fact.data.callbackId === undefined ? undefined : state.callbacks.get(fact.data.callbackId)
  if (callback) callback.conversationId = conversationId
}

/** From the first offer on, a desk follows the conversation, the customer's other open ones, and knows the closed ones. */
function follow(state: State, conversation: Conversation, personId: string) {
  const person = state.people.get(personId)
  if (!person || person.person.colleague) return
  const customer = customerOf(state, conversation.customerId)
  for (const id of customer.open) state.conversations.get(id)?.audience.add(personId)
  for (const past of customer.past) past.knownBy.add(personId)
}

function leave(state: State, conversation: Conversation, at: number) {
  const person = conversation.owner === undefined ? undefined : state.people.get(conversation.owner)
  if (person?.work.delete(conversation.conversationId)) person.idleSince = at
}

function endOffer(state: State, conversation: Conversation, offerId: string) {
  if (conversation.offer?.offerId !== offerId) return
  const person = state.people.get(conversation.offer.personId)
  if (person?.offer?.offerId === offerId) person.offer = undefined
  delete conversation.offer
}

/** A promise whose conversation is over and that nobody ended is to be kept at another time. */
function keepPromiseLater(state: State, { callbackId, conversationId }: Conversation, at: number) {
  const callback = callbackId === undefined ? undefined : state.callbacks.get(callbackId)
  if (callback?.conversationId !== conversationId) return
  callback.conversationId = undefined
  callback.dueAt = at + CALLBACK_AGAIN_MS
}

function takePromise(state: State, { callbackId, conversationId }: Conversation, personId: string) {
  const callback = callbackId === undefined ? undefined : state.callbacks.get(callbackId)
  if (callback?.conversationId === conversationId) callback.takenBy = personId
}

function change(state: State, conversation: Conversation, fact: Fact) {
  switch (fact.type) {
    case 'conversation.queued':
      conversation.queue = fact.data.queue
      conversation.state = 'waiting'
      // Going back to the queue for somebody else's sake costs the customer no place.
      if (fact.data.reason === 'transfer' || fact.data.reason === 'arrived') conversation.queuedAt = fact.at
      leave(state, conversation, fact.at)
      delete conversation.owner
      delete conversation.lostAt
      return
    case 'conversation.offered': {
      const { offerId, personId, expiresAt } = fact.data
      conversation.state = 'offered'
      conversation.offer = { offerId, personId, expiresAt }
      const person = state.people.get(personId)
      if (person) person.offer = { conversationId: conversation.conversationId, offerId }
      follow(state, conversation, personId)
      return
    }
    case 'conversation.offer-ended':
      endOffer(state, conversation, fact.data.offerId)
      if (fact.data.outcome === 'declined' || fact.data.outcome === 'timeout') {
        conversation.refusedBy.set(fact.data.personId, fact.at)
        delete conversation.reservedFor
      }
      return
    case 'conversation.assigned': {
      if (conversation.offer) endOffer(state, conversation, conversation.offer.offerId)
      conversation.state = 'active'
      conversation.owner = fact.data.personId
      delete conversation.endedAt
      state.people.get(fact.data.personId)?.work.add(conversation.conversationId)
      takePromise(state, conversation, fact.data.personId)
      follow(state, conversation, fact.data.personId)
      return
    }
    case 'conversation.transferred':
      conversation.refusedBy.set(fact.data.fromPersonId, fact.at)
      conversation.passedOn = { by: fact.data.fromPersonId, at: fact.at }
      if (fact.data.reason !== '') conversation.passedOnBecause = fact.data.reason
      leave(state, conversation, fact.at)
      delete conversation.owner
      delete conversation.reservedFor
      return
    case 'conversation.ended':
      conversation.endedAt ??= fact.at
      delete conversation.lostAt
      if (conversation.owner !== undefined) conversation.state = 'wrap-up'
      return
    case 'conversation.wrapped':
      customerOf(state, conversation.customerId).lastAgent = fact.data.personId
      return
    case 'conversation.closed': {
      if (conversation.offer) endOffer(state, conversation, conversation.offer.offerId)
      leave(state, conversation, fact.at)
      const customer = customerOf(state, conversation.customerId)
      customer.open.delete(conversation.conversationId)
      customer.past.push({ conversationId: conversation.conversationId, knownBy: conversation.audience })
      if (customer.past.length > PAST_LIMIT) customer.past.shift()
      state.conversations.delete(conversation.conversationId)
      keepPromiseLater(state, conversation, fact.at)
      return
    }
    case 'entry.added': {
      const { entryId, kind, speaker, text, at } = fact.data
      if (conversation.entryIds.has(entryId)) return
      conversation.entryIds.set(entryId, speaker)
      if ((kind === 'message' || kind === 'utterance') && (speaker === 'customer' || speaker === 'agent'))
        conversation.turns.push({ entryId, speaker, text, at })
      return
    }
    case 'verification.changed':
      conversation.verification = fact.data.state
      conversation.verified = { at: fact.at, ...(fact.data.how === undefined ? {} : { how: fact.data.how }) }
      conversation.code = fact.data.code
      if (fact.data.state === 'verified') delete conversation.codeUntil
      else if (fact.data.state === 'started') conversation.codeUntil = fact.at + CODE_STANDS_MS
      return
    case 'advice.given':
      conversation.advice = fact.data.advice
      return
    case 'alert.raised': {
      const { alertId, kind, text, evidence = [] } = fact.data
      const before = conversation.alerts.get(kind)
      conversation.alerts.set(kind, { alertId, text, evident: evidence.length > 0, resolved: before?.resolved ?? false })
      return
    }
    case 'alert.resolved':
      for (const alert of conversation.alerts.values()) if (alert.alertId === fact.data.alertId) alert.resolved = true
      return
    case 'front-desk.started':
      conversation.state = 'front-desk'
      conversation.frontDesk = emptyFrontDesk()
      conversation.frontDeskAt = fact.at
      return
    case 'front-desk.moved':
      conversation.frontDesk = fact.data.state
      conversation.frontDeskAt = fact.at
      if (fact.data.promised) conversation.promised.push(fact.data.promised)
      return
    case 'front-desk.ended':
      delete conversation.frontDeskAt
      return
    case 'suggestion.rated':
      if (fact.data.outcome !== 'rejected') conversation.articles.push({ articleId: fact.data.articleId, at: fact.at })
      return
    case 'handoff.prepared':
      conversation.handoff = fact.data
      return
    case 'call.ended':
      // Those who look at calls again follow a conversation from its first call on.
      if (conversation.call?.callId === fact.data.callId && isReviewed(state, conversation))
        for (const personId of reviewers(state)) conversation.audience.add(personId)
      changeCall(conversation, fact)
      return
    default:
      changeCall(conversation, fact)
  }
}
