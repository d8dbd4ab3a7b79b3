import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { take } from '../../../src-main/desk/sync/intake.ts'
import { type Db, openDatabase } from '../../../src-main/sqlite/sqlite.ts'
import { appendToLog, readCursor, rebuild } from '../../../src-main/store/log.ts'
import { migrate } from '../../../src-main/store/migrate.ts'
import { DESK_MIGRATIONS } from '../../../src-main/store/migrations/desk.ts'
import { buildEvents } from '../../build/events.ts'
import { anyLog, deliveriesOf } from '../../build/random-events.ts'
import { projectionsOf } from '../../build/store.ts'

const ME = 'agent-lin'
const fresh = (): Db => {
  const db = openDatabase(':memory:', undefined)
  migrate(db, DESK_MIGRATIONS)
  rebuild(db, ME) // as opening a store does after a migration
  return db
}

describe('the projections', () => {
  test('are the same after duplicates, disorder and gaps as after one clean reading, and after a rebuild', () => {
    fc.assert(
      fc.property(
        anyLog.chain((log) => fc.tuple(fc.constant(log), deliveriesOf(log))),
        ([log, deliveries]) => {
          const clean = fresh()
          appendToLog(clean, ME, log)
          const wanted = projectionsOf(clean)

          const bumpy = fresh()
          // The last delivery is the log read again from the cursor, as a desk does when it finds a gap.
          for (const delivered of [...deliveries, log]) appendToLog(bumpy, ME, take(readCursor(bumpy), delivered).batch)
          expect(readCursor(bumpy)).toBe(log.length)
          expect(projectionsOf(bumpy)).toEqual(wanted)

          rebuild(bumpy, ME)
          expect(projectionsOf(bumpy)).toEqual(wanted)
          clean.close()
          bumpy.close()
        }
      ),
      { numRuns: 60 }
    )
  })

  test('tell the conversation, the lists and the customer that an entry came', () => {
    const db = fresh()
    const events = buildEvents()
    events.chat({ conversationId: 'c1', customerId: 'u1' })
    events.chat({ conversationId: 'c2', customerId: 'u1' })
    appendToLog(db, ME, events.all)
    const { topics } = appendToLog(db, ME, [events.said('c1', 'hello')])
    expect([...topics].sort()).toEqual(['conversation:c1', 'conversation:c2', 'customer:u1', 'inbox'])
    db.close()
  })
})

describe('the log', () => {
  test('keeps what it cannot understand, goes on, and applies it once a newer build can', () => {
    const db = fresh()
    const events = buildEvents()
    events.chat({ conversationId: 'c1' })
    const [first, ...others] = events.all
    const odd = [
      { deskSeq: 1, id: 'a', at: 1, type: 'hologram.shown', version: 1, data: { x: 1 } },
      { deskSeq: 2, id: 'b', at: 1, type: 'entry.added', version: 99, data: {} },
      { deskSeq: 3, id: 'c', at: 1, type: 'entry.added', version: 1, data: { text: 5 }, conversationId: 'c1' }
    ]
    const done = appendToLog(db, ME, [...odd, ...[first, ...others].flatMap((e) => (e ? [{ ...e, deskSeq: e.deskSeq + 3 }] : []))])
    expect(done.kept.map((one) => one.why)).toEqual([
      'unknown type hologram.shown',
      'unknown version 99 of entry.added',
      expect.stringContaining('invalid entry.added')
    ])
    expect(db.get('select state from conversation')).toEqual({ state: 'active' })
    expect(db.get('select count(*) as n from log where kept is not null')).toEqual({ n: 3 })
    db.close()
  })

  test('does not keep snapshots once they are applied', () => {
    const db = fresh()
    const events = buildEvents()
    events.add('queue.published', { waiting: [] })
    appendToLog(db, ME, events.all)
    expect(db.all('select * from log')).toEqual([])
    expect(db.get(`select name from snapshot where name = 'queue'`)).toEqual({ name: 'queue' })
    expect(readCursor(db)).toBe(1)
    db.close()
  })

  test('sets an event aside that a projection cannot take, and applies its neighbours', () => {
    const db = fresh()
    const events = buildEvents()
    events.chat({ conversationId: 'c1' })
    const bad = events.said('c1', 'bad')
    events.said('c1', 'good')
    // A constraint that only the one event breaks stands in for a fault of our own.
    db.exec(`create trigger no_bad before insert on entry when new.text = 'bad' begin select raise(abort, 'no'); end`)
    const done = appendToLog(db, ME, events.all)
    expect(done.kept).toMatchObject([{ deskSeq: bad.deskSeq }])
    expect(db.all(`select text from entry where kind <> 'system'`)).toEqual([{ text: 'good' }])
    expect(done.cursor).toBe(events.all.length)
    db.exec('drop trigger no_bad')
    rebuild(db, ME)
    expect(db.all(`select text from entry where kind <> 'system' order by rowId`)).toEqual([{ text: 'bad' }, { text: 'good' }])
    db.close()
  })

  test('passes over the places of replaced snapshots without a row or a word', () => {
    const db = openDatabase(':memory:', undefined)
    migrate(db, DESK_MIGRATIONS)
    const events = buildEvents()
    for (let n = 0; n < 5; n++) events.add('log.compacted', {})
    const done = appendToLog(db, ME, events.all)
    expect(done).toMatchObject({ kept: [], cursor: 5 })
    expect(db.all('select * from log')).toEqual([])
    db.close()
  })
})
