import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type WebSocket from 'ws'
import { buildHost, clientOver, type HostBench } from '../../build/host.ts'

let bench: HostBench
let cookie: string
beforeEach(async () => {
  bench = await buildHost()
  cookie = await bench.enter()
})
afterEach(() => bench.close())

/** The refusal a call ended with. */
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: { code?: string; data?: { code?: string; field?: string } }) => error.data ?? { code: error.code }
  )
const closed = async (socket: WebSocket) => {
  const [code] = (await once(socket, 'close')) as [number, Buffer]
  return code
}

describe('the socket is refused', () => {
  test('without a session', () => expect(bench.socket()).rejects.toThrow('HTTP 403'))
  test('with a cookie of somebody else', () =>
    expect(bench.socket({ cookie: `sidetone_${bench.host.port}=made-up` })).rejects.toThrow('HTTP 403'))
  test.each(['http://evil.example', 'null', 'http://localhost:1'])('from a page of %s', (origin) =>
    expect(bench.socket({ cookie, origin })).rejects.toThrow('HTTP 403')
  )
  test('under another host name (DNS rebinding)', () =>
    expect(bench.socket({ cookie, host: `evil.example:${bench.host.port}` })).rejects.toThrow('HTTP 403'))
  test('at another path', () => expect(bench.socket({ cookie, path: '/other' })).rejects.toThrow('HTTP 403'))
  test('while its desk cannot be opened; the next attempt is not', async () => {
    bench.failNextSeat()
    await expect(bench.socket({ cookie, seat: bench.seat('agent') })).rejects.toThrow('HTTP 503')
    expect(bench.logged).toContainEqual({ event: 'seat', detail: { error: 'Error: the disk is full' } })
    await bench.socket({ cookie, seat: bench.seat('agent') })
  })
})

describe('a seat', () => {
  test.each(['', 'nonsense', 'a.b', '..'])('of %j closes with 4401', async (seat) => {
    expect(await closed(await bench.socket({ cookie, seat }))).toBe(4401)
  })

  test('closes with 4401 once its time is over or when it was changed', async () => {
    const seat = bench.seat('screen')
    const [text = '', signature = ''] = seat.split('.')
    const claim = { ...(JSON.parse(Buffer.from(text, 'base64url').toString()) as object), personId: 'agent-lin', deskId: 'agent-lin' }
    const forged = `${Buffer.from(JSON.stringify(claim)).toString('base64url')}.${signature}`
    expect(await closed(await bench.socket({ cookie, seat: forged }))).toBe(4401)
    expect(await closed(await bench.socket({ cookie, seat: `${text}.` }))).toBe(4401)
    const short = bench.seat('screen', 1_000)
    bench.now.ms += 1_001
    expect(await closed(await bench.socket({ cookie, seat: short }))).toBe(4401)
    expect(bench.attended).toEqual([])
  })

  test('is told when its page comes and goes', async () => {
    const socket = await bench.socket({ cookie, seat: bench.seat('agent') })
    await clientOver(socket).session.me()
    expect(bench.attended).toEqual([{ personId: 'agent-lin', present: true }])
    socket.close()
    await expect.poll(() => bench.attended.at(-1)).toEqual({ personId: 'agent-lin', present: false })
  })
})

describe('what a connection may do', () => {
  test('without a seat: see who works here, sign in, and nothing else', async () => {
    const client = clientOver(await bench.socket({ cookie }))
    expect((await client.session.people()).map((one) => one.personId)).toEqual(['agent-lin', 'screen-1'])
    expect(await client.session.about()).toMatchObject({ host: 'web' })
    const { seat } = await client.session.signIn({ personId: 'agent-lin' })
    expect(bench.seats.read('seat', seat)).toMatchObject({ personId: 'agent-lin' })
    for (const call of [
      client.session.me(),
      client.inbox.list({ view: 'mine' }),
      client.inbox.setPresence({ presence: 'available' }),
      client.desk.settings(),
      client.wallboard.view({}),
      client.practice.view(),
      client.calls.account()
    ])
      expect(await refusal(call)).toMatchObject({ code: 'not_signed_in' })
  })

  test('as a screen: read the wallboard, and never write', async () => {
    const client = clientOver(await bench.socket({ cookie, seat: bench.seat('screen') }))
    expect(await client.wallboard.view({})).toMatchObject({ queues: [], intervals: [] })
    for (const call of [
      client.inbox.setPresence({ presence: 'available' }),
      client.conversation.reply({ conversationId: 'c1', text: 'hello' }),
      client.practice.setLine({ up: false }),
      client.inbox.list({ view: 'mine' }),
      client.customers.get({ customerId: 'c1' })
    ])
      expect(await refusal(call)).toMatchObject({ code: 'not_allowed' })
    expect(await client.wallboard.view({})).toMatchObject({ cells: [] })
  })

  test('as an agent: serve, but not see the wallboard', async () => {
    const client = clientOver(await bench.socket({ cookie, seat: bench.seat('agent') }))
    expect(await client.inbox.setPresence({ presence: 'available' })).toHaveProperty('commandId')
    expect(await refusal(client.wallboard.view({}))).toMatchObject({ code: 'not_allowed' })
  })

  test('wrong input is refused with the field that is wrong', async () => {
    const client = clientOver(await bench.socket({ cookie, seat: bench.seat('agent') }))
    // Each cast: what a broken or hostile client sends in spite of the types.
    expect(await refusal(client.inbox.setPresence({ presence: 'asleep' as 'break' }))).toMatchObject({ code: 'invalid', field: 'presence' })
    expect(await refusal(client.inbox.list({ view: 'mine', limit: 1e9 }))).toMatchObject({ code: 'invalid', field: 'limit' })
    expect(await refusal(client.inbox.list(undefined as unknown as { view: 'mine' }))).toMatchObject({ code: 'invalid' })
  })
})

describe('malformed frames', () => {
  const strange: [string, string | Buffer][] = [
    ['binary junk', Buffer.from([0, 255, 17, 3, 128, 9])],
    ['an empty frame', ''],
    ['text that is no JSON', '{"i":'],
    ['JSON of another shape', '[1,2,3]'],
    ['null', 'null'],
    ['a call without an address', JSON.stringify({ i: '1', p: {} })],
    ['a call of a procedure that is not there', JSON.stringify({ i: '2', p: { u: '/no/such/thing', b: {} } })],
    ['a call of what every object has', JSON.stringify({ i: '3', p: { u: '/constructor/constructor', b: {} } })],
    ['a call of __proto__', JSON.stringify({ i: '4', p: { u: '/__proto__/toString', b: {} } })],
    ['an address that is none', JSON.stringify({ i: '5', p: { u: 'http://[', b: {} } })],
    ['an abort of nothing', JSON.stringify({ i: '6', t: 4 })]
  ]

  test.each(strange)('%s neither stops the host nor other calls', async (_name, frame) => {
    const socket = await bench.socket({ cookie, seat: bench.seat('agent') })
    socket.send(frame)
    const other = await bench.socket({ cookie, seat: bench.seat('agent') })
    expect(await clientOver(other).session.me()).toMatchObject({ deskId: 'agent-lin' })
    expect((await bench.ask('/')).status).toBe(200)
  })

  test('a frame of more than a megabyte closes that socket only', async () => {
    const socket = await bench.socket({ cookie, seat: bench.seat('agent') })
    const end = closed(socket)
    socket.on('error', () => {}) // the reset that follows the refusal
    socket.send(Buffer.alloc((1 << 20) + 1))
    expect(await end).toBe(1009)
    expect(bench.logged.map((one) => one.event)).toContain('socket')
    const other = await bench.socket({ cookie, seat: bench.seat('agent') })
    expect(await clientOver(other).session.me()).toMatchObject({ deskId: 'agent-lin' })
  })

  test('a procedure that is not there is answered as not found', async () => {
    const socket = await bench.socket({ cookie, seat: bench.seat('agent') })
    const client = clientOver(socket) as unknown as { no: { such: () => Promise<unknown> } } // on purpose not in the contract
    expect(await refusal(client.no.such())).toMatchObject({ status: 404 })
  })
})

test('closing the host ends every socket and frees the port at once', async () => {
  const socket = await bench.socket({ cookie, seat: bench.seat('agent') })
  const end = closed(socket)
  await bench.host.close()
  expect(await end).toBe(1006)
  await expect(bench.ask('/')).rejects.toThrow('ECONNREFUSED')
})
