import { connect, createServer, type Socket } from 'node:net'

/** A wire between phone and PBX that can be cut, frozen (half-open: still there, nothing passes) and refused. */
export interface Wire {
  readonly port: number
  /** How many connections were made so far. */
  readonly made: number
  cut(): void
  /** Nothing passes on the connections there are; new ones work. */
  freeze(): void
  setOpen(open: boolean): void
  close(): Promise<void>
}

export async function createWire(target: number): Promise<Wire> {
  const pairs = new Set<{ near: Socket; far: Socket }>()
  let made = 0
  let open = true
  const server = createServer((near) => {
    if (!open) {
      near.destroy()
      return
    }
    made++
    const pair = { near, far: connect(target, '127.0.0.1') }
    pairs.add(pair)
    near.pipe(pair.far)
    pair.far.pipe(near)
    const over = () => {
      pairs.delete(pair)
      near.destroy()
      pair.far.destroy()
    }
    for (const socket of [near, pair.far]) {
      socket.on('close', over)
      socket.on('error', over)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const cut = () => {
    for (const { near, far } of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  return {
    port: address.port,
    get made() {
      return made
    },
    cut,
    freeze() {
      for (const { near, far } of pairs) {
        near.unpipe(far)
        far.unpipe(near)
        near.pause()
        far.pause()
      }
    },
    setOpen(value) {
      open = value
      if (!open) cut()
    },
    async close() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}
