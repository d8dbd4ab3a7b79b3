import { describe, expect, it } from 'vitest'
import type { Input } from '../../../src-renderer/softphone/call/state.ts'
import { answered, play, types } from './play.ts'

const two: Input[] = [{ type: 'configure', rules: { servers: 2 } }, { type: 'go-online' }]
const down: Input = { type: 'disconnected', reason: 'refused' }
const retry: Input = { type: 'timer', name: 'retry' }
const connected: Input = { type: 'connected' }
const registered: Input = { type: 'registered' }
const servers = (...inputs: Input[]) => play(...inputs).all.flatMap((effect) => (effect.type === 'connect' ? [effect.server] : []))

describe('servers in fail-over order', () => {
  it('the next one is tried when one cannot be reached, and after the last the first', () =>
    expect(servers(...two, down, retry, down, retry, down, retry)).toEqual([0, 1, 0, 1]))

  it('pauses grow with every round, not with every server', () => {
    const pauses = play(...two, down, retry, down, retry, down, retry, down).all.flatMap((effect) =>
      effect.type === 'timer' && effect.name === 'retry' ? [effect.ms] : []
    )
    expect(pauses).toEqual([200, 200, 400, 400])
  })

  it.each([503, 408])('a registrar that says %i is left for the next', (status) => {
    const left = play(...two, connected, { type: 'unregistered', status, reason: 'No' })
    expect(left.state.line).toMatchObject({ registration: 'waiting', server: 1 })
    expect(types(left.last)).toContain('disconnect')
    expect(servers(...two, connected, { type: 'unregistered', status, reason: 'No' }, retry)).toEqual([0, 1])
  })

  it('one that does not answer REGISTER is left for the next', () =>
    expect(servers(...two, connected, { type: 'timer', name: 'stuck' }, retry)).toEqual([0, 1]))

  it('one that says no to us says no everywhere', () =>
    expect(servers(...two, connected, { type: 'unregistered', status: 403, reason: 'Forbidden' }, retry)).toEqual([0, 0]))

  it('one that was good is tried again first when its connection breaks', () =>
    expect(servers(...two, connected, registered, down, retry, down, retry)).toEqual([0, 0, 1]))

  it('the first is looked for from time to time, and returned to when it is back and no call is up', () => {
    const second = [...two, down, retry, connected, registered]
    const look: Input = { type: 'timer', name: 'return' }
    expect(play(...second).last).toContainEqual(expect.objectContaining({ type: 'timer', name: 'return' }))
    expect(play(...second, look).last).toContainEqual({ type: 'probe', server: 0 })
    const back = play(...second, look, { type: 'server-back' })
    expect(types(back.last).filter((type) => type !== 'timer-off')).toEqual(['unregister', 'disconnect', 'connect'])
    expect(back.last.at(-1)).toEqual({ type: 'connect', server: 0 })
    expect(types(play(...second, ...answered('a'), look).last)).not.toContain('probe')
    expect(types(play(...second, look, ...answered('a'), { type: 'server-back' }).last)).not.toContain('connect')
  })

  it('with one server nothing changes', () => {
    const { state } = play({ type: 'go-online' }, connected, { type: 'unregistered', status: 503, reason: 'No' })
    expect(state.line).toMatchObject({ registration: 'refused', server: 0 })
  })
})
