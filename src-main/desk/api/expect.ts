import { RefusalError } from '../../../src-shared/errors.ts'
import type { Desk } from '../desk.ts'
import { notFound } from './base.ts'

/** The conversation must be known here. Whether it may still be acted on is for the centre to say: this desk may be behind. */
export function expectKnown(desk: Desk, conversationId: string): void {
  if (!desk.reading().desk.get('select 1 from conversation where conversationId = ?', conversationId))
    throw notFound(`no conversation ${conversationId}`, 'conversationId')
}

/** As above, and known to be over: nothing more can reach the customer. */
export function expectOpen(desk: Desk, conversationId: string): void {
  expectKnown(desk, conversationId)
  if (desk.reading().desk.get(`select 1 from conversation where conversationId = ? and state = 'closed'`, conversationId))
    throw new RefusalError('conversation_closed', `conversation ${conversationId} is closed`, 'conversationId')
}
