import { describe, expect, it } from 'vitest'
import { draftOf, inputOf, isSame, moved } from '../../../src-renderer/settings/phone-setup.svelte.ts'
import type { PhoneSettings } from '../../../src-shared/contract/phone.ts'
import { PhoneSettingsInput } from '../../../src-shared/contract/phone.ts'

const saved: PhoneSettings = {
  source: 'own',
  servers: ['wss://pbx-1.example.com:7443', 'wss://pbx-2.example.com:7443'],
  domain: 'example.com',
  user: 'agent1',
  authUser: '',
  displayName: 'Lin Yue',
  codecs: ['opus', 'PCMA'],
  dtmf: 'rfc4733',
  conversationHeader: 'User-to-User',
  sessionExpiresS: 1_800,
  lines: 3,
  autoAnswer: { headers: true, queues: ['cards'] },
  park: { park: '*70', retrieve: '*71' },
  echoNumber: '*43',
  recorder: 'info',
  country: 'CN',
  outsidePrefix: '0',
  transcriber: { protocol: 'off', url: '' },
  hasSecret: true,
  iceServers: [{ urls: 'turn:turn.example.com', username: 'u', hasCredential: true }]
}

describe('the form of the phone', () => {
  it('saves what it shows, and no secret that nobody typed', () => {
    const input = inputOf(draftOf(saved))
    expect(PhoneSettingsInput.safeParse(input).success).toBe(true)
    expect('secret' in input).toBe(false)
    expect(input.iceServers).toEqual([{ urls: 'turn:turn.example.com', username: 'u' }])
  })

  it('sends a secret that was typed, also an empty one', () => {
    expect(inputOf({ ...draftOf(saved), secret: '' }).secret).toBe('')
    expect(inputOf({ ...draftOf(saved), secret: 'new' }).secret).toBe('new')
  })

  it('leaves empty rows out', () => {
    const draft = draftOf(saved)
    const input = inputOf({
      ...draft,
      servers: [' wss://a.example.com ', ' '],
      iceServers: [...draft.iceServers, { urls: ' ', username: '', hasCredential: false }]
    })
    expect(input.servers).toEqual(['wss://a.example.com'])
    expect(input.iceServers).toHaveLength(1)
  })

  it('is the same whatever order its fields came in, and another one after a change', () => {
    const draft = draftOf(saved)
    const turned = Object.fromEntries(Object.entries(draft).reverse()) as typeof draft // the same fields
    expect(isSame(draft, { ...turned, autoAnswer: { queues: ['cards'], headers: true } })).toBe(true)
    expect(isSame(draft, { ...draft, secret: 'typed' })).toBe(false)
    expect(isSame(draft, { ...draft, servers: [...draft.servers].reverse() })).toBe(false)
  })

  it('moves rows within the list only', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
    expect(moved(['a'], 4, 1)).toEqual(['a'])
  })
})
