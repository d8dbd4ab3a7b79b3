import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../src-main/sqlite/sqlite.ts'
import { appendToLog, readCursor } from '../../../src-main/store/log.ts'
import { migrate } from '../../../src-main/store/migrate.ts'
import { DESK_MIGRATIONS } from '../../../src-main/store/migrations/desk.ts'
import { OWN_MIGRATIONS } from '../../../src-main/store/migrations/own.ts'
import { openStore, type Store } from '../../../src-main/store/open.ts'
import { openCommands, storeCommand } from '../../../src-main/store/own/commands.ts'
import { readDraft, readMark, readNotice, readSettings, saveDraft, saveSettings, setReadMark } from '../../../src-main/store/own/keep.ts'
import { readDialogs, readPhoneSettings, saveDialogs } from '../../../src-main/store/own/phone.ts'
import { callHistory } from '../../../src-main/store/queries/calls.ts'
import { find } from '../../../src-main/store/queries/search.ts'
import { buildEvents } from '../../build/events.ts'
import { dialogRecord } from '../../build/phone.ts'
import { buildOldDesk, buildStore, STORE_KEY } from '../../build/store.ts'

const NOW = 1_700_000_500_000
const dirs: string[] = []
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})
const again = (dir: string, key = STORE_KEY): Store => openStore({ dir, key, personId: 'agent-lin', now: () => NOW })

/** A closed store with a conversation, a waiting command, a draft, a setting and a read mark. */
function filled(): string {
  const { store, dir } = buildStore()
  dirs.push(dir)
  const events = buildEvents()
  events.chat({ conversationId: 'c1' })
  events.said('c1', 'hello there')
  appendToLog(store.desk, 'agent-lin', events.all)
  enterMine(store)
  store.close()
  return dir
}
function enterMine({ own }: Store, count = 1): void {
  for (let n = 1; n <= count; n++)
    storeCommand(own, {
      id: `command-${n}`,
      type: 'note.add',
      at: n,
      conversationId: 'c1',
      data: { conversationId: 'c1', entryId: `n${n}`, text: 'x'.repeat(400) }
    })
  saveDraft(own, 'c1', 'half a sent', 1)
  saveSettings(own, { locale: 'zh-TW' })
  setReadMark(own, 'c1', 3)
}

describe('the lock', () => {
  test('a second store on the same folder is refused until the first is closed', () => {
    const { store, dir } = buildStore()
    dirs.push(dir)
    expect(() => again(dir)).toThrow(expect.objectContaining({ name: 'FolderInUseError' }))
    store.close()
    again(dir).close()
  })
})

describe('a newer database', () => {
  test.each(['desk.db', 'desk-own.db'])('%s is refused and left as it is', (name) => {
    const dir = filled()
    const db = openDatabase(join(dir, name), STORE_KEY)
    db.exec('pragma user_version = 9990')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    const before = readFileSync(join(dir, name))
    expect(() => again(dir)).toThrow(expect.objectContaining({ kind: 'newer' }))
    expect(readFileSync(join(dir, name)).equals(before)).toBe(true)
    expect(readdirSync(dir).filter((one) => one.includes('damaged'))).toEqual([])
  })
})

describe('a damaged desk.db', () => {
  test('is set aside and begun anew; commands, drafts and settings stay', () => {
    const dir = filled()
    writeFileSync(join(dir, 'desk.db'), Buffer.alloc(20_000, 'x'))
    const store = again(dir)
    expect(readCursor(store.desk)).toBe(0)
    expect(openCommands(store.own)).toMatchObject([{ commandId: 'command-1', state: 'waiting' }])
    expect(readDraft(store.own, 'c1')).toBe('half a sent')
    expect(readSettings(store.own).locale).toBe('zh-TW')
    expect(readNotice(store.own)).toEqual({ kind: 'rebuilt', at: NOW, keptAs: `desk-damaged-${NOW}.db` })
    expect(readFileSync(join(dir, `desk-damaged-${NOW}.db`)).length).toBe(20_000)
    store.close()
  })

  test('goes with the rest when the store is wiped', () => {
    const dir = filled()
    writeFileSync(join(dir, 'desk.db'), Buffer.alloc(20_000, 'x'))
    const store = again(dir)
    expect(readdirSync(dir)).toContain(`desk-damaged-${NOW}.db`)
    store.wipe()
    expect(readdirSync(dir).filter((name) => name !== 'desk-lock.db')).toEqual([])
  })

  test('found in use: the store begins a new one, unless the file is sound', () => {
    const dir = filled()
    const store = again(dir)
    expect(store.replaceDamagedDesk()).toBe(false)
    expect(readCursor(store.desk)).toBeGreaterThan(0)
    store.close()
  })
})

describe('a damaged desk-own.db', () => {
  test('gives back the rows that can still be read; the file is kept and the user told', () => {
    const { store, dir } = buildStore()
    dirs.push(dir)
    enterMine(store, 400)
    saveDialogs(store.own, [dialogRecord('a')], NOW)
    store.own.pragma('wal_checkpoint(TRUNCATE)')
    store.close()
    const path = join(dir, 'desk-own.db')
    const bytes = readFileSync(path)
    // One page in the middle of the commands.
    bytes.fill(0x5a, 4096 * 20, 4096 * 21)
    writeFileSync(path, bytes)
    const opened = again(dir)
    const saved = openCommands(opened.own)
    expect(saved.length).toBeGreaterThan(300)
    expect(saved.length).toBeLessThan(400)
    expect(readDialogs(opened.own, NOW)).toEqual([dialogRecord('a')])
    expect(saved.map((one) => one.seq)).toEqual(saved.map((one) => one.seq).toSorted((a, b) => a - b))
    expect(readNotice(opened.own)?.keptAs).toBe(`desk-own-damaged-${NOW}.db`)
    opened.close()
  })

  test('that cannot be read at all is kept, and a fresh one begun', () => {
    const dir = filled()
    writeFileSync(join(dir, 'desk-own.db'), Buffer.alloc(20_000, 'x'))
    const store = again(dir)
    expect(openCommands(store.own)).toEqual([])
    expect(readNotice(store.own)?.keptAs).toBe(`desk-own-damaged-${NOW}.db`)
    expect(readCursor(store.desk)).toBeGreaterThan(0)
    store.close()
  })
})

describe('migrations', () => {
  test('desk.db from 10 with rows to 20: the log stays', () => {
    const db = openDatabase(':memory:', undefined)
    migrate(db, DESK_MIGRATIONS, 10)
    db.run(`insert into log values (1, 'e1', 'future.thing', 1, 5, null, '{}', 'unknown')`)
    migrate(db, DESK_MIGRATIONS, 20)
    expect(db.pragma('user_version')).toBe(20)
    expect(db.all('select deskSeq from log')).toEqual([{ deskSeq: 1 }])
    expect(db.all('select * from conversation')).toEqual([])
    db.close()
  })

  test('desk.db from 20 with rows to 30: what was there before is found by search', () => {
    const { store, dir } = buildStore()
    dirs.push(dir)
    store.close()
    rmSync(join(dir, 'desk.db'))
    const db = openDatabase(join(dir, 'desk.db'), STORE_KEY)
    migrate(db, DESK_MIGRATIONS, 20)
    const events = buildEvents()
    events.chat({ conversationId: 'c1' })
    events.said('c1', 'an older message')
    for (const e of events.all)
      db.run(
        'insert into log values (?, ?, ?, ?, ?, ?, ?, null)',
        e.deskSeq,
        e.id,
        e.type,
        e.version,
        e.at,
        e.conversationId ?? null,
        JSON.stringify(e.data)
      )
    db.run('update cursor set deskSeq = ?', events.all.length)
    db.close()
    const opened = again(dir)
    expect(find(opened.desk, 'older', 10)).toMatchObject([{ kind: 'entry', text: 'an older message' }])
    expect(readCursor(opened.desk)).toBe(events.all.length)
    opened.close()
  })

  test('desk.db from 30 with rows to 40: the rows stay, and staff have names from then on', () => {
    const db = openDatabase(':memory:', undefined)
    migrate(db, DESK_MIGRATIONS, 30)
    const before = buildEvents()
    before.add('presence.changed', { personId: 'agent-lin', presence: 'break', since: 1 })
    const [told] = before.all
    if (!told) throw new Error('nothing was built')
    db.run('insert into log values (1, ?, ?, 1, ?, null, ?, null)', told.id, told.type, told.at, JSON.stringify(told.data))
    db.run('update cursor set deskSeq = 1')
    migrate(db, DESK_MIGRATIONS, 40)
    const name = { en: 'Tom Becker', 'zh-CN': '汤姆', 'zh-TW': '湯姆' }
    const events = buildEvents()
    events.add('presence.changed', { personId: 'agent-lin', presence: 'break', since: 1 })
    events.add('conversation.assigned', { personId: 'agent-tom', name }, 'c1')
    appendToLog(db, 'agent-lin', events.all)
    expect(readCursor(db)).toBe(2)
    expect(db.all('select * from person')).toEqual([{ personId: 'agent-tom', name: JSON.stringify(name) }])
    db.close()
  })

  test('desk.db from 50 with rows to 60: calls of before have a way, a length and a place in the history', () => {
    const events = buildEvents()
    events.chat({ conversationId: 'c1', channel: 'voice' })
    events.add('call.started', { callId: 'k1', personId: 'agent-lin' }, 'c1')
    events.add('call.answered', { callId: 'k1', personId: 'agent-lin' }, 'c1')
    events.add('call.ended', { callId: 'k1', by: 'customer', talkMs: 42_000, holdMs: 0 }, 'c1')
    const dir = buildOldDesk(50, events.all)
    dirs.push(dir)
    const opened = again(dir)
    const reading = { desk: opened.desk, own: opened.own, personId: 'agent-lin' }
    expect(callHistory(reading, { limit: 9 }).rows).toMatchObject([{ callId: 'k1', direction: 'in', outcome: 'talked', talkMs: 42_000 }])
    expect(opened.desk.all('select * from recording_gap')).toEqual([])
    opened.close()
  })

  test('desk-own.db from 20 with rows to 30: what was there stays, and the phone has its place', () => {
    const db = openDatabase(':memory:', undefined)
    migrate(db, OWN_MIGRATIONS, 20)
    db.run(`insert into setting values ('locale', '"zh-TW"')`)
    db.run(`insert into read_mark values ('c1', 7)`)
    migrate(db, OWN_MIGRATIONS, 30)
    expect(db.pragma('user_version')).toBe(30)
    expect(readSettings(db).locale).toBe('zh-TW')
    expect(readMark(db, 'c1')).toBe(7)
    expect(readDialogs(db, NOW)).toEqual([])
    expect(readPhoneSettings(db)).toBeUndefined()
    db.close()
  })

  test('desk-own.db from 10 with rows to 20: commands, drafts and settings stay', () => {
    const db = openDatabase(':memory:', undefined)
    migrate(db, OWN_MIGRATIONS, 10)
    storeCommand(db, { id: 'k', type: 'presence.set', at: 1, data: { presence: 'available' } })
    saveDraft(db, 'c1', 'text', 1)
    migrate(db, OWN_MIGRATIONS, 20)
    expect(openCommands(db)).toMatchObject([{ commandId: 'k', data: { presence: 'available' } }])
    expect(readDraft(db, 'c1')).toBe('text')
    expect(setReadMark(db, 'c1', 5)).toBe(true)
    expect(setReadMark(db, 'c1', 4)).toBe(false)
    db.close()
  })
})
