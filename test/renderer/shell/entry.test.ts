import { describe, expect, it } from 'vitest'
import type { Client } from '../../../src-renderer/connect.ts'
import { Entry } from '../../../src-renderer/session/entry.svelte.ts'
import { takeToken } from '../../../src-renderer/session/token.ts'
import { fakeDesk } from '../../fakes/client.ts'

const REFUSED = { code: 'REFUSED', data: { code: 'not_signed_in' } }

function tab(options: { seat?: string; status?: number; tokenOk?: boolean; needsSession?: boolean; meRefused?: boolean } = {}) {
  const desk = fakeDesk()
  const memory = new Map(options.seat === undefined ? [] : [['sidetone.seat', options.seat]])
  const opened: (string | undefined)[] = []
  const asked: string[] = []
  const levers: { onState: (up: boolean) => void; onGone: () => void }[] = []
  // The fake answers what the frame asks for, not the whole contract.
  const client = {
    ...desk.client,
    session: { ...desk.client.session, me: options.meRefused ? () => Promise.reject(REFUSED) : desk.client.session.me }
  } as unknown as Client
  const entry = new Entry({
    connect: (seat, onState, onGone) => {
      opened.push(seat)
      levers.push({ onState, onGone })
      return { client, close: () => {} }
    },
    storage: {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key)
    },
    ask: async (input, init) => {
      asked.push(`${init?.method ?? 'GET'} ${input} ${typeof init?.body === 'string' ? init.body : ''}`.trim())
      const status = init?.method === 'POST' ? (options.tokenOk === false ? 403 : 204) : (options.status ?? 204)
      return { status, ok: status < 300 }
    },
    needsSession: options.needsSession ?? true
  })
  return { entry, memory, opened, asked, newest: () => levers.at(-1) }
}
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

describe('a tab', () => {
  it('exchanges its token for a session, then shows who can sign in', async () => {
    const { entry, asked, opened } = tab()
    await entry.start('abc')
    expect(asked).toEqual(['POST /session {"token":"abc"}'])
    expect(opened).toEqual([undefined])
    expect(entry.phase.name).toBe('choosing')
  })

  it('with a used token goes on when the browser has a session, else says that it has none', async () => {
    const known = tab({ tokenOk: false })
    await known.entry.start('used')
    expect(known.entry.phase.name).toBe('choosing')
    const unknown = tab({ tokenOk: false, status: 403 })
    await unknown.entry.start('used')
    expect(unknown.entry.phase.name).toBe('no-session')
    expect(unknown.opened).toEqual([])
  })

  it('without a token and without a session says so', async () => {
    const { entry } = tab({ status: 403 })
    await entry.start(undefined)
    await settle()
    expect(entry.phase.name).toBe('no-session')
  })

  it('in the desktop app asks for no session', async () => {
    const { entry, asked } = tab({ needsSession: false, status: 403 })
    await entry.start(undefined)
    await settle()
    expect([asked, entry.phase.name]).toEqual([[], 'choosing'])
  })

  it('keeps the seat of whoever signs in, and opens with it next time', async () => {
    const { entry, memory, opened } = tab()
    await entry.start(undefined)
    await entry.signIn('agent-lin')
    expect(memory.get('sidetone.seat')).toBe('seat-agent-lin')
    expect(opened).toEqual([undefined, 'seat-agent-lin'])
    expect(entry.phase).toMatchObject({ name: 'desk', me: { personId: 'agent-lin' } })
    const later = tab({ seat: 'seat-agent-lin' })
    await later.entry.start(undefined)
    expect(later.opened).toEqual(['seat-agent-lin'])
    expect(later.entry.phase.name).toBe('desk')
  })

  it('goes back to the sign-in screen, with the reason, when the seat is not valid any more', async () => {
    for (const lose of [tab({ seat: 'old', meRefused: true }), tab({ seat: 'old' })]) {
      await lose.entry.start(undefined)
      if (lose.entry.phase.name === 'desk') lose.newest()?.onGone()
      await settle()
      expect(lose.entry.phase).toMatchObject({ name: 'choosing', why: 'gone' })
      expect(lose.memory.size).toBe(0)
    }
  })

  it('signs out and forgets the seat', async () => {
    const { entry, memory } = tab({ seat: 'mine' })
    await entry.start(undefined)
    await entry.signOut()
    expect(entry.phase).toMatchObject({ name: 'choosing', why: 'signed-out' })
    expect(memory.size).toBe(0)
  })

  it('says when the host does not answer, listening to its newest connection only', async () => {
    const { entry, newest } = tab()
    await entry.start(undefined)
    const before = newest()
    await entry.signIn('agent-lin')
    before?.onState(false)
    expect(entry.hostUp).toBe(true)
    newest()?.onState(false)
    expect(entry.hostUp).toBe(false)
    newest()?.onState(true)
    expect(entry.hostUp).toBe(true)
  })
})

describe('the token in the address', () => {
  it('is taken out of it', () => {
    const replaced: unknown[] = []
    const history = { replaceState: (_data: unknown, _title: string, url?: string | URL | null) => void replaced.push(url) }
    expect(takeToken({ hash: '#token=aB-_9', pathname: '/', search: '?x=1' }, history)).toBe('aB-_9')
    expect(takeToken({ hash: '#/inbox/1', pathname: '/', search: '' }, history)).toBeUndefined()
    expect(replaced).toEqual(['/?x=1'])
  })
})
