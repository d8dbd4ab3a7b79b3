import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Preferences } from '../../../src-renderer/session/preferences.svelte.ts'
import { locale } from '../../../src-renderer/text/catalogue.svelte.ts'

function browser(stored: Record<string, string> = {}, languages: string[] = ['en-GB'], matches = false) {
  const memory = new Map(Object.entries(stored))
  let changed: () => void = () => {}
  const dark = {
    matches,
    addEventListener: (_type: string, listener: EventListenerOrEventListenerObject) => (changed = listener as () => void)
  } // a function is what is passed
  const storage = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value)
  }
  const preferences = new Preferences(storage, languages, dark)
  const systemTurns = (to: boolean) => {
    dark.matches = to
    changed()
  }
  return { preferences, memory, systemTurns }
}
const shown = () => document.documentElement.dataset['theme']

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '', dataset: {} } }))
afterEach(() => void vi.unstubAllGlobals())

describe('language and appearance of a browser', () => {
  it('start with those of the browser itself', () => {
    const { preferences } = browser({}, ['zh-HK', 'en'], true)
    expect([preferences.locale, preferences.theme, locale(), shown()]).toEqual(['zh-TW', 'system', 'zh-TW', 'dark'])
  })
  it('are kept, and what cannot be read is left aside', () => {
    const first = browser()
    first.preferences.set({ locale: 'zh-CN' })
    first.preferences.set({ theme: 'dark' })
    const second = browser(Object.fromEntries(first.memory))
    expect([second.preferences.locale, second.preferences.theme]).toEqual(['zh-CN', 'dark'])
    const odd = browser({ 'sidetone.locale': 'tlh', 'sidetone.theme': 'pink' })
    expect([odd.preferences.locale, odd.preferences.theme]).toEqual(['en', 'system'])
  })
  it('follow the system only where that was chosen', () => {
    const { preferences, systemTurns } = browser()
    systemTurns(true)
    expect(shown()).toBe('dark')
    preferences.set({ theme: 'light' })
    expect(shown()).toBe('light')
    systemTurns(true)
    expect(shown()).toBe('light')
  })
  it('give way to a board on the wall, and come back after it', () => {
    const { preferences } = browser({ 'sidetone.theme': 'light' })
    preferences.wearDark(true)
    expect([shown(), preferences.dark, preferences.theme]).toEqual(['dark', true, 'light'])
    preferences.wearDark(false)
    expect([shown(), preferences.dark]).toEqual(['light', false])
  })
})
