import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { decideReadiness, ENGAGED_MS, type ReadinessInput, SILENCE_MS, startReadiness } from '../../../src-main/desk/readiness.ts'
import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import { PRESENCES, READINESS_CAUSES } from '../../../src-shared/taxonomy.ts'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'

const open: Bench[] = []
const SEAT = { servers: [], domain: '', user: 'agent-lin', secret: '', displayName: '' }
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** A desk whose commands are answered as a centre would, so that what was told is the list of what was sent. */
async function seat(options: Parameters<typeof buildDesk>[0] = {}) {
  const b = buildDesk({ account: () => SEAT, ...options })
  open.push(b)
  await settle()
  const events = buildEvents(b.timers.now())
  const told = () =>
    b.line.sent
      .filter((one, i, all) => one.type === 'presence.set' && all.findIndex(({ id }) => id === one.id) === i)
      .map(({ data }) => {
        const { presence, reason, writtenOnly } = data as { presence: string; reason?: string; writtenOnly?: boolean } // checked by the desk
        return [presence, reason, ...(writtenOnly ? ['written only'] : [])].filter((part) => part !== undefined).join(' ')
      })
  return {
    b,
    events,
    told,
    choose: (presence: 'available' | 'break' = 'available') => b.client.inbox.setPresence({ presence }),
    ready: () => b.client.calls.readiness({ ready: true }),
    lost: (cause: (typeof READINESS_CAUSES)[number]) => b.client.calls.readiness({ ready: false, cause }),
    notReady: async () => (await b.client.inbox.presence()).notReady,
    async pass(ms: number) {
      // The phone goes on saying how it is, as it does every 15 s; `pass` keeps quiet.
      b.timers.advance(ms)
      await settle()
    },
    /** The centre has answered everything and shows the person like this. */
    async shows(presence: (typeof PRESENCES)[number], reason?: string) {
      await b.line.publish(...b.line.sent.map(({ id }) => events.add('command.accepted', { commandId: id })))
      await b.line.publish(
        events.add('presence.changed', { personId: 'agent-lin', presence, since: events.at, ...(reason === undefined ? {} : { reason }) })
      )
    }
  }
}

describe('who wants to be available', () => {
  test('is, when the phone is proven ready', async () => {
    const s = await seat()
    await s.ready()
    await s.choose()
    await settle()
    expect(s.told()).toEqual(['available'])
    expect(await s.notReady()).toBeUndefined()
  })

  test('waits as technical with the cause until the phone is ready, and becomes it without a hand', async () => {
    const s = await seat()
    await s.choose()
    await settle()
    expect(s.told()).toEqual(['technical phone:checking'])
    expect(await s.notReady()).toBe('checking')
    await s.ready()
    await settle()
    expect(s.told()).toEqual(['technical phone:checking', 'available'])
    expect(await s.notReady()).toBeUndefined()
  })

  test('becomes technical when the phone is lost for longer than a blink, and returns at once', async () => {
    const s = await seat()
    await s.ready()
    await s.choose()
    await s.lost('not-registered')
    await s.pass(2_900)
    expect(s.told()).toEqual(['available'])
    await s.pass(200)
    expect(s.told()).toEqual(['available', 'technical phone:not-registered'])
    expect(await s.notReady()).toBe('not-registered')
    await s.ready()
    await settle()
    expect(s.told().at(-1)).toBe('available')
  })

  test('is not moved by losses that are over in time, however many', async () => {
    const s = await seat()
    await s.ready()
    await s.choose()
    for (let i = 0; i < 8; i++) {
      await s.lost('not-registered')
      await s.pass(2_000)
      await s.ready()
      await s.pass(1_000)
    }
    expect(s.told()).toEqual(['available'])
  })

  test('hears the newest cause, not every one on the way', async () => {
    const s = await seat()
    await s.choose()
    await s.lost('microphone-missing')
    await s.pass(3_000)
    await s.lost('not-registered')
    await s.pass(1_000)
    await s.lost('microphone-missing')
    await s.pass(5_000)
    expect(s.told()).toEqual(['technical phone:checking', 'technical phone:microphone-missing'])
  })

  test('is told that no page has a phone when none speaks any more', async () => {
    const s = await seat()
    await s.ready()
    await s.choose()
    await s.pass(SILENCE_MS - 1)
    expect(s.told()).toEqual(['available'])
    await s.pass(3_001)
    expect(s.told()).toEqual(['available', 'technical phone:no-phone-page'])
    await s.ready()
    await settle()
    expect(s.told().at(-1)).toBe('available')
  })

  test('gives the wish up by choosing something else', async () => {
    const s = await seat()
    await s.choose()
    await s.choose('break')
    await s.ready()
    await settle()
    expect(s.told()).toEqual(['technical phone:checking', 'break'])
    expect(await s.notReady()).toBeUndefined()
  })

  test.each([
    ['not-responding', 'missed_offer'],
    ['offline', undefined],
    ['busy', 'then_not-responding:missed_offer']
  ] as const)('is not put back behind the centre that moved them to %s', async (presence, reason) => {
    const s = await seat()
    await s.ready()
    await s.choose()
    await settle()
    await s.shows(presence, reason)
    await s.lost('not-registered')
    await s.pass(5_000)
    await s.ready()
    await settle()
    expect(s.told()).toEqual(['available'])
  })

  test('keeps the wish while a call keeps them busy', async () => {
    const s = await seat()
    await s.ready()
    await s.choose()
    await settle()
    await s.shows('busy')
    await s.lost('microphone-missing')
    await s.pass(3_000)
    await s.shows('busy', 'then_technical:phone:microphone-missing')
    await s.ready()
    await settle()
    expect(s.told()).toEqual(['available', 'technical phone:microphone-missing', 'available'])
  })

  test('waits on after a restart of the desk, and a page that loads anew costs nothing', async () => {
    const s = await seat()
    await s.ready()
    await s.choose()
    await settle()
    s.b.restart()
    await settle()
    await s.pass(9_000)
    await s.ready()
    await s.pass(9_000)
    expect(s.told()).toEqual(['available'])
    s.b.restart()
    await settle()
    await s.pass(10_100)
    expect(s.told()).toEqual(['available', 'technical phone:checking'])
    s.b.restart()
    await s.ready()
    await settle()
    expect(s.told().at(-1)).toBe('available')
  })
})

describe('who still has somebody on the line', () => {
  const dialog = (callId: string, of: Partial<DialogRecord> = {}): DialogRecord => ({
    callId,
    localTag: 'a',
    remoteTag: 'b',
    localUri: 'sip:a@x',
    remoteUri: 'sip:b@x',
    remoteTarget: 'sip:b@x',
    routeSet: [],
    localSeq: 1,
    direction: 'out',
    name: '',
    number: '',
    state: 'up',
    answeredAt: 1,
    muted: false,
    conferenced: true,
    savedAt: 1,
    ...of
  })
  const customer = dialog('k1', { conversationId: 'c1' })
  const other = dialog('k2', { consultFor: 'k1' })
  /** In a conference of a customer and a colleague, available before and after. */
  async function conference() {
    const s = await seat()
    await s.ready()
    await s.choose()
    await settle()
    await s.b.line.publish(...s.events.chat({ conversationId: 'c1', channel: 'voice' }))
    const up = (...dialogs: DialogRecord[]) => s.b.client.calls.saveDialogs({ dialogs })
    await up(customer, other)
    await s.pass(10_000)
    return { s, up }
  }

  test('is busy until the last party left, though the customer has hung up and was wrapped up', async () => {
    const { s, up } = await conference()
    expect(s.told()).toEqual(['available'])
    await up(other)
    await s.b.line.publish(s.events.add('conversation.ended', { by: 'customer' }, 'c1'))
    await s.shows('wrap-up')
    await s.pass(ENGAGED_MS)
    expect(s.told()).toEqual(['available', 'busy on-the-line'])
    await s.b.line.publish(s.events.add('conversation.closed', {}, 'c1'))
    await s.shows('busy', 'on-the-line')
    await s.ready()
    await s.pass(20_000)
    expect(s.told()).toEqual(['available', 'busy on-the-line'])
    expect(await s.notReady()).toBeUndefined()
    await up()
    await settle()
    expect(s.told().at(-1)).toBe('available')
  })

  test('also when the colleague was consulted within the customer’s conversation', async () => {
    const { s, up } = await conference()
    const within = { ...other, conversationId: 'c1' }
    await up(customer, within)
    await up(within)
    await s.pass(ENGAGED_MS)
    expect(s.told()).toEqual(['available'])
    await s.b.line.publish(s.events.add('conversation.ended', { by: 'customer' }, 'c1'))
    await s.shows('wrap-up')
    await s.pass(ENGAGED_MS)
    expect(s.told().at(-1)).toBe('busy on-the-line')
  })

  test('is not told so for the moment between the two ends of one call', async () => {
    const { s, up } = await conference()
    await up(customer)
    await s.b.line.publish(s.events.add('conversation.ended', { by: 'customer' }, 'c1'))
    await s.shows('wrap-up')
    await s.pass(ENGAGED_MS - 100)
    await up()
    await s.pass(10_000)
    expect(s.told()).toEqual(['available'])
  })
})

describe('do not disturb', () => {
  test('is busy, and back', async () => {
    const s = await seat()
    await s.ready()
    await s.choose()
    await s.b.client.desk.saveSettings({ doNotDisturb: true })
    await settle()
    await s.lost('do-not-disturb')
    expect(await s.notReady()).toBe('do-not-disturb')
    await s.b.client.desk.saveSettings({ doNotDisturb: false })
    await s.pass(500)
    await s.ready()
    await settle()
    expect(s.told()).toEqual(['available', 'busy do-not-disturb', 'available'])
  })
  test('is nothing to a person on a break', async () => {
    const s = await seat()
    await s.choose('break')
    await s.b.client.desk.saveSettings({ doNotDisturb: true })
    await settle()
    expect(s.told()).toEqual(['break'])
  })
})

describe('written channels only', () => {
  test('asks nothing of the phone and is told', async () => {
    const s = await seat()
    await s.choose()
    await s.b.client.desk.saveSettings({ writtenOnly: true })
    await settle()
    await s.lost('microphone-denied')
    await s.pass(SILENCE_MS * 2)
    expect(s.told()).toEqual(['technical phone:checking', 'available written only'])
    await s.b.client.desk.saveSettings({ writtenOnly: false })
    // What was not answered goes out again first.
    for (let i = 0; i < 20; i++) await s.pass(1_000)
    expect(s.told().at(-1)).toBe('technical phone:no-phone-page')
  })
})

test('a seat without a phone is what it chose', async () => {
  const s = await seat({ account: () => null })
  await s.choose()
  await s.lost('microphone-denied')
  await s.pass(SILENCE_MS * 2)
  expect(s.told()).toEqual(['available'])
})

describe('whatever happens', () => {
  const cause = fc.constantFrom(...READINESS_CAUSES)
  const input = fc.oneof<fc.Arbitrary<ReadinessInput>[]>(
    fc.record({ type: fc.constant('chosen' as const), presence: fc.constantFrom(...PRESENCES) }),
    fc.record({ type: fc.constant('heard' as const), ready: fc.boolean(), cause }),
    fc.record({ type: fc.constant('settings' as const), doNotDisturb: fc.boolean(), writtenOnly: fc.boolean() }),
    fc.record({ type: fc.constant('engaged' as const), on: fc.boolean() }),
    fc.record({ type: fc.constant('shown' as const), presence: fc.constantFrom(...PRESENCES) }),
    fc.record({ type: fc.constant('time' as const) })
  )
  test('calls are taken by nobody whose phone is not ready, and who waits is not forgotten', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(input, fc.integer({ min: 0, max: 60_000 })), { maxLength: 60 }), (steps) => {
        let now = 1_000_000
        let state = startReadiness({ wished: false, doNotDisturb: false, writtenOnly: false }, now)
        let told: string | undefined
        let wakeAt: number | undefined
        const put = (one: ReadinessInput) => {
          const decided = decideReadiness(state, one, now)
          if (decided.tell?.presence === 'available' && !decided.tell.writtenOnly) expect(decided.state.engaged).toBe(false)
          if (decided.tell?.presence === 'available') expect(decided.state.ready || decided.tell.writtenOnly).toBe(true)
          if (decided.tell) expect(decided.state.wished).toBe(true)
          told = decided.tell?.presence ?? told
          state = decided.state
          wakeAt = decided.wakeAt
        }
        for (const [one, passed] of steps) {
          // As the driver does: it wakes when it was asked to.
          const until = now + passed
          while (wakeAt !== undefined && wakeAt <= until) {
            now = Math.max(now, wakeAt)
            const before = wakeAt
            put({ type: 'time' })
            expect(wakeAt === undefined || wakeAt > before).toBe(true)
          }
          now = until
          put(one)
        }
        if (!state.wished) return
        now += SILENCE_MS * 2
        put({ type: 'settings', doNotDisturb: false, writtenOnly: false })
        put({ type: 'engaged', on: false })
        put({ type: 'heard', ready: true })
        expect(told).toBe('available')
      })
    )
  })
})
