import { createSocket } from 'node:dgram'
import { createServer, type Server } from 'node:net'

/** Below the ephemeral ports of Linux, so that no outgoing connection takes one meanwhile. */
const LOWEST = 20_000
const HIGHEST = 32_000
const BLOCK = 400
/** Of each block, the part that rtpengine gives out by itself. */
const MEDIA = 200

/** A block of loopback ports that no other lab on this machine uses. */
export interface Ports {
  /** A port that is free for UDP and TCP now, and the one above it with it (RTCP). */
  take(): Promise<number>
  readonly mediaFrom: number
  readonly mediaTo: number
  release(): Promise<void>
}

const listening = (port: number): Promise<Server | undefined> =>
  new Promise((done) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', () => done(undefined))
    server.listen(port, '127.0.0.1', () => done(server))
  })

async function isFree(port: number): Promise<boolean> {
  const tcp = await listening(port)
  if (!tcp) return false
  await new Promise((done) => tcp.close(done))
  return new Promise((done) => {
    const udp = createSocket('udp4')
    udp.once('error', () => done(false))
    udp.bind(port, '127.0.0.1', () => udp.close(() => done(true)))
  })
}

/** @throws Error when every block is in use. */
export async function claimPorts(): Promise<Ports> {
  const blocks = (HIGHEST - LOWEST) / BLOCK
  const start = process.pid % blocks
  for (let i = 0; i < blocks; i++) {
    const first = LOWEST + ((start + i) % blocks) * BLOCK
    const claim = await listening(first)
    if (!claim) continue
    let next = first + 2
    return {
      mediaFrom: first + BLOCK - MEDIA,
      mediaTo: first + BLOCK - 1,
      // Goes round, since a lab of half an hour needs more than there are: a port comes back when all others had their turn.
      async take() {
        for (let tries = 0; tries < (BLOCK - MEDIA) / 2 - 1; tries++) {
          const port = next
          next = port + 2 < first + BLOCK - MEDIA ? port + 2 : first + 2
          if ((await isFree(port)) && (await isFree(port + 1))) return port
        }
        throw new Error('this lab has used up its block of ports')
      },
      release: () => new Promise((done) => claim.close(() => done()))
    }
  }
  throw new Error(`no free block of ports between ${LOWEST} and ${HIGHEST}`)
}
