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
    tables.after('lin', 0, 10)
    tables.factsOf('c')
    tables.openCommands(0)
    expect([...tables.facts()]).toEqual([])
    const sqls = [...asked].filter((sql) => sql.startsWith('select'))
    expect(sqls.length).toBeGreaterThanOrEqual(6)
    for (const sql of sqls) for (const step of db.plan(sql)) expect(step, sql).not.toMatch(/^SCAN|TEMP B-TREE/)
    const snapshot = sqls.filter((sql) => sql.includes('.published'))
    expect(snapshot).toHaveLength(2)
    for (const sql of snapshot) expect(db.plan(sql).join()).toMatch(/deskLog(Stats|Queue)/)
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
