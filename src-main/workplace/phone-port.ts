import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'

/**
 * The port of the PBX: the one it had last time when that is free, else any free one. A page that outlives a crash of its host was
 * told that port, and its security policy lets it reach no other; so the same port brings its phone back without a reload.
 */
export async function choosePhonePort(dir: string): Promise<number> {
  const file = join(dir, 'phone-port')
  const before = lastPort(file)
  const port = (before !== undefined && (await freePort(before))) || (await freePort(0))
  if (port === undefined) throw new Error('no TCP port of the loopback interface is free for the telephone system')
  if (port !== before) writeFileSync(file, String(port), { mode: 0o600 })
  return port
}

function lastPort(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(port) && port > 1_023 && port < 65_536 ? port : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined // the first start in this folder
    throw error
  }
}

/** The port when nobody uses it, else `undefined`; 0 takes any. */
async function freePort(wanted: number): Promise<number | undefined> {
  const server = createServer()
  const listens = await new Promise<boolean>((resolve) =>
    server.once('error', () => resolve(false)).listen(wanted, '127.0.0.1', () => resolve(true))
  )
  if (!listens) return undefined
  const { port } = server.address() as AddressInfo // listening on TCP, so never a path
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}
