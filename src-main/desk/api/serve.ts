import { RefusalError } from '../../../src-shared/errors.ts'
import { newId } from '../../../src-shared/ids.ts'
import { sealFor } from '../../hub/seal.ts'
import { conversationView } from '../../store/queries/conversation.ts'
import { countInbox, listConversations, openOffers, ownPresence, waitingQueue } from '../../store/queries/inbox.ts'
import { codeOf } from '../../store/queries/risk.ts'
import { timeline } from '../../store/queries/timeline.ts'
import type { Desk } from '../desk.ts'
import { personNames } from '../names.ts'
import { deskOf, notFound, os } from './base.ts'
import { expectKnown, expectOpen } from './expect.ts'

function expectOffer(desk: Desk, offerId: string): void {
  const { desk: db, personId } = desk.reading()
  const offer = db.get<{ personId: string; outcome: string | null }>('select personId, outcome from offer where offerId = ?', offerId)
  if (!offer || offer.personId !== personId || offer.outcome !== null)
    throw new RefusalError('offer_gone', `offer ${offerId} is not open`, 'offerId')
}

export const inbox = {
  list: os.inbox.list.handler(({ input, context }) => listConversations(deskOf(context).reading(), input)),
  queue: os.inbox.queue.handler(({ context }) => waitingQueue(deskOf(context).reading())),
  counts: os.inbox.counts.handler(({ context }) => countInbox(deskOf(context).reading())),
  offers: os.inbox.offers.handler(({ context }) => openOffers(deskOf(context).reading(), deskOf(context).now())),
  accept: os.inbox.accept.handler(({ input, context }) => {
    const desk = deskOf(context)
    expectOffer(desk, input.offerId)
    return { commandId: desk.commands.enter('offer.accept', input) }
  }),
  decline: os.inbox.decline.handler(({ input, context }) => {
    const desk = deskOf(context)
    expectOffer(desk, input.offerId)
    return { commandId: desk.commands.enter('offer.decline', input) }
  }),
  presence: os.inbox.presence.handler(({ context }) => {
    const desk = deskOf(context)
    const notReady = desk.presence.notReady()
    return { ...ownPresence(desk.reading(), desk.now()), ...(notReady === undefined ? {} : { notReady }) }
  }),
  setPresence: os.inbox.setPresence.handler(({ input, context }) => ({ commandId: deskOf(context).presence.choose(input) }))
}

export const conversation = {
  get: os.conversation.get.handler(({ input, context }) => {
    const view = conversationView(deskOf(context).reading(), input.conversationId, personNames(deskOf(context)))
    if (!view) throw notFound(`no conversation ${input.conversationId}`, 'conversationId')
    return view
  }),
  timeline: os.conversation.timeline.handler(({ input, context }) => {
    const desk = deskOf(context)
    const page = timeline(desk.reading(), input.conversationId, input, personNames(desk))
    if (!page) throw notFound(`no conversation ${input.conversationId}`, 'conversationId')
    return page
  }),
  markRead: os.conversation.markRead.handler(({ input, context }) => {
    expectKnown(deskOf(context), input.conversationId)
    deskOf(context).markRead(input.conversationId)
    return {}
  }),
  reply: os.conversation.reply.handler(({ input, context }) => {
    const desk = deskOf(context)
    expectOpen(desk, input.conversationId)
    const entryId = newId()
    return { entryId, commandId: desk.commands.enter('message.send', { ...input, entryId }) }
  }),
  note: os.conversation.note.handler(({ input, context }) => {
    const desk = deskOf(context)
    expectKnown(desk, input.conversationId)
    const entryId = newId()
    return { entryId, commandId: desk.commands.enter('note.add', { ...input, entryId }) }
  }),
  said: os.conversation.said.handler(({ input, context }) => {
    const desk = deskOf(context)
    expectOpen(desk, input.conversationId)
    const entryId = newId()
    return { entryId, commandId: desk.commands.enter('transcript.add', { ...input, entryId }) }
  }),
  verify: os.conversation.verify.handler(({ input, context }) => {
    expectOpen(deskOf(context), input.conversationId)
    return { commandId: deskOf(context).commands.enter('verification.confirm', input) }
  }),
  sendCode: os.conversation.sendCode.handler(({ input, context }) => {
    expectOpen(deskOf(context), input.conversationId)
    return { commandId: deskOf(context).commands.enter('verification.start', input) }
  }),
  checkCode: os.conversation.checkCode.handler(({ input: { conversationId, code }, context }) => {
    const desk = deskOf(context)
    expectOpen(desk, conversationId)
    const sealKey = codeOf(desk.reading().desk, conversationId)?.sealKey
    if (sealKey === undefined) throw new RefusalError('not_available', 'no code is awaited', 'conversationId')
    return { commandId: desk.commands.enter('verification.check', { conversationId, sealed: sealFor(sealKey, code) }) }
  }),
  resolveAlert: os.conversation.resolveAlert.handler(({ input, context }) => {
    expectOpen(deskOf(context), input.conversationId)
    return { commandId: deskOf(context).commands.enter('alert.resolve', input) }
  }),
  transfer: os.conversation.transfer.handler(({ input, context }) => {
    expectOpen(deskOf(context), input.conversationId)
    return { commandId: deskOf(context).commands.enter('transfer.blind', input) }
  }),
  end: os.conversation.end.handler(({ input, context }) => {
    expectOpen(deskOf(context), input.conversationId)
    return { commandId: deskOf(context).commands.enter('conversation.end', input) }
  }),
  finish: os.conversation.finish.handler(({ input, context }) => {
    expectOpen(deskOf(context), input.conversationId)
    return { commandId: deskOf(context).commands.enter('wrapup.finish', input) }
  }),
  correctMood: os.conversation.correctMood.handler(({ input, context }) => {
    const desk = deskOf(context)
    const entry = desk.reading().desk.get<{ speaker: string }>('select speaker from entry where entryId = ?', input.entryId)
    if (!entry) throw notFound(`no entry ${input.entryId}`, 'entryId')
    if (entry.speaker !== 'customer') throw new RefusalError('invalid', 'only a customer has a mood', 'entryId')
    return { commandId: desk.commands.enter('emotion.correct', input) }
  }),
  draft: os.conversation.draft.handler(({ input, context }) => ({ text: deskOf(context).draft(input.conversationId) })),
  saveDraft: os.conversation.saveDraft.handler(({ input, context }) => {
    expectKnown(deskOf(context), input.conversationId)
    deskOf(context).saveDraft(input.conversationId, input.text)
    return {}
  })
}
