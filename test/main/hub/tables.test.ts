import { describe, expect, it } from 'vitest'
import { createTables } from '../../../src-main/hub/tables.ts'
import { openDatabase, type ReadDb } from '../../../src-main/sqlite/sqlite.ts'
import { fact } from '../../../src-shared/events.ts'

describe('The hub’s tables', () => {
  it('answer every question by an index', () => {
    const db = openDatabase(':memory:', undefined)
    const asked = new Set<string>()
    const watch = <T extends keyof ReadDb>(key: T) => {
      const original = db[key] as (sql: string, ...rest: unknown[]) => unknown // all of them take the SQL first
      Object.assign(db, {
        [key]: (sql: string, ...rest: unknown[]) => {
          asked.add(sql)
          return original(sql, ...rest)
        }
      })
    }
    for (const key of ['all', 'get'] as const) watch(key)
    const tables = createTables(db)
    tables.append('lin', fact('queue.published', { waiting: [] }, 1, 'a'))
    tables.append('lin', fact('stats.published', { queues: [], people: [], intervals: [], cells: [] }, 1, 'b'))
    tables.append('lin', fact('colleagues.published', { people: [] }, 1, 'c'))
    tables.after('lin', 0, 10)
    tables.factsOf('c')
    tables.openCommands(0)
    expect([...tables.facts()]).toEqual([])
    const sqls = [...asked].filter((sql) => sql.startsWith('select'))
    expect(sqls.length).toBeGreaterThanOrEqual(6)
    for (const sql of sqls) for (const step of db.plan(sql)) expect(step, sql).not.toMatch(/^SCAN|TEMP B-TREE/)
    const snapshot = sqls.filter((sql) => sql.includes('.published'))
    expect(snapshot).toHaveLength(3)
    for (const sql of snapshot) expect(db.plan(sql).join()).toMatch(/deskLog(Stats|Queue|Colleagues)/)
    db.close()
  })

  it('keep a few of the changes of colleagues, which together still say all', () => {
    const db = openDatabase(':memory:', undefined)
    const tables = createTables(db)
    const shown = (personId: string, n: number) => ({ personId, presence: n % 2 ? 'break' : 'available', since: n, onCall: false }) as const
    for (let n = 1; n <= 100; n += 1) tables.append('lin', fact('colleagues.published', { people: [shown(`p${n % 7}`, n)] }, n, `e${n}`))
    const log = tables.after('lin', 0, 1_000)
    const left = log.flatMap((event) => (event.type === 'colleagues.published' ? [event.data.people] : []))
    expect(left.length).toBeLessThan(20)
    const newest = new Map(left.flat().map((one) => [one.personId, one.since]))
    expect([...newest.values()].sort((a, b) => a - b)).toEqual([94, 95, 96, 97, 98, 99, 100])
    // Whoever reads on from the middle misses nothing that came after it.
    const rest = tables.after('lin', 90, 1_000).flatMap((event) => (event.type === 'colleagues.published' ? event.data.people : []))
    expect(rest.map((one) => one.since)).toEqual(expect.arrayContaining([...newest.values()]))
    db.close()
  })

  it('forget the numbers of a desk’s log that were rolled back', () => {
    const db = openDatabase(':memory:', undefined)
    const tables = createTables(db)
    const event = (id: string) => fact('presence.changed', { personId: 'lin', presence: 'break', since: 1 }, 1, id)
    tables.append('lin', event('a'))
    const failing = () =>
      tables.transaction(() => {
        tables.append('lin', event('b'))
        throw new Error('halfway')
      })
    expect(failing).toThrow('halfway')
    tables.append('lin', event('c'))
    expect(tables.after('lin', 0, 10).map((one) => [one.deskSeq, one.id])).toEqual([
      [1, 'a'],
      [2, 'c']
    ])
    db.close()
  })

  it('keep no row of a replaced snapshot, and read as if it had one', () => {
    const db = openDatabase(':memory:', undefined)
    const tables = createTables(db)
    for (let n = 1; n <= 500; n++) {
      tables.append('lin', fact('queue.published', { waiting: [] }, n, `queue ${n}`))
      tables.append('lin', fact('stats.published', { queues: [], people: [], intervals: [], cells: [] }, n, `stats ${n}`))
    }
    expect(db.get<{ n: number }>('select count(*) as n from desk_log')?.n).toBeLessThan(20)
    const read = tables.after('lin', 0, 400)
    expect(read.map((one) => one.deskSeq)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1))
    expect(new Set(read.map((one) => one.type))).toEqual(new Set(['log.compacted']))
    expect(new Set(read.map((one) => one.id)).size).toBe(400)
    expect(tables.after('lin', 990, 400).map((one) => one.deskSeq)).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999, 1000])
    expect(tables.after('lin', 1_000, 400)).toEqual([])
    db.close()
  })
})
