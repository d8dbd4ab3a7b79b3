import { RefusalError } from '../../../src-shared/errors.ts'
import type { EventData } from '../../../src-shared/events.ts'
import type { WordSignal } from '../../../src-shared/risk.ts'
import type { Finding } from '../../ai/ai.ts'
import type { Activity } from '../bank/port.ts'
import type { Draft } from '../decision.ts'
import type { Contact } from '../port.ts'
import type { Conversation } from '../state.ts'
import { detect } from './detect.ts'

/** Alerts of a conversation: one of each kind, raised by the accounts or by the customer's words. They never hold routing up. */

/** When a contact arrives. Background traffic is nobody's to look at. */
export function lookAtContact(out: Draft, { customerId, background }: Contact, conversationId: string) {
  if (out.world.risk && background !== true) out.tell({ type: 'bank-activity', conversationId, customerId })
}

/** When somebody begins to serve it: an hour may have passed in the queue. */
export function lookAgain(out: Draft, { conversationId, customerId, background }: Conversation) {
  if ((out.world.risk || out.world.catalogue) && !background) out.tell({ type: 'bank-activity', conversationId, customerId })
}

/** What went through the accounts. An answer for a conversation that is over does nothing. */
export function activityTold(out: Draft, conversation: Conversation, activity: Activity) {
  const { risk, now } = out.world
  if (!risk || conversation.endedAt !== undefined) return
  for (const { kind, evidence } of detect(activity, now, risk)) raise(out, conversation, kind, evidence)
}

/** What the rules found in a line of the customer's. */
export function heardRisk(out: Draft, conversation: Conversation, entryId: string, findings: readonly Finding[]) {
  const kinds = new Map<WordSignal, string>()
  for (const finding of findings) {
    const kind = wordSignal(finding)
    if (kind !== undefined && !kinds.has(kind)) kinds.set(kind, finding.span.text)
  }
  for (const [kind, quote] of kinds) raise(out, conversation, kind, [{ key: 'said', values: { quote: quote.slice(0, 300), entryId } }])
}

const SAFE_ACCOUNT = /safe account|secure account|holding account|安全[账帳]?[户戶]|安全账号/iu

function wordSignal({ rule, span }: Finding): WordSignal | undefined {
  if (rule === 'screen_sharing') return 'screen_sharing'
  if (rule !== 'coached') return undefined
  return SAFE_ACCOUNT.test(span.text) ? 'safe_account' : 'coached'
}

function raise(out: Draft, conversation: Conversation, kind: string, evidence: EventData<'alert.raised'>['evidence']) {
  const before = conversation.alerts.get(kind)
  if (before?.evident || before?.resolved) return
  // What a contact came with gets its evidence; anything else is a new alert.
  const alert = { alertId: before?.alertId ?? out.world.newId(), kind, text: before?.text ?? kind }
  out.add('alert.raised', { ...alert, evidence }, conversation.conversationId)
}

/** @throws RefusalError `not_found`, `already_done` */
export function resolveAlert(out: Draft, conversation: Conversation, personId: string, alertId: string, outcome: 'cleared' | 'fraud') {
  const alert = [...conversation.alerts.values()].find((one) => one.alertId === alertId)
  if (!alert) throw new RefusalError('not_found', 'no such alert', 'alertId')
  if (alert.resolved) throw new RefusalError('already_done', 'it was dealt with before', 'alertId')
  out.add('alert.resolved', { alertId, outcome, personId }, conversation.conversationId)
}
