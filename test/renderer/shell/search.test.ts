import { beforeEach, describe, expect, it, vi } from 'vitest'
import { highlight, matchWords } from '../../../src-renderer/search/match.ts'
import { Palette } from '../../../src-renderer/search/palette.svelte.ts'
import type { Hit } from '../../../src-shared/contract/records.ts'

const customer = (id: string): Hit => ({ kind: 'customer', customerId: id, text: id, detail: '' })
const entry = (id: string): Hit => ({ kind: 'entry', conversationId: 'k', entryId: id, text: id, detail: '', at: 1 })

function open() {
  const asked: { text: string; resolve: (hits: Hit[]) => void; reject: (error: unknown) => void }[] = []
  let timer: (() => void) | undefined
  const ran: string[] = []
  const palette = new Palette({
    find: (text) => new Promise((resolve, reject) => asked.push({ text, resolve, reject })),
    commands: () => [
      { id: 'inbox', label: 'Go to Inbox', run: () => ran.push('inbox') },
      { id: 'dark', label: 'Appearance: Dark', run: () => ran.push('dark') }
    ],
    after: (_ms, run) => {
      timer = run
      return () => (timer = undefined)
    }
  })
  const pause = () => {
    const run = timer
    timer = undefined
    run?.()
  }
  const settle = async (act: () => void) => {
    act()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { palette, asked, pause, settle }
}
const ids = (palette: Palette) => palette.items.map((item) => item.id)

beforeEach(() => void vi.restoreAllMocks())

describe('the search palette', () => {
  it('asks once for what was typed in one go', () => {
    const { palette, asked, pause } = open()
    for (const text of ['m', 'ma', 'mar']) palette.type(text)
    pause()
    expect(asked.map((one) => one.text)).toEqual(['mar'])
  })

  it('shows commands and hits in groups, whatever order they come in', async () => {
    const { palette, asked, pause, settle } = open()
    palette.type('in')
    pause()
    await settle(() => asked[0]?.resolve([entry('e1'), customer('c1'), entry('e2')]))
    expect(ids(palette)).toEqual(['inbox', 'customer:c1', 'entry:e1', 'entry:e2'])
  })

  it('never lets an older answer replace a newer one, nor one fill a box that was emptied', async () => {
    const { palette, asked, pause, settle } = open()
    palette.type('ma')
    pause()
    palette.type('mar')
    pause()
    await settle(() => asked[1]?.resolve([customer('new')]))
    await settle(() => asked[0]?.resolve([customer('old')]))
    expect(ids(palette)).toEqual(['customer:new'])
    palette.type('mary')
    pause()
    palette.type('')
    await settle(() => asked[2]?.resolve([customer('late')]))
    expect(ids(palette)).toEqual(['inbox', 'dark'])
  })

  it('says when the desk did not answer, and forgets it with the next answer', async () => {
    const { palette, asked, pause, settle } = open()
    palette.type('x')
    pause()
    await settle(() => asked[0]?.reject(new Error('gone')))
    expect(palette.failed).toBe(true)
    palette.type('xy')
    pause()
    await settle(() => asked[1]?.resolve([]))
    expect([palette.failed, palette.settled, palette.items.length]).toEqual([false, true, 0])
  })

  it('moves around the ends by one, and stops at them by a page', () => {
    const { palette } = open()
    palette.move(-1)
    expect(palette.activeItem?.id).toBe('dark')
    palette.move(1)
    expect(palette.activeItem?.id).toBe('inbox')
    palette.move(8)
    expect(palette.activeItem?.id).toBe('dark')
  })

  it('remembers what was opened, newest first and once, but not commands', async () => {
    const { palette, asked, pause, settle } = open()
    palette.type('c')
    pause()
    await settle(() => asked[0]?.resolve([customer('c1'), customer('c2')]))
    const [one, two] = palette.items.filter((item) => item.group === 'customers')
    for (const item of [one, two, one]) if (item) palette.remember(item)
    palette.type('')
    const [command] = palette.items.filter((item) => item.group === 'commands')
    if (command) palette.remember(command)
    expect(ids(palette)).toEqual(['customer:c1', 'customer:c2', 'inbox', 'dark'])
  })
})

describe('matching', () => {
  it('wants every word, in any order and letter case', () => {
    expect(matchWords('Go to Inbox', 'INBOX go')).toEqual([
      [0, 2],
      [6, 11]
    ])
    expect(matchWords('Go to Inbox', 'outbox')).toBeUndefined()
    expect(matchWords('前往收件箱', '收件')).toEqual([[2, 4]])
  })
  it('finds a word by its beginning, not by its middle; Han text anywhere', () => {
    expect(matchWords('Show keyboard shortcuts', 'cut')).toBeUndefined()
    expect(matchWords('Practice: cut the line', 'cut')).toEqual([[10, 13]])
    expect(matchWords('断开与中心的线路', '线路')).toEqual([[6, 8]])
  })
  it('marks what matched and keeps every character, also those that mean something in a pattern', () => {
    expect(highlight('C++ (new) 利率', 'c++ 利')).toEqual([
      { text: 'C++', hit: true },
      { text: ' (new) ', hit: false },
      { text: '利', hit: true },
      { text: '率', hit: false }
    ])
    expect(highlight('plain', '  ')).toEqual([{ text: 'plain', hit: false }])
  })
})
