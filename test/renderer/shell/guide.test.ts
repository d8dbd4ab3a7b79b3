import { describe, expect, it } from 'vitest'
import { firstCall, stepFrom, stepsOf } from '../../../src-renderer/guide/steps.ts'

const scenario = (scenarioId: string, language: 'en' | 'zh', intent: 'balance' | 'fees', ...channels: ('voice' | 'chat')[]) => ({
  scenarioId,
  language,
  intent,
  title: scenarioId,
  channels
})

describe('the first-start guide', () => {
  it('has three steps for those who serve customers, and ends', () => {
    expect(stepFrom('who', 1, 'agent')).toBe('headset')
    expect(stepFrom('headset', 1, 'agent')).toBe('call')
    expect(stepFrom('call', 1, 'agent')).toBe('done')
    expect(stepFrom('call', -1, 'expert')).toBe('headset')
    expect(stepFrom('who', -1, 'agent')).toBe('who')
  })
  it('asks nobody without a phone to check a headset', () => {
    expect(stepsOf('supervisor')).toEqual(['who'])
    expect(stepFrom('who', 1, 'supervisor')).toBe('done')
  })
  it('picks an easy call in the language of the screen', () => {
    const all = [
      scenario('chat', 'en', 'balance', 'chat'),
      scenario('fees', 'en', 'fees', 'voice'),
      scenario('easy', 'en', 'balance', 'voice', 'chat'),
      scenario('zh', 'zh', 'fees', 'voice')
    ]
    expect(firstCall(all, 'en')?.scenarioId).toBe('easy')
    expect(firstCall(all, 'zh-TW')?.scenarioId).toBe('zh')
    expect(firstCall(all.slice(0, 2), 'zh-CN')?.scenarioId).toBe('fees')
    expect(firstCall(all.slice(0, 1), 'en')).toBeUndefined()
  })
})
