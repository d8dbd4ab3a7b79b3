import { describe, expect, it } from 'vitest'
import { type Chord, chordOf, Shortcuts } from '../../../src-renderer/ui/shortcuts.ts'

const press = (key: string, code: string, ...held: ('ctrl' | 'alt' | 'shift' | 'meta')[]): Chord => ({
  key,
  code,
  ctrlKey: held.includes('ctrl'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
  metaKey: held.includes('meta')
})

describe('the name of a combination', () => {
  it.each([
    [press('k', 'KeyK', 'ctrl'), 'Ctrl+K'],
    [press('k', 'KeyK', 'meta'), 'Ctrl+K'],
    [press('å', 'KeyA', 'ctrl', 'alt'), 'Ctrl+Alt+A'],
    [press('N', 'KeyN', 'ctrl', 'shift'), 'Ctrl+Shift+N'],
    [press('1', 'Digit1', 'alt'), 'Alt+1'],
    [press('?', 'Slash', 'shift'), '?'],
    [press('Enter', 'Enter', 'ctrl'), 'Ctrl+Enter'],
    [press('ArrowUp', 'ArrowUp', 'shift'), 'Shift+Up'],
    [press('Escape', 'Escape'), 'Esc']
  ])('%o is %s', (event, name) => {
    expect(chordOf(event)).toBe(name)
  })
})

describe('shortcuts', () => {
  const record = () => {
    const ran: string[] = []
    const all = new Shortcuts()
    const on = (keys: string, name: string) => all.register({ keys, label: () => name, run: () => ran.push(name) })
    return { ran, all, on }
  }
  const event = (chord: Chord, more: object = {}) => ({ ...chord, target: null, ...more })

  it('run what was registered last, and the one before when that ends', () => {
    const { ran, all, on } = record()
    on('Ctrl+Alt+A', 'room')
    const end = on('Ctrl+Alt+A', 'dialog')
    all.handle(event(press('a', 'KeyA', 'ctrl', 'alt')))
    expect(all.list().map((one) => one.label())).toEqual(['dialog'])
    end()
    all.handle(event(press('a', 'KeyA', 'ctrl', 'alt')))
    expect(ran).toEqual(['dialog', 'room'])
  })

  it('leave everything else to the page', () => {
    const { ran, all, on } = record()
    on('Ctrl+K', 'search')
    let prevented = 0
    const preventDefault = () => prevented++
    expect(all.handle(event(press('j', 'KeyJ', 'ctrl'), { preventDefault }))).toBe(false)
    expect(all.handle(event(press('k', 'KeyK', 'ctrl'), { repeat: true, preventDefault }))).toBe(false)
    expect(all.handle(event(press('k', 'KeyK', 'ctrl'), { isComposing: true, preventDefault }))).toBe(false)
    expect(all.handle(event(press('k', 'KeyK', 'ctrl'), { defaultPrevented: true, preventDefault }))).toBe(false)
    expect([ran, prevented]).toEqual([[], 0])
    expect(all.handle(event(press('k', 'KeyK', 'ctrl'), { preventDefault }))).toBe(true)
    expect([ran, prevented]).toEqual([['search'], 1])
  })
})
