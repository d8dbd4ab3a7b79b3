import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOrMakeKey, writeOnce } from '../../../src-main/host/key-file.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'key-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('the key is made once, 32 bytes, for its owner only, and stays the same', () => {
  const folder = join(dir, 'deep', 'down')
  const key = readOrMakeKey(folder)
  expect(key).toHaveLength(32)
  const before = statSync(join(folder, 'key'))
  expect(before.mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readOrMakeKey(folder).equals(key)).toBe(true)
  const after = statSync(join(folder, 'key'))
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
  expect(readdirSync(folder)).toEqual(['key'])
})

test('two folders have two keys', () => {
  expect(readOrMakeKey(join(dir, 'a')).equals(readOrMakeKey(join(dir, 'b')))).toBe(false)
})

test('a key that others may read is closed to them again', () => {
  writeFileSync(join(dir, 'key'), 'ab'.repeat(32), { mode: 0o644 })
  expect(readOrMakeKey(dir).toString('hex')).toBe('ab'.repeat(32))
  expect(statSync(join(dir, 'key')).mode & 0o777).toBe(0o600)
})

test.each(['', 'short', 'zz'.repeat(32), 'ab'.repeat(33)])(
  'a damaged key (%j) is refused with its file named, and not replaced',
  (text) => {
    writeFileSync(join(dir, 'key'), text)
    expect(() => readOrMakeKey(dir)).toThrow(`${join(dir, 'key')} is not a Sidetone key`)
    expect(readFileSync(join(dir, 'key'), 'utf8')).toBe(text)
  }
)

test('when another one writes the file first, theirs counts and nothing of ours is left', () => {
  const file = join(dir, 'once')
  writeOnce(file, () => {
    writeFileSync(file, 'theirs')
    return 'ours'
  })
  expect(readFileSync(file, 'utf8')).toBe('theirs')
  expect(readdirSync(dir)).toEqual(['once'])
})

test('what cannot be made leaves nothing behind', () => {
  expect(() =>
    writeOnce(join(dir, 'once'), () => {
      throw new Error('no keystore')
    })
  ).toThrow('no keystore')
  expect(readdirSync(dir)).toEqual([])
})
