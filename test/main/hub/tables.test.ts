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
})
