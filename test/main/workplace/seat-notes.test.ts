import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openSeatNotes } from '../../../src-main/workplace/seat-notes.ts'

const dirs: string[] = []
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true })
})
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'seat-notes-'))
  dirs.push(dir)
  return dir
}
const notesIn = (dir: string) => openSeatNotes(dir, () => {})

describe('what is noted of every seat', () => {
  test('is there at the next start', () => {
    const dir = folder()
    const notes = notesIn(dir)
    expect(notes.allow('lin', ['wss://pbx.example'])).toBe(true)
    notes.keep('tom', 90)
    const again = notesIn(dir)
    expect(again.sources()).toEqual(['wss://pbx.example'])
    expect(again.keptDays()).toBe(90)
    expect(again.allow('lin', ['wss://pbx.example'])).toBe(false)
  })

  test('counts only once it is stored: what the disk refused is said again, and stored then', () => {
    const dir = folder()
    const notes = notesIn(dir)
    // Stands in the way of the file.
    const obstacle = join(dir, 'seats.json.new')
    mkdirSync(obstacle)
    expect(() => notes.keep('lin', 90)).toThrow()
    expect(() => notes.allow('lin', ['wss://pbx.example'])).toThrow()
    expect(notes.keptDays()).toBeUndefined()
    expect(notes.sources()).toEqual([])
    rmSync(obstacle, { recursive: true })
    notes.keep('lin', 90)
    expect(notes.allow('lin', ['wss://pbx.example'])).toBe(true)
    expect(notesIn(dir).keptDays()).toBe(90)
    expect(notesIn(dir).sources()).toEqual(['wss://pbx.example'])
  })
})
