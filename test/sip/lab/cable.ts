import { connect, createServer, type Socket } from 'node:net'

/** The cable between the softphone and a server, for pulling: a TCP proxy that can cut, freeze and mend. */
export interface Cable {
  readonly port: number
  /** Connections made so far. */
  readonly made: number
  /** Resets every connection and refuses new ones. */
  cut(): void
  /** Connections stay and carry nothing, as after a change of network; new ones are frozen too. */
  freeze(): void
  /** Connections die, new ones work. */
  mend(): void
  close(): Promise<void>
}

export async function layCable(port: number, target: number): Promise<Cable> {
  type State = 'whole' | 'cut' | 'frozen'
  let state: State = 'whole'
  let made = 0
  const pairs = new Set<{ near: Socket; far: Socket; frozen: boolean }>()
  const reset = () => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy()
      far.destroy()
    }
    pairs.clear()
  }
  const server = createServer((near) => {
    if (state === 'cut') {
      near.resetAndDestroy()
      return
    }
    made++
    const pair = { near, far: connect(target, '127.0.0.1'), frozen: state === 'frozen' }
    pairs.add(pair)
    near.on('data', (data) => pair.frozen || pair.far.write(data))
    pair.far.on('data', (data) => pair.frozen || near.write(data))
    const over = () => {
      if (pair.frozen) return // neither end may learn of it
      pairs.delete(pair)
      near.destroy()
      pair.far.destroy()
    }
    for (const socket of [near, pair.far]) {
      socket.on('close', over)
      socket.on('error', over)
    }
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  return {
    port,
    get made() {
      return made
    },
    cut() {
      state = 'cut'
      reset()
    },
    freeze() {
      state = 'frozen'
      for (const pair of pairs) pair.frozen = true
    },
    mend() {
      state = 'whole'
      reset()
    },
    close() {
      reset()
      return new Promise((done) => server.close(() => done()))
    }
  }
}
