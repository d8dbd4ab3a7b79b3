import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../../src-main/store/open.ts'
import { openCommands } from '../../../src-main/store/own/commands.ts'
import { readDialogs } from '../../../src-main/store/own/phone.ts'
import { KEY } from '../../build/desk.ts'

/** Programs are started one after another; on a busy machine each takes seconds to be there. */
const PATIENCE_MS = 90_000

/** Starts the child, kills it with SIGKILL once it has acknowledged `count` commands, and returns all it acknowledged. */
function killAfter(dir: string, count: number, what = 'commands'): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), dir, what], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let faults = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (out.split('\n').length - 2 >= count) child.kill('SIGKILL')
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      faults += text
    })
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the child ended by itself: ${faults}`))
      else resolve(out.split('\n').slice(1, -1)) // without "ready" and without a line cut short
    })
  })
}

test(
  'the dialogs that were up are whole after kill -9: those of the last round, or of the one that was being saved',
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'kill-'))
    try {
      for (const count of [1, 6, 31]) {
        const last = Number((await killAfter(dir, count, 'dialogs')).at(-1))
        const store = openStore({ dir, key: KEY, personId: 'agent-lin', now: Date.now })
        const dialogs = readDialogs(store.own, Date.now()).map((one) => one.callId)
        const whole = (n: number) => (n % 2 === 0 ? [] : [`${n} a`, `${n} b`])
        expect([whole(last), whole(last + 1)]).toContainEqual(dialogs)
        store.close()
      }
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  },
  PATIENCE_MS
)

test(
  'what was acknowledged is in the outbox after kill -9, in order, whenever it strikes',
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'kill-'))
    try {
      const acknowledged: string[] = []
      for (const count of [1, 7, 40, 3, 120]) acknowledged.push(...(await killAfter(dir, count)))
      expect(acknowledged.length).toBeGreaterThanOrEqual(171)
      const store = openStore({ dir, key: KEY, personId: 'agent-lin', now: Date.now })
      const kept = openCommands(store.own).map((command) => command.commandId)
      // The last command of each life may have been stored without its acknowledgement having come out; nothing may be missing.
      const known = new Set(acknowledged)
      expect(kept.filter((id) => known.has(id))).toEqual(acknowledged)
      store.close()
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  },
  PATIENCE_MS
)
