import { decide, NEW_PHONE } from '../../../src-renderer/softphone/call/phone.ts'
import type { Call, Effect, Input, PhoneState } from '../../../src-renderer/softphone/call/state.ts'

/** Feeds inputs to the pure phone one second apart; keeps every effect and those of the last input. */
export function play(...inputs: Input[]) {
  return playOn(NEW_PHONE, 1_000, ...inputs)
}

export function playOn(start: PhoneState, from: number, ...inputs: Input[]) {
  let state = start
  const all: Effect[] = []
  let last: Effect[] = []
  inputs.forEach((input, i) => {
    const decision = decide(state, input, from + 1_000 * i)
    state = decision.state
    last = decision.effects
    all.push(...last)
  })
  const call = (callId: string): Call => {
    const found = state.calls.find((one) => one.callId === callId)
    if (!found) throw new Error(`no call ${callId}`)
    return found
  }
  const reports = all.flatMap((effect) => (effect.type === 'report' ? [`${effect.callId} ${effect.what}`] : []))
  const sounds = all.flatMap((effect) => (effect.type === 'sound' ? [effect.sound] : []))
  return { state, all, last, call, reports, sounds }
}

export const ONLINE: Input[] = [{ type: 'go-online' }, { type: 'connected' }, { type: 'registered' }]
export const invite = (callId: string, more: Partial<Extract<Input, { type: 'invite' }>> = {}): Input => ({
  type: 'invite',
  callId,
  conversationId: `conv-${callId}`,
  name: 'Ann Lee',
  number: '+4930111',
  ...more
})
export const answered = (callId: string): Input[] => [invite(callId), { type: 'accept', callId }, { type: 'established', callId }]
export const dial = (callId: string, more: Partial<Extract<Input, { type: 'dial' }>> = {}): Input => ({
  type: 'dial',
  callId,
  to: '4711',
  ...more
})
export const reached = (callId: string, more: Partial<Extract<Input, { type: 'dial' }>> = {}): Input[] => [
  dial(callId, more),
  { type: 'progress', callId, status: 180, early: false },
  { type: 'established', callId }
]
export const agreed = (callId: string): Input => ({ type: 'reinvite-answered', callId, confirmed: true })
export const resumed = (callId: string): Input => ({ type: 'reinvite-answered', callId, confirmed: false })
export const types = (effects: readonly Effect[]): string[] => effects.map((effect) => effect.type)
export const dialogOf = (callId: string): Input => ({
  type: 'dialog',
  callId,
  dialog: {
    sipCallId: `sip-${callId}`,
    ours: false,
    localTag: 'mine',
    remoteTag: 'theirs',
    localUri: 'sip:agent@bank.test',
    remoteUri: 'sip:ann@bank.test',
    remoteTarget: 'sip:ann@192.0.2.7:5060',
    routeSet: ['<sip:proxy.bank.test;lr>'],
    localSeq: 3
  }
})
