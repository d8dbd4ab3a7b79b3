import { describe, expect, it } from 'vitest'
import { newCall } from '../../../src-renderer/softphone/call/call.ts'
import type { Call } from '../../../src-renderer/softphone/call/state.ts'
import { nameOf, situationOf } from '../../../src-renderer/softphone/screens/situation.ts'

const call = (callId: string, more: Partial<Call> = {}): Call => ({
  ...newCall({ callId, direction: 'in', phase: 'up', name: callId, number: '' }, 0),
  ...more
})
const held = { phase: 'held', wantsHold: true } as const

describe('what the strip is about', () => {
  it('is nothing without a call, and one call with those that wait behind it', () => {
    expect(situationOf([], undefined)).toEqual({ kind: 'none' })
    const front = call('front')
    const behind = call('behind', held)
    expect(situationOf([call('rings', { phase: 'ringing' }), behind, front], front)).toEqual({ kind: 'one', call: front, others: [behind] })
  })

  it('keeps a call that has just ended until the phone forgets it', () => {
    const over = call('over', { phase: 'ended' })
    expect(situationOf([over], over)).toEqual({ kind: 'one', call: over, others: [] })
  })

  it('is a consultation while both are there, and says to whom the agent talks', () => {
    const customer = call('customer', held)
    const partner = call('partner', { consultFor: 'customer', direction: 'out' })
    expect(situationOf([customer, partner], partner)).toMatchObject({ kind: 'consult', customer, partner, talkingTo: 'partner' })
    const swapped = [call('customer'), call('partner', { ...held, consultFor: 'customer' })]
    expect(situationOf(swapped, swapped[0])).toMatchObject({ kind: 'consult', talkingTo: 'customer' })
    const ringing = call('partner', { phase: 'alerting', consultFor: 'customer' })
    expect(situationOf([customer, ringing], ringing)).toMatchObject({ kind: 'consult', talkingTo: 'nobody' })
  })

  it('is one call again when the customer of a consultation has gone', () => {
    const partner = call('partner', { consultFor: 'customer' })
    expect(situationOf([call('customer', { phase: 'ended' }), partner], partner).kind).toBe('one')
  })

  it('takes the consultation that was turned to last', () => {
    const calls = [
      call('a', held),
      call('b', held),
      call('x', { consultFor: 'a', ...held, turnedToAt: 1 }),
      call('y', { consultFor: 'b', turnedToAt: 2 })
    ]
    expect(situationOf(calls, calls[3])).toMatchObject({
      kind: 'consult',
      customer: calls[1],
      partner: calls[3],
      others: [calls[0], calls[2]]
    })
  })

  it('is a conference of those who are mixed, and not of one alone', () => {
    const [one, two, three] = [call('1', { conferenced: true }), call('2', { conferenced: true, consultFor: '1' }), call('3', held)]
    expect(situationOf([one, two, three], one)).toEqual({ kind: 'conference', parties: [one, two], others: [three] })
    expect(situationOf([one, three], one).kind).toBe('one')
  })
})

it('calls somebody by name, by number, or unknown', () => {
  expect(nameOf({ name: 'Ada', number: '1' }, '?')).toBe('Ada')
  expect(nameOf({ name: '', number: '1' }, '?')).toBe('1')
  expect(nameOf({ name: '', number: '' }, '?')).toBe('?')
})
