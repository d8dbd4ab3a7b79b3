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
