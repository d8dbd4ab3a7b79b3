import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RecordingError } from '../../../src-main/practice/recordings/errors.ts'
import { createArchive, startForgetting } from '../../../src-main/workplace/recordings.ts'
import { openSeatNotes } from '../../../src-main/workplace/seat-notes.ts'
import { createFakeTimers } from '../../fakes/timers.ts'

describe('the archive', () => {
  const asked: [number | undefined, number | undefined][] = []
  const opened = (ms: number) => ({
    recordingId: 'r1',
    callId: 'a',
    conversationId: 'k1',
    user: 'lin',
    startedAt: 0,
    ms,
    gaps: [],
    complete: true,
    wav: (from?: number, to?: number) => {
      asked.push([from, to])
      return Buffer.from('RIFF')
    }
  })
  beforeEach(() => {
    asked.length = 0
  })
  test.each([
    [0, 1],
    [59_999, 1],
    [60_000, 1],
    [60_001, 2],
    [185_000, 4]
  ])('cuts %i ms into %i pieces of a minute', async (ms, pieces) => {
    const archive = createArchive({ open: () => opened(ms) })
    expect((await archive.piece('r1', pieces - 1)).pieces).toBe(pieces)
    expect(asked).toEqual([[(pieces - 1) * 60_000, pieces * 60_000]])
    await expect(archive.piece('r1', pieces)).rejects.toMatchObject({ refusal: { code: 'not_found', field: 'piece' } })
  })
  test.each([
    ['missing', 'not_found'],
    ['damaged', 'not_available'],
    ['wrong_key', 'not_available'],
    ['io', 'not_available']
  ] as const)('says of a recording that is %s: %s', async (kind, code) => {
    const archive = createArchive({
      open: () => {
        throw new RecordingError(kind, 'for the log')
      }
    })
    await expect(archive.piece('r1', 0)).rejects.toMatchObject({ refusal: { code, detail: `recording: ${kind}` } })
  })
})

describe('old recordings', () => {
  test('are forgotten soon after the start and then again and again, as long as the seats keep their conversations', () => {
    const timers = createFakeTimers()
    const before: number[] = []
    let days = 30
    const forgetting = startForgetting({
      recordings: {
        forget: (at) => {
          before.push((timers.now() - at) / 86_400_000)
          if (before.length === 2) throw new RecordingError('io', 'the disk is gone')
          return 1
        }
      },
      keptDays: () => days,
      now: timers.now,
      after: timers.after,
      log: () => {}
    })
    timers.advance(61_000)
    days = 90
    timers.advance(12 * 3_600_000)
    expect(before).toEqual([30, 90, 90])
    forgetting.close()
    timers.advance(48 * 3_600_000)
    expect(before).toHaveLength(3)
  })
})

describe('notes about seats', () => {
  let dir: string
  const logged: string[] = []
  const open = () => openSeatNotes(dir, (event) => logged.push(event))
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'seats-'))
    logged.length = 0
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  test('tell every page which servers any seat speaks to, also after a restart', () => {
    const notes = open()
    expect(notes.allow('lin', ['wss://a.example', 'ws://b.example:81'])).toBe(true)
    expect(notes.allow('lin', ['wss://a.example', 'ws://b.example:81'])).toBe(false)
    expect(notes.allow('tom', ['wss://a.example'])).toBe(false)
    expect(open().sources()).toEqual(['wss://a.example', 'ws://b.example:81'])
    expect(notes.allow('lin', [])).toBe(false)
    expect(open().sources()).toEqual(['wss://a.example'])
  })
  test('know the longest that conversations are kept', () => {
    const notes = open()
    expect(notes.keptDays()).toBeUndefined()
    notes.keep('lin', 30)
    notes.keep('ruth', 365)
    notes.keep('ruth', 90)
    expect(open().keptDays()).toBe(90)
  })
  test('begin anew where the file cannot be trusted, and say so', () => {
    open().allow('lin', ['wss://a.example'])
    writeFileSync(join(dir, 'seats.json'), '{"lin": 4')
    expect(open().sources()).toEqual([])
    writeFileSync(join(dir, 'seats.json'), JSON.stringify({ lin: { sources: ["wss://x; script-src 'unsafe-eval'"] } }))
    expect(open().sources()).toEqual([])
    expect(logged).toEqual(['seats', 'seats'])
  })
})
