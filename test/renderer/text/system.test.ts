import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setLocale } from '../../../src-renderer/text/catalogue.svelte.ts'
import { failureText } from '../../../src-renderer/text/failure.ts'
import { systemText } from '../../../src-renderer/text/system.ts'

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: { lang: '' } })
  setLocale('en')
})
afterEach(() => void vi.unstubAllGlobals())

describe('a system row', () => {
  it('says what happened, with ids of the taxonomies in words', () => {
    expect(systemText('transferred', { queue: 'wealth', reason: 'wants advice' })).toBe('Transferred to Wealth: wants advice')
    expect(systemText('assigned', { person: 'Lin Yue' })).toBe('Assigned to Lin Yue')
    setLocale('zh-CN')
    expect(systemText('transferred', { queue: 'wealth' })).toBe('已转接至理财')
  })
  it('says how long a call was and how somebody was checked', () => {
    expect(systemText('call_ended_by_customer', { durationMs: 75_000 })).toBe('The customer hung up after 1:15')
    expect(systemText('verification_passed', { how: 'questions' })).toBe('Identity confirmed (Security questions)')
    expect(systemText('alert_raised', { alert: 'large_transfer' })).toBe('Risk alert: Large transfer')
    setLocale('zh-TW')
    expect(systemText('verification_failed', { how: 'in his own way' })).toBe('身分核實未通過（in his own way）')
  })
  it('says of a call-back for when it was agreed and what became of it, in every language', () => {
    const at = new Date(2026, 2, 3, 14, 5).getTime()
    const values = { at, person: 'Lin Yue', note: 'the new card' }
    expect(systemText('callback_agreed', values)).toBe('Call-back agreed for Mar 3, 2026 14:05 by Lin Yue: the new card')
    setLocale('zh-CN')
    expect(systemText('callback_agreed', { at })).toBe('已约定回电，时间 2026年3月3日 14:05')
    expect(systemText('callback_missed')).toBe('约定的回电未接通')
    setLocale('zh-TW')
    expect(systemText('callback_agreed', values)).toBe('Lin Yue 已約定回電，時間 2026年3月3日 14:05：the new card')
    expect(systemText('callback_cancelled')).toBe('約定的回電已取消')
    expect(systemText('callback_done')).toBe('約定的回電已完成')
  })
  it('leaves out what was not supplied', () => {
    expect(systemText('recording_paused')).toBe('Recording paused')
    expect(systemText('passed_on_outside')).toBe('Passed on')
    expect(systemText('transferred')).toBe('Transferred')
    expect(systemText('call_ended', {})).toBe('Call ended')
  })
  it('falls back to the key of a newer centre, also for names that every object has', () => {
    expect(systemText('sent_by_pigeon')).toBe('sent_by_pigeon')
    expect(systemText('toString')).toBe('toString')
  })
})

describe('a failure in words', () => {
  it('is the refusal where the desk refused', () => {
    expect(failureText({ code: 'REFUSED', data: { code: 'capacity_full' } })).toContain('as many conversations')
  })
  it('is the connection where nothing answered, and honest about codes it does not know', () => {
    expect(failureText(new Error('socket closed'))).toContain('did not answer')
    expect(failureText({ code: 'REFUSED', data: { code: 'from_the_future' } })).toContain('does not know')
  })
})
