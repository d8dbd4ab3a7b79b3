import { describe, expect, it } from 'vitest'
import type { Input } from '../../../src-renderer/softphone/call/state.ts'
import { agreed, answered, dialogOf, invite, ONLINE, play, resumed, types } from './play.ts'

const up = [...ONLINE, ...answered('a'), dialogOf('a')]
const gone: Input = { type: 'disconnected', reason: 'gone' }
const back: Input[] = [{ type: 'timer', name: 'retry' }, { type: 'connected' }, { type: 'registered' }]
const proof = (received: boolean, sent: boolean): Input => ({ type: 'proof', callId: 'a', received, sent })
const refused = (status: number): Input => ({ type: 'reinvite-refused', callId: 'a', status })
const hold = (on: boolean): Input => ({ type: 'hold', callId: 'a', on })

describe('a call whose socket is gone', () => {
  it('goes on, is refreshed after the registration, and is recovered only when sound has come and gone', () => {
    const cut = play(...up, gone)
    expect(cut.call('a')).toMatchObject({ phase: 'up', link: 'cut' })
    expect(cut.all.filter((effect) => effect.type === 'microphone').at(-1)).toEqual({ type: 'microphone', callId: 'a', open: true })
    const asking = play(...up, gone, ...back)
    expect(asking.call('a').link).toBe('refreshing')
    expect(asking.last).toContainEqual({ type: 'reinvite', callId: 'a', hold: false, purpose: 'refresh', restartIce: false })
    const proving = play(...up, gone, ...back, resumed('a'))
    expect(proving.call('a')).toMatchObject({ link: 'proving', phase: 'up' })
    expect(proving.last).toContainEqual({ type: 'prove', callId: 'a' })
    expect(play(...up, gone, ...back, resumed('a'), proof(true, false)).call('a').link).toBe('proving')
    expect(play(...up, gone, ...back, resumed('a'), proof(false, true)).call('a').recoveredAt).toBeUndefined()
    const proven = play(...up, gone, ...back, resumed('a'), proof(true, false), proof(true, true))
    expect(proven.call('a')).toMatchObject({ link: 'ok', recoveredAt: 14_000 })
    expect(proven.call('a').problem).toBeUndefined()
  })

  it('starts ICE anew when the sound had stopped', () => {
    const { last } = play(...up, gone, { type: 'media', callId: 'a', state: 'lost' }, ...back)
    expect(last).toContainEqual(expect.objectContaining({ type: 'reinvite', restartIce: true }))
  })

  it('starts ICE anew when signalling is proven and sound is not; says so after that, and goes on trying', () => {
    const unproven = play(...up, gone, ...back, resumed('a'), { type: 'timer', name: 'proof:a' })
    expect(unproven.call('a')).toMatchObject({ link: 'refreshing', problem: 'audio-lost' })
    expect(unproven.last).toContainEqual(expect.objectContaining({ type: 'reinvite', purpose: 'refresh', restartIce: true }))
    const rounds = Array.from({ length: 4 }, (): Input[] => [resumed('a'), { type: 'timer', name: 'proof:a' }]).flat()
    const long = play(...up, gone, ...back, ...rounds)
    expect(long.call('a').problem).toBe('audio-lost')
    expect(long.last).toContainEqual(expect.objectContaining({ type: 'timer', name: 'refresh:a' }))
    const atLast = play(...up, gone, ...back, ...rounds, { type: 'timer', name: 'refresh:a' }, resumed('a'), proof(true, true))
    expect(atLast.call('a')).toMatchObject({ link: 'ok', mediaLost: false })
    expect(atLast.call('a').problem).toBeUndefined()
  })

  it('needs no sound for its proof when it is on hold, by either side', () => {
    const held = play(...up, hold(true), agreed('a'), gone, ...back)
    expect(held.last).toContainEqual(expect.objectContaining({ type: 'reinvite', hold: true, purpose: 'refresh' }))
    const proven = play(...up, hold(true), agreed('a'), gone, ...back, agreed('a'))
    expect(proven.call('a')).toMatchObject({ link: 'ok', phase: 'held' })
    expect(proven.reports.filter((one) => one === 'a held')).toHaveLength(1)
    expect(play(...up, { type: 'far-hold', callId: 'a', on: true }, gone, ...back, resumed('a')).call('a').link).toBe('ok')
  })

  it('carries a wish for hold, or its end, made while the line was cut', () => {
    const wished = play(...up, gone, hold(true))
    expect(wished.call('a')).toMatchObject({ phase: 'up', wantsHold: true })
    expect(types(wished.last)).not.toContain('reinvite')
    expect(wished.last).toContainEqual({ type: 'microphone', callId: 'a', open: false })
    const done = play(...up, gone, hold(true), ...back, agreed('a'))
    expect(done.call('a')).toMatchObject({ phase: 'held', link: 'ok' })
    const changed = play(...up, gone, ...back, hold(true), resumed('a'))
    expect(changed.call('a')).toMatchObject({ phase: 'holding', link: 'proving' })
    expect(play(...up, gone, ...back, hold(true), resumed('a'), agreed('a')).call('a')).toMatchObject({ phase: 'held', link: 'ok' })
  })

  it.each([481, 408])('is lost when the far end says %i', (status) => {
    const { call, reports } = play(...up, gone, ...back, refused(status))
    expect(call('a')).toMatchObject({ phase: 'ended', problem: 'call-lost', endedBy: 'network', status })
    expect(reports.at(-1)).toBe('a ended')
  })

  it('is tried again when the far end says "not now", and the agent is told after a while', () => {
    const again: Input[] = [refused(500), { type: 'timer', name: 'refresh:a' }]
    expect(play(...up, gone, ...back, refused(500)).last).toContainEqual(expect.objectContaining({ type: 'timer', name: 'refresh:a' }))
    const often = play(...up, gone, ...back, ...again, ...again, ...again, refused(500))
    expect(often.call('a')).toMatchObject({ link: 'refreshing', problem: 'not-recovered', status: 500, phase: 'up' })
    const atLast = play(...up, gone, ...back, ...again, ...again, ...again, ...again, resumed('a'), proof(true, true))
    expect(atLast.call('a')).toMatchObject({ link: 'ok' })
    expect(atLast.call('a').problem).toBeUndefined()
  })

  it('waits after glare as long as RFC 3261 14.1 says, and keeps its hold state', () => {
    const glare = play(...up, gone, ...back, refused(491))
    expect(glare.last).toContainEqual({ type: 'timer', name: 'glare:a', ms: 0, jitterMs: 2_000 })
    expect(play(...up, gone, ...back, refused(491), { type: 'timer', name: 'glare:a' }).last).toContainEqual(
      expect.objectContaining({ type: 'reinvite', purpose: 'refresh', hold: false })
    )
    const ours = play(...ONLINE, { type: 'dial', callId: 'a', to: '7' }, { type: 'established', callId: 'a' }, gone, ...back, refused(491))
    expect(ours.last).toContainEqual({ type: 'timer', name: 'glare:a', ms: 2_100, jitterMs: 1_900 })
  })

  it('that nobody had answered yet is given up, and the far end told when the line is back', () => {
    const { call, last } = play(...ONLINE, { type: 'dial', callId: 'a', to: '7' }, gone)
    expect(call('a')).toMatchObject({ phase: 'ended', problem: 'not-connected' })
    expect(last).toContainEqual({ type: 'cancel', callId: 'a' })
  })

  it('is cut again while it is being refreshed: the old answer counts for nothing', () => {
    const twice = play(...up, gone, ...back, gone, ...back)
    expect(twice.call('a')).toMatchObject({ link: 'refreshing', refreshes: 1 })
    expect(play(...up, gone, ...back, resumed('a'), gone, proof(true, true)).call('a').link).toBe('cut')
  })

  it('cannot be passed on meanwhile', () => {
    const { call, last } = play(...up, gone, { type: 'transfer', callId: 'a', to: '7' })
    expect(call('a')).toMatchObject({ phase: 'up', problem: 'transfer-failed' })
    expect(types(last)).not.toContain('refer')
  })
})

describe('sound that stops while the line is good', () => {
  const lost: Input = { type: 'media', callId: 'a', state: 'lost' }

  it('is said, and ICE started anew if it does not mend itself', () => {
    const said = play(...up, lost)
    expect(said.call('a').problem).toBe('audio-lost')
    const restarted = play(...up, lost, { type: 'timer', name: 'refresh:a' })
    expect(restarted.last).toContainEqual(expect.objectContaining({ type: 'reinvite', restartIce: true }))
    expect(restarted.call('a').link).toBe('refreshing')
    const mended = play(...up, lost, { type: 'media', callId: 'a', state: 'flowing' })
    expect(mended.call('a').problem).toBeUndefined()
    expect(mended.last).toContainEqual({ type: 'timer-off', name: 'refresh:a' })
  })
})

describe('the session timer (RFC 4028)', () => {
  const timer = (expiresS: number, refresher: 'us' | 'them'): Input => ({ type: 'session-timer', callId: 'a', expiresS, refresher })
  const fires: Input = { type: 'timer', name: 'session:a' }

  it.each([
    [1_800, 'us', 900_000],
    [90, 'us', 45_000],
    [1_800, 'them', 1_768_000],
    [90, 'them', 60_000]
  ] as const)('%i s, refreshed by %s: after %i ms', (expiresS, refresher, ms) => {
    expect(play(...up, timer(expiresS, refresher)).last).toContainEqual({ type: 'timer', name: 'session:a', ms, jitterMs: 0 })
  })

  it('refreshes by re-INVITE without showing it, hold kept', () => {
    const { call, last } = play(...up, timer(90, 'us'), fires)
    expect(last).toContainEqual({ type: 'reinvite', callId: 'a', hold: false, purpose: 'refresh', restartIce: false })
    expect(call('a')).toMatchObject({ phase: 'up', link: 'ok' })
    const held = play(...up, hold(true), agreed('a'), timer(90, 'us'), fires, agreed('a'))
    expect(held.call('a')).toMatchObject({ phase: 'held', link: 'ok' })
    expect(held.reports).toEqual(['a answered', 'a held'])
  })

  it('ends the call when the far end gives no sign of life', () => {
    const { call, last } = play(...up, timer(90, 'them'), fires)
    expect(call('a')).toMatchObject({ phase: 'ended', problem: 'session-expired', endedBy: 'network' })
    expect(last).toContainEqual({ type: 'bye', callId: 'a' })
  })

  it('does not end a call whose line is cut: nobody could refresh it', () => {
    const { call, last } = play(...up, timer(90, 'them'), gone, fires)
    expect(call('a')).toMatchObject({ phase: 'up', link: 'cut' })
    expect(last).toEqual([{ type: 'timer', name: 'session:a', ms: 5_000, jitterMs: 0 }])
  })

  it('is off when nobody wants it any more, and tries again when a refresh was refused', () => {
    expect(play(...up, timer(90, 'us'), timer(0, 'us')).last).toContainEqual({ type: 'timer-off', name: 'session:a' })
    const again = play(...up, timer(90, 'us'), fires, refused(500))
    expect(again.call('a')).toMatchObject({ phase: 'up', link: 'ok' })
    expect(again.last).toContainEqual(expect.objectContaining({ type: 'timer', name: 'refresh:a' }))
    expect(play(...up, timer(90, 'us'), fires, refused(481)).call('a').problem).toBe('call-lost')
  })
})

describe('the journal', () => {
  it('is written when a dialog is there, held, muted or over, and not for less', () => {
    const written = (...inputs: Input[]) => play(...inputs).all.flatMap((effect) => (effect.type === 'journal' ? [effect.records] : []))
    expect(written(...ONLINE, ...answered('a'))).toEqual([])
    expect(written(...up)).toHaveLength(1)
    expect(written(...up)[0]).toEqual([
      {
        callId: 'sip-a',
        localTag: 'mine',
        remoteTag: 'theirs',
        localUri: 'sip:agent@bank.test',
        remoteUri: 'sip:ann@bank.test',
        remoteTarget: 'sip:ann@192.0.2.7:5060',
        routeSet: ['<sip:proxy.bank.test;lr>'],
        localSeq: 3,
        direction: 'in',
        conversationId: 'conv-a',
        name: 'Ann Lee',
        number: '+4930111',
        state: 'up',
        answeredAt: 6_000,
        muted: false,
        conferenced: false,
        savedAt: 7_000
      }
    ])
    expect(written(...up, invite('b'))).toHaveLength(1)
    expect(written(...up, hold(true)).at(-1)?.[0]?.state).toBe('held')
    expect(written(...up, { type: 'mute', callId: 'a', on: true }).at(-1)?.[0]?.muted).toBe(true)
    expect(written(...up, { type: 'terminated', callId: 'a', by: 'far', detail: '' }).at(-1)).toEqual([])
  })
})
