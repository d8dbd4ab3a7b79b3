import type { CallNews } from './inputs.ts'
import { ended, firstly, isCut, isHeld, reinvite, report, type Step, startTimer, stay, stopTimer } from './moves.ts'
import type { Call, Problem, Transfer } from './state.ts'

/**
 * Passing a call on by REFER (RFC 3515, 5589): the far end is put on hold, asked to call somebody, and reports what came of it.
 * Good news ends the call here; bad news gives it back. Pure.
 */

/** A REFER without any answer. SIP.js says 408 after Timer F, 32 s. */
const ASKED_MS = 34_000
/** Between two reports; a phone may ring long. */
const TRYING_MS = 100_000
const ENDING_MS = 4_000

export const isTransferring = (call: Call): boolean => call.transfer !== undefined && call.transfer.stage !== 'done'

export function startTransfer(call: Call, transfer: Omit<Transfer, 'stage'>): Step {
  if (isTransferring(call)) return stay(call)
  if (isCut(call)) return stay({ ...call, problem: transfer.kind === 'park' ? 'park-failed' : 'transfer-failed', detail: 'not connected' })
  const held: Call = { ...call, wantsHold: true, transfer: { ...transfer, stage: 'holding' }, problem: undefined, detail: undefined }
  if (call.phase === 'held' && !call.reinviting) return ask(held)
  return call.reinviting ? stay(held) : reinvite(held, 'hold')
}

/** The hold before the transfer is settled, whether the far end agreed to it or not. */
export function afterHold(step: Step): Step {
  const { transfer, phase, reinviting } = step.state
  if (transfer?.stage !== 'holding' || reinviting || (phase !== 'held' && phase !== 'up')) return step
  return firstly(ask(step.state), ...step.effects)
}

function ask(call: Call): Step {
  const { callId, transfer } = call
  if (!transfer) return stay(call)
  return {
    state: { ...call, transfer: { ...transfer, stage: 'asking' } },
    effects: [{ type: 'refer', callId, to: transfer.to, partner: transfer.partner }, startTimer('transfer', callId, ASKED_MS)]
  }
}

export function decideTransfer(
  call: Call,
  input: Extract<CallNews, { type: 'refer-answered' | 'refer-progress' }> | { type: 'timer' }
): Step {
  const { callId, transfer } = call
  if (!transfer || transfer.stage === 'done' || call.phase === 'ended') return stay(call)
  if (input.type === 'timer') return giveBack(call, transfer.stage === 'trying' ? 'transfer-unanswered' : 'transfer-refused', 408)
  const { status } = input
  if (input.type === 'refer-answered') {
    if (transfer.stage !== 'asking') return stay(call)
    if (status < 200 || status >= 300) return giveBack(call, 'transfer-refused', status)
    return { state: { ...call, transfer: { ...transfer, stage: 'trying' } }, effects: [startTimer('transfer', callId, TRYING_MS)] }
  }
  // The first report may overtake the answer to the REFER itself.
  if (transfer.stage === 'holding') return stay(call)
  if (status < 200)
    return { state: { ...call, transfer: { ...transfer, stage: 'trying', status } }, effects: [startTimer('transfer', callId, TRYING_MS)] }
  if (status >= 300) return giveBack(call, 'transfer-failed', status)
  const done = markDone(call)
  return {
    state: { ...done.state, phase: 'ending', wantsHold: false },
    effects: [
      ...done.effects,
      // The far end often leaves the BYE to us; a second one is answered 481 and does no harm.
      { type: 'bye', callId },
      ...report(call, 'ended', { detail: transfer.kind === 'park' ? 'self: parked' : 'self: transferred' }),
      startTimer('ending', callId, ENDING_MS)
    ]
  }
}

function markDone(call: Call): Step {
  const { callId, conversationId, transfer } = call
  if (!transfer) return stay(call)
  const parked = transfer.kind === 'park' ? transfer.orbit : undefined
  return {
    state: { ...call, transfer: { ...transfer, stage: 'done', status: 200 }, endedBy: 'self', parked },
    effects: [
      stopTimer('transfer', callId),
      ...(parked ? report(call, 'parked', { slot: parked.slot }) : []),
      { type: 'transferred', callId, conversationId, kind: transfer.kind, to: transfer.to }
    ]
  }
}

/** The far end hung up. Once it has taken the order and reported nothing bad, that is how many telephone systems say "done". */
export function endedInTransfer(call: Call, detail: string, now: number): Step | undefined {
  if (call.transfer?.stage !== 'trying') return undefined
  const done = markDone(call)
  return firstly(ended(done.state, detail, 'far', now), ...done.effects)
}

function giveBack(call: Call, problem: Problem, status: number): Step {
  const { transfer } = call
  if (!transfer) return stay(call)
  const said = transfer.kind === 'park' ? 'park-failed' : problem
  const back: Call = { ...call, transfer: undefined, problem: said, detail: String(status), status }
  const off = stopTimer('transfer', call.callId)
  // With a consultation the agent is talking to the other one: the customer stays on hold until turned to.
  if (transfer.kind === 'consult') return { state: back, effects: [off] }
  const wished: Call = { ...back, wantsHold: false }
  if (!isHeld(call) || call.reinviting) return { state: wished, effects: [off] }
  const resumed = reinvite(wished, 'hold')
  return { state: { ...resumed.state, problem: said, detail: String(status), status }, effects: [off, ...resumed.effects] }
}
