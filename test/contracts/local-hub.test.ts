import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLocalHub } from '../../src-main/hub/local-hub.ts'
import { openDatabase } from '../../src-main/sqlite/sqlite.ts'
import { describeHub } from './hub.ts'
import type { HubUnderTest } from './hub-ends.ts'

const key = Buffer.alloc(32, 7)

async function onDisk(dir = mkdtempSync(join(tmpdir(), 'sidetone-hub-'))): Promise<HubUnderTest> {
  const hub = createLocalHub({ path: join(dir, 'hub.db'), key })
  return {
    hub,
    levers: hub.levers,
    restart: () => {
      hub.close()
      return onDisk(dir)
    },
    close: () => {
      hub.close()
      rmSync(dir, { recursive: true, force: true })
      return Promise.resolve()
    }
  }
}

describeHub('The local hub', () => onDisk())

describe('The local hub’s file', () => {
  it('is refused with a clear word when a later build wrote it', () => {
    const dir = mkdtempSync(join(tmpdir(), 'sidetone-hub-'))
    const path = join(dir, 'hub.db')
    createLocalHub({ path, key }).close()
    const db = openDatabase(path, key)
    db.exec('pragma user_version = 9000')
    db.close()
    expect(() => createLocalHub({ path, key })).toThrow(/version 9000/)
    rmSync(dir, { recursive: true, force: true })
  })

  it('cannot be read without its key', () => {
    const dir = mkdtempSync(join(tmpdir(), 'sidetone-hub-'))
    const path = join(dir, 'hub.db')
    createLocalHub({ path, key }).close()
    expect(() => createLocalHub({ path, key: Buffer.alloc(32, 8) })).toThrow()
    rmSync(dir, { recursive: true, force: true })
  })
})
