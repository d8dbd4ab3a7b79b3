import { describe, expect, test } from 'vitest'
import type { Input } from '../../../src-renderer/softphone/call/state.ts'
import { createEarlyRing, type EarlyRingDeps, readEarly } from '../../../src-renderer/softphone/sip/early-ring.ts'
import { headOf } from '../../../src-renderer/softphone/sip/head.ts'

const ACCOUNT = { conversationHeader: 'User-to-User', autoAnswer: { headers: true } }
const CALLER = '"Ann Lee" <sip:+49301234@bank.test>;tag=a'

const message = (method: string, callId: string, from = CALLER, ...more: string[]): string =>
  [
    `${method} sip:lin@bank.test SIP/2.0`,
    'Via: SIP/2.0/WS proxy.bank.test;branch=z9hG4bK1',
    `From: ${from}`,
    'To: <sip:lin@bank.test>',
    `Call-ID: ${callId}`,
    `CSeq: 1 ${method}`,
    'Contact: <sip:gateway@bank.test>',
    ...more,
    'Content-Length: 0',
    '',
    ''
  ].join('\r\n')

/** A library that takes an INVITE in one task after it was given, or not at all, and a page that is painted when the test says. */
function line(changes: Partial<EarlyRingDeps> & { refuses?: boolean } = {}) {
  const log: string[] = []
  const pictures: (() => void)[] = []
  const tasks: (() => void)[] = []
  const calls = new Set<string>()
  const later = (queue: (() => void)[]) => (run: () => void) => {
    queue.push(run)
    return () => void queue.splice(queue.indexOf(run), 1)
  }
  const runAll = (queue: (() => void)[]) => {
    for (let next = queue.shift(); next; next = queue.shift()) next()
  }
  const words = (input: Input) => ('callId' in input ? `${input.type} ${input.callId}` : input.type)
  const ring = createEarlyRing({
    account: ACCOUNT,
    isOurs: (user) => user === 'lin',
    knows: (callId) => calls.has(callId),
    deliver(text) {
      const { start, headers } = headOf(text)
      const [callId = ''] = headers.get('call-id') ?? []
      log.push(`library ${start.split(' ')[0]} ${callId}`)
      if (changes.refuses || !start.startsWith('INVITE')) return
      queueMicrotask(() => {
        calls.add(callId)
        ring.emit({
          type: 'invite',
          callId,
          conversationId: undefined,
          name: '',
          number: '',
          answerAfterMs: undefined,
          replaces: undefined
        })
      })
    },
    perform: (effect) => log.push(`does ${effect.type} ${effect.callId}`),
    emit: (input) => log.push(words(input)),
    afterPicture: later(pictures),
    soon: later(tasks),
    ...changes
  })
  const turn = async () => {
    await Promise.resolve()
    runAll(tasks)
  }
  return {
    ring,
    log,
    turn,
    come: (text: string) => ring.take(text, headOf(text)),
    paint: () => runAll(pictures)
  }
}

describe('what an INVITE tells of a call', () => {
  const read = (...args: [from?: string, ...more: string[]]) => readEarly(headOf(message('INVITE', '1', ...args)), ACCOUNT)

  test('who it is, and whose conversation', () => {
    expect(read(CALLER, 'User-to-User: 636f6e76;encoding=hex', 'Call-Info: <sip:x>;answer-after=2')).toEqual({
      type: 'invite',
      to: 'lin',
      callId: '1',
      conversationId: 'conv',
      name: 'Ann Lee',
      number: '+49301234',
      answerAfterMs: 2_000,
      replaces: undefined
    })
    expect(read('Ann Lee <sip:101@bank.test>;tag=a')).toMatchObject({ name: 'Ann Lee', number: '101' })
    expect(read('<sips:101@bank.test>')).toMatchObject({ name: '', number: '101' })
  })

  test.each([
    ['a name with escapes', '"Ann \\"x\\"" <sip:1@b.test>;tag=a'],
    ['a number with escapes', '<sip:%31@b.test>;tag=a'],
    ['an address of another scheme', '<tel:+49301234>;tag=a'],
    ['nobody', '<sip:b.test>;tag=a'],
    ['a call in place of another', CALLER, 'Replaces: 2;to-tag=a;from-tag=b'],
    ['a timer that is refused', CALLER, 'Session-Expires: 30']
  ])('the library is left to judge %s', (_what, from, ...more) => {
    expect(read(from, ...more)).toBeUndefined()
  })

  test('an INVITE without a Contact is to be refused', () => {
    const nobody = message('INVITE', '1').replace(/Contact: .*\r\n/, '')
    expect(readEarly(headOf(nobody), ACCOUNT)).toBeUndefined()
  })

  test('an INVITE within a dialog and another request are no new calls', () => {
    const within = message('INVITE', '1').replace('To: <sip:lin@bank.test>', 'To: <sip:lin@bank.test>;tag=ours')
    expect(readEarly(headOf(within), ACCOUNT)).toBeUndefined()
    expect(readEarly(headOf(message('MESSAGE', '1')), ACCOUNT)).toBeUndefined()
  })
})

describe('a call that is told before the library reads it', () => {
  test('rings, and once only', async () => {
    const { come, paint, turn, log } = line()
    come(message('INVITE', '1'))
    expect(log).toEqual(['invite 1'])
    paint()
    await turn()
    expect(log).toEqual(['invite 1', 'library INVITE 1'])
  })

  test('an answer given at once waits for the library, and makes it hurry', async () => {
    const { ring, come, turn, log } = line()
    come(message('INVITE', '1'))
    ring.hold({ type: 'accept', callId: '1' })
    expect(log).toEqual(['invite 1', 'library INVITE 1'])
    await turn()
    expect(log).toEqual(['invite 1', 'library INVITE 1', 'does accept 1'])
  })

  test('a CANCEL right behind it comes when the library has told of the call, and in its turn', async () => {
    const { come, turn, log } = line()
    come(message('INVITE', '1'))
    come(message('CANCEL', '1'))
    come(message('OPTIONS', '2'))
    expect(log).toEqual(['invite 1', 'library INVITE 1'])
    await turn()
    expect(log).toEqual(['invite 1', 'library INVITE 1', 'library CANCEL 1', 'library OPTIONS 2'])
  })

  test('two calls at once ring one after the other', async () => {
    const { come, paint, turn, log } = line()
    come(message('INVITE', '1'))
    come(message('INVITE', '2'))
    come(message('CANCEL', '2'))
    await turn()
    paint()
    await turn()
    expect(log).toEqual(['invite 1', 'library INVITE 1', 'invite 2', 'library INVITE 2', 'library CANCEL 2'])
  })

  test('goes from the screen when the library does not take it', async () => {
    const { come, paint, turn, log } = line({ refuses: true })
    come(message('INVITE', '1'))
    paint()
    await turn()
    expect(log).toEqual(['invite 1', 'library INVITE 1', 'terminated 1'])
  })

  test.each([
    ['it is for somebody else', { isOurs: () => false }],
    ['no pictures are painted', { afterPicture: undefined }]
  ])('the library comes first where %s', async (_why, changes) => {
    const { come, turn, log } = line(changes)
    come(message('INVITE', '1'))
    await turn()
    expect(log).toEqual(['library INVITE 1', 'invite 1'])
  })

  test('a second INVITE of a call that rings is the library’s affair', async () => {
    const { come, paint, turn, log } = line()
    come(message('INVITE', '1'))
    paint()
    await turn()
    come(message('INVITE', '1'))
    expect(log).toEqual(['invite 1', 'library INVITE 1', 'library INVITE 1'])
  })

  test('an INVITE that is sent again after its call is over rings nobody', async () => {
    const { come, paint, turn, log } = line({ knows: () => false })
    come(message('INVITE', '1'))
    paint()
    await turn()
    come(message('INVITE', '1'))
    expect(log).toEqual(['invite 1', 'library INVITE 1', 'library INVITE 1'])
  })

  test('a line that is closed tells nothing more', async () => {
    const { ring, come, paint, turn, log } = line()
    come(message('INVITE', '1'))
    ring.close()
    paint()
    await turn()
    expect(log).toEqual(['invite 1'])
  })
})
