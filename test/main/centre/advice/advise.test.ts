import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advise, inSituation } from '../../../../src-main/centre/advice/advise.ts'
import { readCatalogue } from '../../../../src-main/centre/advice/catalogue.ts'
import type { Customer } from '../../../../src-shared/events.ts'
import { INTENTS } from '../../../../src-shared/taxonomy.ts'
import { contact, customer, floor, MORNING, person } from '../../../build/centre.ts'

const read = (path: string) => readFileSync(new URL(`../../../../resources/practice/${path}`, import.meta.url), 'utf8')
const catalogue = readCatalogue(read('products.json'))
const scripted = JSON.parse(read('customers.json')) as Customer[] // read through its schema when the practice centre opens
const NOW = Date.UTC(2026, 10, 23)
const DAY_MS = 86_400_000
const of = (id: string) => scripted.find(({ customerId }) => customerId === id) ?? customer(id)
const advice = (who: Customer, rest: Partial<Parameters<typeof advise>[0]> = {}) =>
  advise({ catalogue, customer: who, intent: undefined, dues: [], now: NOW, ...rest })
const keys = (list: readonly { key: string }[]) => list.map(({ key }) => key)

describe('the next best offer', () => {
  test('is one that fits and may be sold, with why', () => {
    expect(advice(of('cus-en-05'))[0]).toMatchObject({ kind: 'offer', productId: 'travel-card', why: [{ key: 'travels' }], whyNot: [] })
    expect(advice(of('cus-en-16'))[0]).toMatchObject({ productId: 'home-insurance', why: [{ key: 'has_mortgage' }], whyNot: [] })
  })
  test('is nothing that the customer has already', () => {
    for (const who of scripted)
      for (const { productId } of advice(who, { intent: 'wealth_product' }))
        expect(
          who.products.some(({ name }) =>
            new RegExp(catalogue.products.find((one) => one.productId === productId)?.not ?? '$^', 'iu').test(name)
          )
        ).toBe(false)
  })
  test.each([
    ['an assessment that has run out', { riskGrade: 'C5', riskGradeUntil: NOW - 1 }, ['assessment_expired']],
    ['one without an end, so not known to hold', { riskGrade: 'C5' }, ['assessment_expired']],
    ['no assessment', {}, ['no_assessment']],
    ['a product that is too risky', { riskGrade: 'C2', riskGradeUntil: NOW + DAY_MS }, ['risk_too_high']],
    ['a remark that asks for care', { riskGrade: 'C5', riskGradeUntil: NOW + DAY_MS, remarks: ['Lives alone'] }, ['needs_care']],
    ['nothing', { riskGrade: 'C3', riskGradeUntil: NOW + DAY_MS }, []]
  ] as const)('%s forbids it, and says so', (_what, rest, expected) => {
    const who = customer('x', { ...(rest as Partial<Customer>) }) // `as const` above made its list of remarks read-only
    const found = advice(who, { intent: 'wealth_product' }).find(({ productId }) => productId === 'balanced-fund')
    expect(keys(found?.whyNot ?? [{ key: 'not found' }])).toEqual(expected)
  })
  test('is held back during a complaint, an alert or strained talk, and free again after', () => {
    const given = advice(of('cus-en-05'), { dues: [{ kind: 'loan', name: 'Car loan', tail: '8046', at: NOW + DAY_MS, cents: 31_200 }] })
    const held = inSituation(given, { complaint: true, alert: true, strained: true })
    for (const one of held) expect(keys(one.whyNot).slice(0, 3)).toEqual(one.kind === 'reminder' ? [] : ['complaint', 'alert', 'strained'])
    expect(inSituation(held, { complaint: false, alert: false, strained: false })).toEqual(given)
  })
})

test('reminders come for what falls due soon, nearest first', () => {
  const due = (kind: 'loan' | 'deposit' | 'policy', days: number) => ({
    kind,
    name: kind,
    tail: `${kind}${days}`,
    at: NOW + days * DAY_MS,
    cents: 1
  })
  const found = advice(customer('x'), {
    dues: [due('policy', 29), due('loan', 8), due('loan', 7), due('deposit', 30), due('deposit', 31), due('loan', -1)]
  })
  expect(found.map(({ adviceId }) => adviceId)).toEqual(['reminder:loan:loan7', 'reminder:policy:policy29', 'reminder:deposit:deposit30'])
})

test('whoever it is and whatever they say, nothing unsuitable may ever be offered', () => {
  const anybody = fc.record({
    segment: fc.constantFrom('standard' as const, 'plus' as const, 'private' as const),
    grade: fc.option(fc.constantFrom('C1' as const, 'C2' as const, 'C3' as const, 'C4' as const, 'C5' as const), { nil: undefined }),
    until: fc.option(fc.integer({ min: NOW - 10, max: NOW + 10 }), { nil: undefined }),
    products: fc.subarray(scripted.flatMap(({ products }) => products)),
    remarks: fc.subarray([...scripted.flatMap(({ remarks }) => remarks), '独居', 'Lives alone'])
  })
  const situation = fc.record({ complaint: fc.boolean(), alert: fc.boolean(), strained: fc.boolean() })
  fc.assert(
    fc.property(anybody, situation, fc.constantFrom(...INTENTS), ({ segment, grade, until, products, remarks }, now, intent) => {
      const who = customer('x', {
        segment,
        products,
        remarks,
        ...(grade && { riskGrade: grade }),
        ...(until !== undefined && { riskGradeUntil: until })
      })
      for (const one of inSituation(advice(who, { intent }), now)) {
        if (one.kind !== 'offer' || one.whyNot.length > 0) continue
        expect(now).toEqual({ complaint: false, alert: false, strained: false })
        const product = catalogue.products.find(({ productId }) => productId === one.productId)
        if (product?.riskGrade === undefined) continue
        expect(Number(product.riskGrade.slice(1))).toBeLessThanOrEqual(Number(grade?.slice(1) ?? 0))
        expect(until ?? 0).toBeGreaterThan(NOW)
        expect(remarks.join(' ')).not.toMatch(/lives alone|独居/iu)
      }
    }),
    { numRuns: 2_000 }
  )
})

test('in the centre advice comes once somebody serves, again only when it changes, and is held back when the customer is angry', () => {
  const who = customer('c1', { segment: 'plus', remarks: ['Travels a lot for work.'] })
  const one = floor({ people: [person('lin')], customers: [who], catalogue })
  const id = one.centre.contactArrived(contact())
  const activity = {
    home: '',
    logins: [],
    transfers: [],
    dues: [{ kind: 'loan' as const, name: 'Car loan', tail: '8046', at: MORNING + DAY_MS, cents: 1 }]
  }
  one.centre.bankActivity(id, activity)
  expect(one.factsOf('advice.given', id)).toEqual([])
  one.centre.setPresence('lin', 'available')
  one.centre.accept('lin', id)
  expect(one.effects.some(({ type }) => type === 'bank-activity')).toBe(true)
  one.centre.bankActivity(id, activity)
  one.centre.bankActivity(id, activity)
  const given = () =>
    one.factsOf('advice.given', id).map(({ data }) => data.advice.map(({ adviceId, whyNot }) => [adviceId, ...keys(whyNot)]))
  expect(given()).toEqual([[['reminder:loan:8046'], ['offer:travel-card']]])
  one.centre.customerSaid(id, 'This is #angry outrageous')
  expect(given().at(-1)).toEqual([['reminder:loan:8046'], ['offer:travel-card', 'strained']])
  one.centre.customerSaid(id, 'Thank you, #calm again')
  expect(given().at(-1)).toEqual([['reminder:loan:8046'], ['offer:travel-card']])
})
