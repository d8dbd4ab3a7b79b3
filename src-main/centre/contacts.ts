import { RefusalError } from '../../src-shared/errors.ts'
import { adviceAgain } from './advice/give.ts'
import { isCodeDue } from './code-due.ts'
import type { Draft } from './decision.ts'
import { addEntry, analyseCustomer } from './entries.ts'
import { answersFirst, hearCustomer, leaveFrontDesk, welcome } from './front-desk/front-desk.ts'
import { hideCode } from './front-desk/slots.ts'
import type { Contact } from './port.ts'
import { heardRisk, lookAtContact } from './risk/alerts.ts'
import { codeSaid } from './risk/code.ts'
import { endContact } from './work.ts'

/** @throws RefusalError `not_found` for an unknown customer or person, `already_done` for an id that is in use */
export function contactArrived(out: Draft, contact: Contact, conversationId: string) {
  const { state } = out.world
  const { customerId, channel, queue, language, reason, priority, intent, alert, background, reservedFor } = contact
  if (!state.cards.has(customerId)) throw new RefusalError('not_found', `no customer ${customerId}`, 'customerId')
  if (reservedFor !== undefined && !state.people.has(reservedFor))
    throw new RefusalError('not_found', `nobody is called ${reservedFor}`, 'reservedFor')
  if (state.conversations.has(conversationId)) throw new RefusalError('already_done', 'a conversation of this id is open', 'conversationId')
  const opened = { customerId, channel, queue, language, reason: out.world.ai.mask(reason), priority }
  out.add(
    'conversation.opened',
    {
      ...opened,
      ...(intent && { intent }),
      ...(alert && { alert }),
      ...(background && { background }),
      ...(reservedFor !== undefined && { reservedFor })
    },
    conversationId
  )
  if (alert) out.add('alert.raised', { alertId: out.world.newId(), kind: alert, text: opened.reason }, conversationId)
  if (answersFirst(out.world.frontDesk, contact)) welcome(out, out.world.frontDesk, contact, conversationId)
  else out.add('conversation.queued', { queue, reason: 'arrived' }, conversationId)
  lookAtContact(out, contact, conversationId)
}

/** What a customer wrote or said: into the timeline, read and judged, all at once. Nothing when the contact is over. */
export function customerSaid(out: Draft, conversationId: string, raw: string, entryId: string) {
  const conversation = out.world.state.conversations.get(conversationId)
  if (!conversation || conversation.state === 'wrap-up' || conversation.entryIds.has(entryId) || raw.trim() === '') return
  const kind = conversation.channel === 'voice' ? 'utterance' : 'message'
  const shown = isCodeDue(conversation, out.world.now) ? hideCode(raw) : raw
  const text = addEntry(out, conversation, { entryId, kind, speaker: 'customer', at: out.world.now }, shown)
  heardRisk(out, conversation, entryId, analyseCustomer(out, conversation, entryId, text, shown))
  if (conversation.state === 'front-desk') hearCustomer(out, conversation, entryId, raw, text)
  else codeSaid(out, conversation, raw)
  adviceAgain(out, conversation, text)
}

export function customerLeft(out: Draft, conversationId: string) {
  const conversation = out.world.state.conversations.get(conversationId)
  // Where a person dialled nobody came, so nobody can leave: the telephone system tells how the call ends.
  if (conversation?.state === 'front-desk') leaveFrontDesk(out, conversation)
  else if (conversation && conversation.direction !== 'out') endContact(out, conversation, 'customer')
}
