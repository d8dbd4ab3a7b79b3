import { describe, expect, it } from 'vitest'
import { hashOf, placeOf, roomsOf, serves } from '../../../src-renderer/frame/places.ts'
import { ROLES } from '../../../src-shared/taxonomy.ts'

describe('the address of a place', () => {
  it('leads back to it', () => {
    for (const role of ROLES) for (const room of roomsOf(role)) expect(placeOf(hashOf({ room }), role)).toEqual({ room })
    const place = { room: 'inbox', conversationId: 'a/b c?' } as const
    expect(placeOf(hashOf(place), 'agent')).toEqual(place)
    expect(placeOf(hashOf({ room: 'knowledge', articleId: 'fees' }), 'supervisor')).toEqual({ room: 'knowledge', articleId: 'fees' })
    expect(placeOf('#/frontdesk/balance', 'supervisor')).toEqual({ room: 'frontdesk', flowId: 'balance' })
  })
  it('is refused for rooms that the role has not, and for anything that is not ours', () => {
    expect(placeOf('#/wallboard', 'agent')).toBeUndefined()
    expect(placeOf('#/frontdesk', 'agent')).toBeUndefined()
    expect(placeOf('#/inbox/1', 'screen')).toBeUndefined()
    for (const hash of ['', '#', '#token=abc', '#/nowhere', '#/inbox/1/2']) expect(placeOf(hash, 'agent')).toBeUndefined()
  })
  it('with a broken escape still leads to the room', () => {
    expect(placeOf('#/inbox/%E0%A4%A', 'agent')).toEqual({ room: 'inbox' })
  })
})

describe('a role', () => {
  it('starts with its own room', () => {
    expect(roomsOf('agent')[0]).toBe('inbox')
    expect(roomsOf('supervisor')[0]).toBe('wallboard')
    expect(roomsOf('screen')).toEqual(['wallboard'])
  })
  it('serves customers when it has an inbox', () => {
    expect(ROLES.filter(serves)).toEqual(['agent', 'expert'])
  })
})
