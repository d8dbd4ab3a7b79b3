import { expect, test } from 'vitest'
import { type Said, talk } from './talk.ts'

const ACCOUNT = { tail: '1184', name: 'Current account', currency: 'USD', availableCents: 186_200 }
const ends = (outcome: string, because?: string) => expect.objectContaining({ outcome, ...(because === undefined ? {} : { because }) })

test('a balance is told after the customer has proved who they are, and the contact ends well', () => {
  const desk = talk()
  expect(desk.say({ text: 'what is my balance', intent: 'balance' }).ask).toMatchObject({ act: 'code_send' })
  expect(desk.bank({ rows: [{ sentTo: '101' }] }).say[0]).toContain('ending 101')
  const checked = desk.say({ text: 'it is 123 456' })
  expect(checked.ask).toMatchObject({ act: 'code_check', args: { code: '123456' } })
  const verified = desk.bank({ rows: [{}] })
  expect(verified.verification).toBe('verified')
  expect(verified.ask).toMatchObject({ act: 'balance', args: {} })
  expect(desk.bank({ rows: [ACCOUNT] }).say.join('\n')).toContain('$1,862.00')
  expect(desk.say({ text: 'no, that is all, thanks' }).end).toEqual(ends('contained'))
})

test('a code is nowhere in what is kept', () => {
  const desk = talk()
  desk.say({ text: 'balance please', intent: 'balance' })
  desk.bank({ rows: [{ sentTo: '101' }] })
  expect(JSON.stringify(desk.say({ text: '654321' }).state)).not.toContain('654321')
})

test.each<[string, Said, string]>([
  ['asked for in words', { text: 'can I talk to a real person' }, 'requested'],
  ['asked for in Chinese', { text: '帮我转人工' }, 'requested'],
  ['asked for by intent', { text: 'get me out of this', intent: 'human_agent' }, 'requested'],
  ['a complaint', { text: 'I want to complain', intent: 'complaint' }, 'human_only'],
  ['money laundering questions', { text: 'why do you ask where it comes from', intent: 'aml_enquiry' }, 'human_only'],
  ['a regulator', { text: 'the ombudsman will hear of this', rules: ['regulator'] }, 'human_only'],
  ['a third party coaches', { text: 'he tells me to say it is for my son', rules: ['coached'] }, 'risk'],
  ['a shared screen', { text: 'he sees my screen', rules: ['screen_sharing'] }, 'risk'],
  ['fraud', { text: 'somebody took my money', intent: 'fraud_report' }, 'risk'],
  ['anger', { text: 'this is a disgrace', intent: 'balance', mood: 'angry' }, 'strain'],
  ['no flow and no article', { text: 'repay my mortgage early', intent: 'mortgage_prepay' }, 'not_for_front_desk']
])('a person takes over at once: %s', (_, said, because) => {
  const move = talk().say(said)
  expect(move.end).toEqual(ends('handed_over', because))
  expect(move.say).toHaveLength(1)
  expect(move.ask).toBeUndefined()
})

test('a person is called in the middle of a flow, too', () => {
  const desk = talk()
  desk.say({ text: 'balance', intent: 'balance' })
  expect(desk.say({ text: 'a person please' }).end).toEqual(ends('handed_over', 'requested'))
})

test('twice not understood is a person’s turn, with the question that had no answer', () => {
  const desk = talk()
  expect(desk.say({ text: 'wibble' }).end).toBeUndefined()
  const last = desk.say({ text: 'wobble' })
  expect(last.end).toEqual({ outcome: 'handed_over', because: 'not_understood', unanswered: { entryId: 'entry', text: 'wobble' } })
})

test('less than sure is asked again, not acted on', () => {
  const move = talk({ verified: true }).say({ text: 'the card thing', intent: 'card_lost', confidence: 0.4 })
  expect(move.ask).toBeUndefined()
  expect(move.end).toBeUndefined()
})

test('a card is blocked only after the customer’s own yes', () => {
  const desk = talk({ verified: true })
  expect(desk.say({ text: 'I lost my card', intent: 'card_lost' }).say[0]).toContain('last four')
  expect(desk.say({ text: 'six six two zero' }).say[0]).toContain('6620')
  expect(desk.say({ text: 'yes please' }).ask).toMatchObject({ act: 'card_block', args: { tail: '6620', reason: 'lost' } })
  const done = desk.bank({ rows: [{ tail: '6620', name: 'Debit card', replacementDays: 5 }] })
  expect(done.promised).toBe('New card within 5 working days')

  const other = talk({ verified: true })
  other.say({ text: 'I lost my card ending 6620', intent: 'card_lost' })
  const no = other.say({ text: 'no, wait' })
  expect(no.ask).toBeUndefined()
  expect(no.say[0]).toContain('not changed anything')
})

test('what was said in the same breath is not asked for', () => {
  const move = talk({ verified: true }).say({ text: 'lost my card ending 6620', intent: 'card_lost' })
  expect(move.say[0]).toContain('6620')
  expect(move.say[0]).not.toContain('What are the last four')
})

test('three wrong codes end with a person', () => {
  const desk = talk()
  desk.say({ text: 'balance', intent: 'balance' })
  desk.bank({ rows: [{ sentTo: '101' }] })
  desk.say({ text: '111111' })
  expect(desk.bank({ code: 'wrong_code' }).end).toBeUndefined()
  desk.say({ text: '222222' })
  const last = desk.bank({ code: 'code_expired' })
  expect(last.verification).toBe('failed')
  expect(last.end).toEqual(ends('handed_over', 'verification_failed'))
})

test.each([
  ['unavailable', 'bank_unavailable'],
  ['refused', 'refused']
] as const)('a bank that is %s ends with a person', (code, because) => {
  const desk = talk({ verified: true })
  desk.say({ text: 'balance', intent: 'balance' })
  expect(desk.bank({ code }).end).toEqual(ends('handed_over', because))
})

test('an answer that nobody waits for changes nothing', () => {
  const desk = talk({ verified: true })
  desk.say({ text: 'balance', intent: 'balance' })
  const before = desk.state()
  const move = desk.bank({ rows: [ACCOUNT] }, 'another')
  expect(move.state).toEqual(before)
  expect(move.say).toEqual([])
})

test('a time is chosen by its number', () => {
  const desk = talk({ verified: true })
  desk.say({ text: 'I want an appointment', intent: 'appointment' })
  const slots = [1, 2, 3].map((n) => ({ slotId: `slot-${n}`, at: n * 86_400_000, branch: 'Harbour Street' }))
  expect(desk.bank({ rows: slots }).say[0]).toContain('2. ')
  expect(desk.say({ text: 'the second one' }).ask).toMatchObject({ act: 'appointment_book', args: { slotId: 'slot-2' } })
})

test('a new wish in the middle of another is followed', () => {
  const desk = talk({ verified: true })
  desk.say({ text: 'I lost my card', intent: 'card_lost' })
  expect(desk.say({ text: 'actually, when is my loan due', intent: 'repayment_due' }).ask).toMatchObject({ act: 'repayment_date' })
})

test('an article answers where nothing is to be done, and a person where it does not help', () => {
  const article = { articleId: 'kb', title: 'Activating a card', passage: '', say: 'Put it into a machine once.', score: 0.8 }
  const desk = talk({ article })
  const answer = desk.say({ text: 'how do I activate it', intent: 'card_activate' })
  expect(answer.say[0]).toBe(article.say)
  expect(desk.say({ text: 'no' }).end).toEqual(ends('handed_over', 'not_understood'))
})

test('who says that this was all has been helped by an article', () => {
  const article = { articleId: 'kb', title: 'Activating a card', passage: '', say: 'Put it into a machine once.', score: 0.8 }
  const desk = talk({ article })
  desk.say({ text: 'how do I activate it', intent: 'card_activate' })
  expect(desk.say({ text: 'no, that is all, thanks' }).end).toEqual(ends('contained'))
})

test('it writes as the customer writes', () => {
  const desk = talk({ tongue: 'zh-TW', verified: true })
  desk.say({ text: '查餘額', intent: 'balance' })
  const told = desk.bank({ rows: [{ ...ACCOUNT, name: '活期帳戶', currency: 'CNY' }] }).say.join('')
  expect(told).toContain('可用餘額')
  expect(told).toContain('1,862.00')
})

test('the same conversation twice gets the same answers', () => {
  const once = () => {
    const desk = talk()
    return [
      desk.say({ text: 'balance', intent: 'balance' }),
      desk.bank({ rows: [{ sentTo: '101' }] }),
      desk.say({ text: '123456' }),
      desk.bank({ rows: [{}] }),
      desk.bank({ rows: [ACCOUNT] })
    ]
  }
  expect(once()).toEqual(once())
})

test('a bank that has nothing to tell is not told as silence', () => {
  const desk = talk()
  desk.say({ text: 'where is a branch', intent: 'branch_atm' })
  const move = desk.bank({ rows: [] })
  expect(move.say[0]).toContain('cannot find')
  expect(move.state.tried).toEqual([expect.objectContaining({ what: 'branches', outcome: 'refused', detail: 'not_found' })])
})

test('a code told when nothing asks for it is not noted', () => {
  const desk = talk()
  desk.say({ text: 'balance', intent: 'balance' })
  desk.bank({ rows: [{ sentTo: '101' }] })
  desk.say({ text: 'the fees, rather', intent: 'fees' })
  desk.bank({ rows: [{ what: 'Card', cents: 100, currency: 'USD' }] })
  expect(desk.state().step).toBe('more')
  expect(JSON.stringify(desk.say({ text: '654 321' }))).not.toMatch(/654 ?321/)
})

test('another card than the one that was not found is blocked only after another yes', () => {
  const desk = talk({ verified: true })
  desk.say({ text: 'I lost my card ending 6620', intent: 'card_lost' })
  desk.say({ text: 'yes' })
  expect(desk.bank({ code: 'not_found' }).say[0]).toContain('cannot find')
  const other = desk.say({ text: 'sorry, 1184' })
  expect(other.ask).toBeUndefined()
  expect(other.say[0]).toContain('1184')
  expect(desk.say({ text: 'yes' }).ask).toMatchObject({ act: 'card_block', args: { tail: '1184' } })
})
