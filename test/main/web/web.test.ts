import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alive, type Running, run, startWeb, WEB } from '../../build/host-process.ts'

let dir: string
let running: Running[]
const started = <T extends Running>(one: T): T => {
  running.push(one)
  return one
}
const start = (options?: Parameters<typeof startWeb>[1]) => started(startWeb(dir, options))
const door = (...args: string[]) => started(run(process.execPath, [WEB, ...args]))
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'web-'))
  running = []
})
afterEach(async () => {
  for (const one of running) one.child.kill('SIGKILL')
  await Promise.all(running.map((one) => one.ended))
  rmSync(dir, { recursive: true, force: true })
})

describe('the web host as a program', () => {
  test('says on stdout that it is ready, once, and answers at that address', async () => {
    const host = start()
    const url = await host.ready()
    expect([url.hostname, url.hash.startsWith('#token=')]).toEqual(['127.0.0.1', true])
    expect((await fetch(new URL('/session', url))).status).toBe(403)
    const opened = await fetch(new URL('/session', url), {
      method: 'POST',
      headers: { origin: url.origin },
      body: JSON.stringify({ token: url.hash.slice('#token='.length) })
    })
    expect(opened.status).toBe(204)
    host.child.kill('SIGTERM')
    expect(await host.ended).toEqual({ code: 0, signal: null })
    expect(host.out().trimEnd().split('\n')).toHaveLength(1)
    expect(host.err()).toBe('')
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'stops in order on %s, twice said or not, and frees the folder at once',
    async (signal) => {
      const first = start()
      await first.ready()
      first.child.kill(signal)
      first.child.kill(signal)
      expect(await first.ended).toEqual({ code: 0, signal: null })
      const second = start()
      await second.ready()
      second.child.kill(signal)
      expect(await second.ended).toEqual({ code: 0, signal: null })
    }
  )

  test('writes nothing that anybody but its owner may read, in whichever folder', async () => {
    chmodSync(dir, 0o755)
    const host = start()
    await host.ready()
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    expect(files).toEqual(expect.arrayContaining(['key', 'hub.db', join('log', 'sidetone.log')]))
    expect(files.filter((file) => (statSync(join(dir, file)).mode & 0o077) !== 0)).toEqual([])
  })

  test('starts again after kill -9, with the same key', async () => {
    const first = start()
    await first.ready()
    const key = readFileSync(join(dir, 'key'), 'utf8')
    expect(statSync(join(dir, 'key')).mode & 0o777).toBe(0o600)
    first.child.kill('SIGKILL')
    await first.ended
    const second = start()
    await second.ready()
    expect(readFileSync(join(dir, 'key'), 'utf8')).toBe(key)
  })

  test('stops when its launcher is gone', async () => {
    const host = start({ channel: true })
    await host.ready()
    host.child.disconnect()
    expect(await host.ended).toEqual({ code: 0, signal: null })
  })

  test('goes on when nobody reads its output any more', async () => {
    const host = start()
    const url = await host.ready()
    host.child.stdout?.destroy()
    expect((await fetch(new URL('/session', url))).status).toBe(403)
    expect(alive(host.child.pid ?? 0)).toBe(true)
  })
})

describe('a start that cannot be', () => {
  const failure = async (host: Running) => {
    const { code } = await host.ended
    return { code, err: host.err(), out: host.out() }
  }

  test('a second one on the same folder says who has it, and leaves the first alone', async () => {
    const first = start()
    const url = await first.ready()
    const second = await failure(start())
    expect([second.code, second.out]).toEqual([1, ''])
    expect(second.err).toContain(`${dir} is open in another Sidetone`)
    expect((await fetch(new URL('/session', url))).status).toBe(403)
  })

  test.each([
    [['--prot', '0'], '--prot'],
    [['--port', 'http'], '--port http is not a port number'],
    [['--port', '65536'], '--port 65536 is not a port number'],
    [['--port', ''], 'is not a port number'],
    [['--port', '-1'], 'port'],
    [['--port'], 'port'],
    [['--data='], '--data needs the name of a folder'],
    [['surplus'], 'surplus']
  ])('arguments %j end with the reason and the usage', async (args, reason) => {
    const { code, err, out } = await failure(door(...args))
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(reason)
    expect(err).toContain('usage: npm run web')
  })

  test('--help prints the usage and ends well', async () => {
    const { code, out } = await failure(door('--help'))
    expect(code).toBe(0)
    expect(out).toContain('usage: npm run web')
  })

  test('a taken port is named, with what to do; the folder is free again', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', () => resolve()))
    const address = other.address()
    const port = String(typeof address === 'object' ? address?.port : '')
    const { code, err, out } = await failure(start({ args: ['--port', port] }))
    other.close()
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(`Port ${port} is already in use`)
    expect(err).not.toContain('    at ')
    await start().ready()
  })

  test('a place that is no folder is named', async () => {
    const file = join(dir, 'file')
    writeFileSync(file, '')
    const { code, err } = await failure(door('--port', '0', '--no-open', '--json', '--data', join(file, 'deep')))
    expect(code).toBe(1)
    expect(err).toContain(file)
    expect(err).toContain('--data')
    expect(err).not.toContain('    at ')
  })

  test('a damaged key is named, nothing is overwritten', async () => {
    writeFileSync(join(dir, 'key'), 'damaged')
    const { code, err } = await failure(start())
    expect(code).toBe(1)
    expect(err).toContain(`${join(dir, 'key')} is not a Sidetone key`)
    expect(readFileSync(join(dir, 'key'), 'utf8')).toBe('damaged')
  })

  test('the key of another folder does not open this one, and the stored things stay', async () => {
    const first = start()
    await first.ready()
    first.child.kill('SIGTERM')
    await first.ended
    const before = statSync(join(dir, 'hub.db')).size
    writeFileSync(join(dir, 'key'), '0'.repeat(64))
    const { code, err } = await failure(start())
    expect(code).toBe(1)
    expect(err).toContain('Sidetone could not start')
    expect(statSync(join(dir, 'hub.db')).size).toBe(before)
  })

  test('a folder that cannot be written to is named', async () => {
    const closed = process.platform === 'linux' ? '/sys/sidetone' : '/System/sidetone' // closed to root as well
    const { code, err } = await failure(door('--port', '0', '--no-open', '--json', '--data', closed))
    expect(code).toBe(1)
    expect(err).toContain(`${closed} cannot be written to`)
  })
})
