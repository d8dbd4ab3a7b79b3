import { beforeEach, describe, expect, it } from 'vitest'
import { catchDialRequests, followDialRequests } from '../../../src-renderer/softphone/screens/dial-request.ts'

/** Tabs of one browser. */
let channels: { onmessage: ((event: MessageEvent) => void) | null }[]
beforeEach(() => {
  channels = []
})

function tab(options: { seat?: boolean; href?: string } = {}) {
  const page = new EventTarget() as EventTarget & Window // what is used of a window
  const kept = new Map<string, string>(options.seat ? [['sidetone.seat', 's']] : [])
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key)
  }
  const channel = {
    onmessage: null as ((event: MessageEvent) => void) | null,
    postMessage: (data: unknown) => {
      // What is read of an event.
      for (const other of channels) if (other !== channel) other.onmessage?.({ data } as MessageEvent)
    }
  }
  channels.push(channel)
  let address = options.href ?? 'http://127.0.0.1:1/#/inbox'
  const asked: string[] = []
  catchDialRequests({
    page,
    storage,
    channel,
    location: { href: address, origin: 'http://127.0.0.1:1' },
    history: { replaceState: (_state, _title, next) => void (address = String(next)) }
  })
  return {
    asked,
    address: () => address,
    follow: () => followDialRequests(page, storage, (text) => asked.push(text)),
    say: (data: unknown, more: object = {}) =>
      page.dispatchEvent(Object.assign(new Event('message'), { data, source: page, origin: 'http://127.0.0.1:1', ...more }))
  }
}

describe('a number that somebody outside wants dialled', () => {
  it('by the address waits for the phone, is asked once, and leaves the address', () => {
    const { address, asked, follow } = tab({ seat: true, href: 'http://127.0.0.1:1/?dial=tel%3A%2B4420&x=1#/phone' })
    expect(address()).toBe('/?x=1#/phone')
    follow()
    follow()
    expect(asked).toEqual(['tel:+4420'])
  })

  it('by the host is the newest of those that came before the phone, then each', () => {
    const { asked, follow, say } = tab({ seat: true })
    say({ type: 'sidetone:dial', text: 'tel:1' })
    say({ type: 'sidetone:dial', text: 'tel:2' })
    const end = follow()
    say({ type: 'sidetone:dial', text: 'tel:3' })
    end()
    say({ type: 'sidetone:dial', text: 'tel:4' })
    expect(asked).toEqual(['tel:2', 'tel:3'])
  })

  it('is taken by the tab where somebody is signed in; where nobody is, it waits for who signs in', () => {
    const seated = tab({ seat: true })
    seated.follow()
    const opened = tab({ href: 'http://127.0.0.1:1/?dial=201' })
    opened.follow()
    expect([seated.asked, opened.asked]).toEqual([['201'], []])
    channels = []
    const alone = tab({ href: 'http://127.0.0.1:1/?dial=202' })
    alone.follow()
    expect(alone.asked).toEqual(['202'])
  })

  it.each([
    [{ type: 'sidetone:dial', text: 'tel:1' }, { origin: 'https://evil.example' }],
    [{ type: 'sidetone:dial', text: 'tel:1' }, { source: {} }],
    [{ type: 'sidetone:dial', text: 7 }, {}],
    [{ type: 'sidetone:dial', text: ' ' }, {}],
    [{ type: 'sidetone:dial', text: '1'.repeat(301) }, {}],
    [{ type: 'other', text: 'tel:1' }, {}],
    [null, {}]
  ])('that is none, or of somebody else, is passed over: %j %j', (data, more) => {
    const { asked, follow, say } = tab({ seat: true })
    follow()
    say(data, more)
    expect(asked).toEqual([])
  })
})
