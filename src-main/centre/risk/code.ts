import { RefusalError } from '../../../src-shared/errors.ts'
import type { CodeCheck } from '../../../src-shared/risk.ts'
import type { BankAnswer } from '../bank/port.ts'
import type { Draft } from '../decision.ts'
import { codeIn } from '../front-desk/slots.ts'
import type { Conversation } from '../state.ts'

/** A person verifies a customer by a one-time code that the bank sends. The code itself goes into no fact and no log. */

/** As the front desk names it. */
const HOW = 'one_time_code'
const MINUTE_MS = 60_000

const under = (out: Draft, { conversationId }: Conversation, code: CodeCheck) =>
  out.add('verification.changed', { state: 'started', how: HOW, code }, conversationId)

/** @throws RefusalError `already_done` while the bank is at it */
export function sendCode(out: Draft, conversation: Conversation) {
  const { code, conversationId, customerId } = conversation
  if (code?.requestId !== undefined) throw new RefusalError('already_done', 'the bank is asked already', 'conversationId')
  const requestId = out.world.newId()
  under(out, conversation, { state: 'sending', requestId, wrong: 0 })
  out.tell({ type: 'bank', conversationId, request: { requestId, act: 'code_send', customerId, args: {} } })
}

/** @throws RefusalError `not_available` when no code is awaited, `invalid` for what was not sealed for this centre */
export function checkSealed(out: Draft, conversation: Conversation, sealed: string) {
  if (!awaitsCode(conversation)) throw new RefusalError('not_available', 'no code is awaited', 'conversationId')
  const said = out.world.seal.open(sealed)
  if (said === undefined) throw new RefusalError('invalid', 'sealed for another centre: send a new code', 'sealed')
  check(out, conversation, conversation.code, said)
}

export const awaitsCode = (conversation: Conversation): conversation is Conversation & { code: CodeCheck } =>
  conversation.code?.state === 'sent' || conversation.code?.state === 'wrong'

/** The customer wrote or said a code while one is awaited: it is checked, and nobody needs to read it. */
export function codeSaid(out: Draft, conversation: Conversation, raw: string) {
  if (!awaitsCode(conversation) || conversation.state !== 'active') return
  const said = codeIn(raw)
  if (said !== undefined) check(out, conversation, conversation.code, said)
}

function check(out: Draft, conversation: Conversation, { sentTo, until, wrong }: CodeCheck, code: string) {
  const { conversationId, customerId } = conversation
  const requestId = out.world.newId()
  under(out, conversation, { state: 'checking', requestId, wrong, ...known({ sentTo, until }) })
  out.tell({ type: 'bank', conversationId, request: { requestId, act: 'code_check', customerId, args: { code } } })
}

const known = ({ sentTo, until }: Pick<CodeCheck, 'sentTo' | 'until'>) => ({
  ...(sentTo === undefined ? {} : { sentTo }),
  ...(until === undefined ? {} : { until })
})

/** The bank's answer to what this check asked; `false`: it was asked by somebody else. */
export function codeAnswered(out: Draft, conversation: Conversation, answer: BankAnswer): boolean {
  const { code, conversationId } = conversation
  if (code?.requestId === undefined || code.requestId !== answer.requestId) return false
  const { seal, now } = out.world
  if (answer.ok && answer.rows.length === 0) {
    // An answer that holds nothing proves nothing.
    under(out, conversation, { state: 'unavailable', wrong: code.wrong })
  } else if (answer.ok && answer.act === 'code_send') {
    const row = answer.rows[0] ?? {}
    const until = now + Number(row['minutes'] ?? 5) * MINUTE_MS
    under(out, conversation, { state: 'sent', wrong: 0, until, sentTo: String(row['sentTo'] ?? '').slice(-4), sealKey: seal.publicKey })
  } else if (answer.ok) {
    out.add('verification.changed', { state: 'verified', how: HOW }, conversationId)
  } else if (answer.code === 'wrong_code') {
    under(out, conversation, { ...known(code), state: 'wrong', wrong: code.wrong + 1, sealKey: seal.publicKey })
  } else if (answer.code === 'unavailable') {
    under(out, conversation, { state: 'unavailable', wrong: code.wrong })
  } else if (answer.code === 'code_expired' && code.wrong === 0) {
    under(out, conversation, { state: 'expired', wrong: 0 })
  } else {
    // The bank takes no more tries, or sends this customer no code.
    out.add('verification.changed', { state: 'failed', how: HOW }, conversationId)
  }
  return true
}

/** After a restart answers of the bank may be lost, and the key that codes were sealed for is: a new code is needed. */
export function resumeCode(out: Draft, conversation: Conversation) {
  if (conversation.code) under(out, conversation, { state: 'unavailable', wrong: conversation.code.wrong })
}
