import { expect, test } from 'vitest'
import type { BankAnswer, BankRow } from '../../../../src-main/centre/bank/port.ts'
import type { Handoff } from '../../../../src-shared/front-desk.ts'
import { article, contact, type Floor, type FloorOptions, floor, person } from '../../../build/centre.ts'
import { scriptedAi } from '../../../fakes/ai-scripted.ts'
import { shippedFlows } from './talk.ts'

const CARD = { tail: '6620', name: 'Debit card', replacementDays: 5 }
const PEOPLE = [person('lin'), person('tom'), person('grace', { role: 'expert', queues: ['expert'] })]

/** A chat that the front desk answers; the customer and the bank are moved by hand. */
function visit(options: FloorOptions = {}) {
  const f = floor({ people: PEOPLE, articles: [article('rates')], frontDesk: { book: shippedFlows(), channels: ['chat'] }, ...options })
  const id = f.centre.contactArrived(contact({ frontDesk: true }))
  let said = 0
  return {
    f,
    id,
    say: (text: string) => f.centre.customerSaid(id, text, `said-${++said}`),
    bank(answer: BankRow[] | Extract<BankAnswer, { ok: false }>['code']) {
      const asked = f.effects.findLast((one) => one.type === 'bank')
      if (asked?.type !== 'bank') throw new Error('the bank was asked nothing')
      const { requestId, act } = asked.request
      const head = { requestId, act }
      f.centre.bankAnswered(
        id,
        typeof answer === 'string' ? { ...head, ok: false, code: answer, detail: '' } : { ...head, ok: true, rows: answer }
      )
    },
    lines: () => f.factsOf('entry.added', id).map(({ data }) => data.text)
  }
}
type Visit = ReturnType<typeof visit>

/** Proves who they are, has the card blocked, then asks for a person. */
function blockedCard(given: Visit = visit()): Visit {
  const { say, bank } = given
  say('?card is gone')
  bank([{ sentTo: '101' }])
  say('it is 123456')
  bank([{}])
  say('it ends in 6620')
  say('yes please')
  bank([CARD])
  say('can I talk to a person')
  return given
}
const handedOver = (f: Floor, id: string): Handoff => {
  const last = f.factsOf('handoff.prepared', id).at(-1)
  if (!last) throw new Error('nothing was handed over')
  return last.data
}
const offered = (f: Floor, personId: string) => f.factsOf('conversation.offered').findLast(({ data }) => data.personId === personId)

test('the person who takes over is given what was proved, wanted, done, gathered and promised', () => {
  const { f, id } = blockedCard()
  const given = handedOver(f, id)
  expect(given).toMatchObject({
    because: 'requested',
    verification: { state: 'verified', how: 'one_time_code' },
    intent: 'card_lost',
    gathered: [{ name: 'tail', value: '6620' }],
    promised: [{ text: 'New card within 5 working days', by: 'front_desk' }]
  })
  expect(given.wanted).toContain('?card is gone')
  expect(given.tried.map(({ what, outcome }) => [what, outcome])).toEqual([
    ['verification', 'done'],
    ['card_block', 'done']
  ])
  expect(JSON.stringify(given)).not.toContain('123456')
})

test('all of it is at the desk before the offer, and the offer says it in one sentence', async () => {
  const { f, id } = blockedCard()
  f.centre.setPresence('lin', 'available')
  expect(offered(f, 'lin')?.data.summary).toContain(handedOver(f, id).spoken)
  const types = (await f.log('lin')).filter((event) => event.conversationId === id).map(({ type }) => type)
  expect(types.indexOf('handoff.prepared')).toBeLessThan(types.indexOf('conversation.offered'))
  expect(types.indexOf('handoff.prepared')).toBeGreaterThan(types.indexOf('front-desk.ended'))
})

test('an identity that could not be proved is handed over as failed', () => {
  const { f, id, say, bank } = visit()
  say('?balance please')
  bank([{ sentTo: '101' }])
  say('111111')
  bank('code_expired')
  expect(handedOver(f, id)).toMatchObject({
    because: 'verification_failed',
    verification: { state: 'failed', how: 'one_time_code' },
    tried: [{ what: 'verification', outcome: 'failed' }]
  })
})

test('the words that made it necessary to hand over are in it, with how they were said', () => {
  const { f, id, say } = visit()
  say('?balance and this is #angry making')
  expect(handedOver(f, id)).toMatchObject({
    because: 'strain',
    intent: 'balance',
    wanted: expect.stringContaining('#angry making'),
    mood: { mood: 'angry', quote: '#angry' }
  })
})

test('from agent to expert goes everything from before, with what the agent did and why they pass it on', async () => {
  const { f, id } = blockedCard()
  f.centre.setPresence('lin', 'available')
  f.centre.accept('lin', id)
  f.advance(5_000)
  await f.command('lin', 'verification.confirm', { conversationId: id, how: 'questions', passed: true })
  await f.command('lin', 'suggestion.rate', { conversationId: id, articleId: 'rates', outcome: 'accepted' })
  await f.command('lin', 'message.send', { conversationId: id, entryId: 'm1', text: 'promise:letter' })
  const before = handedOver(f, id)
  expect(await f.command('lin', 'transfer.blind', { conversationId: id, queue: 'expert', reason: 'asks about a will' })).toBe('accepted')
  const given = handedOver(f, id)
  expect(given).toMatchObject({
    because: 'passed_on',
    fromPersonId: 'lin',
    note: 'asks about a will',
    queue: 'expert',
    verification: { state: 'verified', how: 'questions' },
    gathered: before.gathered,
    promised: [...before.promised, { text: 'letter', by: 'agent', personId: 'lin' }]
  })
  expect(given.tried.map(({ what, detail }) => [what, what === 'card_block' ? '' : detail])).toEqual([
    ['verification', undefined],
    ['card_block', ''],
    ['verification', 'questions'],
    ['article', 'rates']
  ])
  f.centre.setPresence('grace', 'available')
  expect(offered(f, 'grace')?.data.summary).toMatch(/^asks about a will\n/)
})

test('passed on again, nothing is lost and nothing stands twice', async () => {
  const { f, id } = blockedCard()
  f.centre.setPresence('lin', 'available')
  f.centre.accept('lin', id)
  await f.command('lin', 'message.send', { conversationId: id, entryId: 'm1', text: 'promise:letter' })
  await f.command('lin', 'transfer.blind', { conversationId: id, queue: 'expert', reason: 'a will' })
  const first = handedOver(f, id)
  f.centre.setPresence('grace', 'available')
  f.centre.accept('grace', id)
  await f.command('grace', 'transfer.blind', { conversationId: id, queue: 'accounts', reason: 'done here' })
  expect(handedOver(f, id)).toMatchObject({ fromPersonId: 'grace', note: 'done here' })
  const { tried, gathered, promised } = handedOver(f, id)
  expect({ tried, gathered, promised }).toEqual({ tried: first.tried, gathered: first.gathered, promised: first.promised })
})

test('a reading that fails costs the package, not the transfer', async () => {
  const levers = { failNext: 0 }
  const { f, id } = blockedCard(visit({ ai: scriptedAi(levers) }))
  f.centre.setPresence('lin', 'available')
  f.centre.accept('lin', id)
  levers.failNext = 1
  expect(await f.command('lin', 'transfer.blind', { conversationId: id, queue: 'expert', reason: '' })).toBe('accepted')
  expect(f.factsOf('handoff.prepared', id)).toHaveLength(1)
  expect(f.factsOf('conversation.queued', id).at(-1)?.data).toEqual({ queue: 'expert', reason: 'transfer' })
  expect(f.logged()).toContainEqual(['centre.reading-failed', expect.objectContaining({ what: 'handoff' })])
})

test('the package is the same after a restart of the centre', () => {
  const { f, id } = blockedCard()
  const before = handedOver(f, id)
  f.restart()
  f.centre.setPresence('lin', 'available')
  expect(offered(f, 'lin')?.data.summary).toContain(before.spoken)
})

test('who they are is asked once, whatever they want next', () => {
  const { say, bank, lines, f } = visit()
  say('?card is gone, it ends in 6620')
  bank([{ sentTo: '101' }])
  say('it is 123456')
  bank([{}])
  expect(lines().join('\n')).not.toContain('last four digits')
  say('yes please')
  bank([CARD])
  const from = lines().length
  say('and my ?balance')
  expect(f.effects.findLast((one) => one.type === 'bank')).toMatchObject({ request: { act: 'balance' } })
  expect(lines().slice(from).join('\n')).not.toContain('code')
})
