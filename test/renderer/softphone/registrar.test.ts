import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import type { Input } from '../../../src-renderer/softphone/call/state.ts'
import type { Microphone } from '../../../src-renderer/softphone/media/microphone.ts'
import { openSipLine } from '../../../src-renderer/softphone/sip/sip.ts'

interface Register {
  callId: string
  expires: number
}

/** A registrar that says yes for `expiresS` seconds, and can lose all its connections. */
async function openRegistrar(expiresS: number) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((done) => server.once('listening', done))
  const registers: Register[] = []
  server.on('connection', (socket) =>
    socket.on('message', (data) => {
      const lines = String(data).split('\r\n')
      if (!lines[0]?.startsWith('REGISTER')) return
      const header = (name: string) =>
        lines
          .find((line) => line.toLowerCase().startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim() ?? ''
      const expires = Number(/;expires=(\d+)/.exec(header('contact'))?.[1])
      registers.push({ callId: header('call-id'), expires })
      const contact = header('contact').replace(/;expires=\d+/, `;expires=${expires && expiresS}`)
      const copied = ['via', 'from', 'call-id', 'cseq'].map((name) => `${name}: ${header(name)}`)
      socket.send(
        ['SIP/2.0 200 OK', ...copied, `to: ${header('to')};tag=r`, `contact: ${contact}`, 'content-length: 0', '', ''].join('\r\n')
      )
    })
  )
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the registrar has no port')
  return {
    url: `ws://127.0.0.1:${address.port}`,
    registers,
    drop: () => {
      for (const client of server.clients) client.terminate()
    },
    close: () => new Promise((done) => server.close(done))
  }
}

const noMicrophone = {} as Microphone // registering asks nothing of it

describe('the registrations of a line', () => {
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  async function open(expiresS: number) {
    const registrar = await openRegistrar(expiresS)
    ends.push(registrar.close)
    const news: Input['type'][] = []
    const line = openSipLine(
      { servers: [registrar.url], domain: 'a.test', user: 'lin', secret: 'x', iceServers: [], conversationHeader: 'User-to-User' },
      noMicrophone,
      ({ type }) => news.push(type)
    )
    ends.push(() => line.close())
    const heard = (type: Input['type']) => news.filter((one) => one === type).length
    const register = async () => {
      const before = { connected: heard('connected'), registered: heard('registered') }
      line.perform({ type: 'connect', server: 0 })
      await vi.waitFor(() => expect(heard('connected')).toBe(before.connected + 1), { timeout: 10_000 })
      line.perform({ type: 'register' })
      await vi.waitFor(() => expect(heard('registered')).toBe(before.registered + 1), { timeout: 10_000 })
    }
    const lose = async () => {
      const before = heard('disconnected')
      registrar.drop()
      await vi.waitFor(() => expect(heard('disconnected')).toBe(before + 1), { timeout: 10_000 })
    }
    return { registrar, line, register, lose }
  }

  it('a line that came back several times refreshes its newest registration only', async () => {
    const { registrar, register, lose } = await open(2)
    for (let i = 0; i < 3; i++) {
      await register()
      await lose()
    }
    await register()
    const last = registrar.registers.at(-1)?.callId
    const before = registrar.registers.length
    expect(before).toBe(4)
    await vi.waitFor(() => expect(registrar.registers.filter(({ callId }) => callId === last)).toHaveLength(3), { timeout: 15_000 })
    expect(registrar.registers.slice(before).map(({ callId }) => callId)).toEqual([last, last])
  }, 30_000)

  it('a line that leaves says so once, and its former registrations do not', async () => {
    const { registrar, line, register, lose } = await open(600)
    await register()
    await lose()
    await register()
    line.perform({ type: 'unregister' })
    await vi.waitFor(() => expect(registrar.registers.filter(({ expires }) => expires === 0)).toHaveLength(1), { timeout: 10_000 })
    await line.close()
    expect(registrar.registers.map(({ expires }) => expires > 0)).toEqual([true, true, false])
  }, 30_000)
})
