import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../src-main/sqlite/sqlite.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sqlite-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const key = (n: number): Buffer => Buffer.alloc(32, n)

test('what is written cannot be read from the file without the key', () => {
  const path = join(dir, 'a.db')
  const db = openDatabase(path, key(1))
  db.exec('create table t (words text) strict')
  db.run('insert into t values (?)', 'swordfish')
  db.close()
  const bytes = readFileSync(path)
  expect(bytes.includes('swordfish')).toBe(false)
  expect(bytes.includes('SQLite format 3')).toBe(false)
  const again = openDatabase(path, key(1))
  expect(again.all('select words from t')).toEqual([{ words: 'swordfish' }])
  again.close()
})

test('the wrong key, no key and a file of rubbish are all called damaged', () => {
  const path = join(dir, 'a.db')
  const db = openDatabase(path, key(1))
  db.exec('create table t (x) ')
  db.close()
  const damaged = expect.objectContaining({ kind: 'damaged' })
  expect(() => openDatabase(path, key(2))).toThrow(damaged)
  expect(() => openDatabase(path, undefined)).toThrow(damaged)
  writeFileSync(join(dir, 'b.db'), Buffer.alloc(8192, 'rubbish '))
  expect(() => openDatabase(join(dir, 'b.db'), key(1))).toThrow(damaged)
})

test('faults have a kind: constraint, misuse, io, busy', () => {
  const path = join(dir, 'a.db')
  const db = openDatabase(path, key(1))
  db.exec('create table t (x integer primary key) strict')
  db.run('insert into t values (1)')
  expect(() => db.run('insert into t values (1)')).toThrow(expect.objectContaining({ kind: 'constraint' }))
  expect(() => db.run(`insert into t values ('word')`)).toThrow(expect.objectContaining({ kind: 'constraint' }))
  expect(() => db.run('insert into nowhere values (1)')).toThrow(expect.objectContaining({ kind: 'misuse' }))
  expect(() => openDatabase(join(dir, 'no', 'where.db'), key(1))).toThrow(expect.objectContaining({ kind: 'io' }))
  const other = openDatabase(path, key(1), { busyMs: 0 })
  db.transaction(() => {
    db.run('insert into t values (2)')
    expect(() => other.run('insert into t values (3)')).toThrow(expect.objectContaining({ kind: 'busy' }))
  })
  other.close()
  db.close()
})

test('a failed transaction leaves nothing, and an inner one undoes only itself', () => {
  const db = openDatabase(':memory:', undefined)
  db.exec('create table t (x integer) strict')
  db.transaction(() => {
    db.run('insert into t values (1)')
    expect(() =>
      db.transaction(() => {
        db.run('insert into t values (2)')
        throw new Error('no')
      })
    ).toThrow('no')
  })
  expect(db.all('select x from t')).toEqual([{ x: 1 }])
  db.close()
})
