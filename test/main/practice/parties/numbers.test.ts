import { describe, expect, test } from 'vitest'
import { passersBy } from '../../../../src-main/practice/floor/passers-by.ts'
import { createNumbers, fateOf } from '../../../../src-main/practice/parties/numbers.ts'
import { COLLEAGUES, PEOPLE } from '../../../../src-main/practice/people.ts'
import { loadScenarios } from '../../../../src-main/practice/scenarios/load.ts'
import { PRACTICE_DIR } from '../scenarios/practice-dir.ts'

const { customers } = loadScenarios(PRACTICE_DIR)

function house() {
  const presences = new Map(COLLEAGUES.map(({ personId }) => [personId, 'available']))
  const talking = new Set<string>()
  const numbers = createNumbers({
    people: [...PEOPLE, ...COLLEAGUES],
    customers: [...customers, ...passersBy()],
    presenceOf: (personId) => presences.get(personId),
    onCall: (personId) => talking.has(personId),
    random: () => 0.5
  })
  return { numbers, presences, talking }
}

describe('inside the house', () => {
  test('everybody with a phone has a number of their own', () => {
    const extensions = [...PEOPLE, ...COLLEAGUES].map(({ extension }) => extension).filter((extension) => extension !== '')
    expect(new Set(extensions).size).toBe(extensions.length)
    expect(extensions).toEqual(expect.arrayContaining(['101', '201', '212']))
    expect(PEOPLE.filter(({ role }) => role === 'screen').map(({ extension }) => extension)).toEqual([''])
  })

  test('people at desks ring by name or extension; simulated colleagues answer after 1 to 3 seconds', () => {
    const { numbers } = house()
    expect(numbers.answer('agent-tom')).toEqual({ type: 'agent', user: 'agent-tom' })
    expect(numbers.answer('102')).toEqual({ type: 'agent', user: 'agent-tom' })
    const answer = numbers.answer('201')
    expect(answer).toMatchObject({ type: 'party', party: 'colleague', id: 'colleague-1', name: 'Amara Obi' })
    expect(answer).toEqual(numbers.answer('colleague-1'))
    expect(answer.type === 'party' && answer.ringMs >= 1_000 && answer.ringMs <= 3_000 && answer.status === undefined).toBe(true)
    expect([numbers.party('201')?.language, numbers.party('205')?.language]).toEqual(['en', 'zh'])
    expect([numbers.party('102'), numbers.party('600')]).toEqual([undefined, undefined])
  })

  test('a colleague who works is busy, who is away does not answer, who talks on the phone is busy', () => {
    const { numbers, presences, talking } = house()
    const statusOf = () => {
      const answer = numbers.answer('201')
      return answer.type === 'party' ? answer.status : answer.type
    }
    for (const [presence, status] of [
      ['busy', 486],
      ['wrap-up', 486],
      ['break', 480],
      ['offline', 480],
      ['available', undefined]
    ] as const) {
      presences.set('colleague-1', presence)
      expect([presence, statusOf()]).toEqual([presence, status])
    }
    talking.add('colleague-1')
    expect(statusOf()).toBe(486)
  })

  test('the echo answers, and what is no number is not found', () => {
    const { numbers } = house()
    expect(numbers.answer('600')).toEqual({ type: 'echo' })
    for (const number of ['nobody', 'screen-1', '', '1', '999', '+', '12345678901234567890', 'sip:1'])
      expect([number, numbers.answer(number)]).toEqual([number, { type: 'refuse', status: 404 }])
  })
})

describe('outside', () => {
  test("a customer's number is theirs however it is written, and its language is the customer's", () => {
    const { numbers } = house()
    const [first] = customers
    if (!first) throw new Error('no customers')
    for (const written of [first.phone, first.phone.replace('+', '00'), `0${first.phone.slice(-10)}`, '+1 202-555-0101']) {
      expect(numbers.answer(written)).toMatchObject({ type: 'party', party: 'customer', name: first.name })
    }
    const chinese = customers.find(({ language }) => language === 'zh')
    expect(numbers.party(chinese?.phone ?? '')).toMatchObject({ role: 'customer', language: 'zh' })
    expect(numbers.party('+4930123456')).toEqual({ role: 'customer', id: '+4930123456', language: 'en' })
    expect(numbers.party('+8610123456')).toMatchObject({ language: 'zh' })
    expect(numbers.party('0861012345')).toMatchObject({ language: 'en' })
  })

  test('the same number always comes to the same; over many, two in three answer, one in five does not, the rest is busy', () => {
    const count = { answers: 0, 'not-answered': 0, busy: 0 }
    for (let i = 0; i < 10_000; i++) count[fateOf(`+49301${String(i).padStart(6, '0')}`)]++
    expect(count.answers / 10_000).toBeCloseTo(0.67, 1)
    expect(count['not-answered'] / 10_000).toBeCloseTo(0.2, 1)
    expect(count.busy / 10_000).toBeCloseTo(0.13, 1)
    expect(fateOf('+49 30 123456')).toBe(fateOf('004930123456'))
    const { numbers } = house()
    const one = (fate: string) => `+49301${String([...Array(999).keys()].find((i) => fateOf(`+49301${i}00`) === fate))}00`
    expect(numbers.answer(one('busy'))).toMatchObject({ status: 486 })
    expect(numbers.answer(one('not-answered'))).toMatchObject({ status: 480 })
    expect(numbers.answer(one('answers'))).not.toHaveProperty('status')
  })

  test('some of the practice customers can be reached, in either language', () => {
    for (const language of ['en', 'zh'])
      expect(customers.filter((one) => one.language === language && fateOf(one.phone) === 'answers').length).toBeGreaterThan(4)
  })
})
