import { beforeEach, describe, expect, it } from 'vitest'
import { ReSocket, reconnectDelayMs, type Socket } from '../../../src-renderer/resocket.ts'

/** A WebSocket with levers. */
class FakeSocket implements Socket {
  readyState: WebSocket['readyState'] = 0
  binaryType: BinaryType = 'blob'
  onopen: Socket['onopen'] = null
  onmessage: Socket['onmessage'] = null
  onclose: Socket['onclose'] = null
  sent: unknown[] = []
  readonly url: string
  constructor(url: string) {
    this.url = url
  }
  // The handlers' `this` is a WebSocket in the DOM's types; the code under test does not use it.
  get #self(): WebSocket {
    return this as unknown as WebSocket
  }
  opens() {
    this.readyState = 1
    this.onopen?.call(this.#self, new Event('open'))
  }
  drops(code = 1006) {
    this.readyState = 3
    this.onclose?.call(this.#self, Object.assign(new Event('close'), { code, reason: '', wasClean: false }))
  }
  receives(data: unknown) {
    this.onmessage?.call(this.#self, new MessageEvent('message', { data }))
  }
  send(data: unknown) {
    this.sent.push(data)
  }
  close() {
    this.drops(1000)
  }
}

let sockets: FakeSocket[]
let timers: { ms: number; run: () => void }[]
let states: boolean[]
let heard: string[]

function connect() {
  const socket = new ReSocket('ws://host/rpc', (up) => states.push(up), {
    open: (url) => {
      const one = new FakeSocket(url)
      sockets.push(one)
      return one
    },
    random: () => 0.5,
    after: (ms, run) => timers.push({ ms, run })
  })
  for (const type of ['open', 'close', 'gone']) socket.addEventListener(type, () => heard.push(type))
  return socket
}
const newest = () => {
  const one = sockets.at(-1)
  if (!one) throw new Error('no socket was opened')
  return one
}
const wake = () => timers.splice(0).forEach(({ run }) => void run())

beforeEach(() => {
  sockets = []
  timers = []
  states = []
  heard = []
})

describe('a socket that comes back', () => {
  it('opens again after a drop, and counts as connecting meanwhile', () => {
    const socket = connect()
    newest().opens()
    newest().drops()
    expect(socket.readyState).toBe(0)
    expect(heard).toEqual(['open', 'close'])
    wake()
    expect(sockets).toHaveLength(2)
    newest().opens()
    expect(socket.readyState).toBe(1)
    expect(states).toEqual([true, false, true])
    socket.send('hello')
    expect(sockets.map((one) => one.sent)).toEqual([[], ['hello']])
  })

  it('hands on what arrives', () => {
    const socket = connect()
    const got: unknown[] = []
    socket.addEventListener('message', (event) => got.push(event instanceof MessageEvent && event.data))
    newest().opens()
    newest().receives('one')
    expect(got).toEqual(['one'])
  })

  it('waits longer after every failure, never longer than 6.25 s, and anew after a success', () => {
    connect()
    const waits: number[] = []
    for (let i = 0; i < 7; i++) {
      newest().drops()
      waits.push(timers[0]?.ms ?? -1)
      wake()
    }
    expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000])
    newest().opens()
    newest().drops()
    expect(timers[0]?.ms).toBe(200)
    expect(reconnectDelayMs(20, 1)).toBe(6_250)
    expect(reconnectDelayMs(0, 0)).toBe(150)
  })

  it('says close only for a connection that was open: no call was in flight on the others', () => {
    connect()
    newest().drops()
    expect(heard).toEqual([])
  })

  it('stops and says gone when the seat is not valid any more', () => {
    const socket = connect()
    newest().opens()
    newest().drops(4401)
    expect(heard).toEqual(['open', 'close', 'gone'])
    expect(timers).toEqual([])
    expect(socket.readyState).toBe(3)
  })

  it('does not come back after close, not even from a wait that had begun', () => {
    const socket = connect()
    newest().opens()
    newest().drops()
    socket.close()
    wake()
    expect(sockets).toHaveLength(1)
    expect(socket.readyState).toBe(3)
  })
})
