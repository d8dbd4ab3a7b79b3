import { describe, expect, test } from 'vitest'
import { createAi } from '../../../../src-main/ai/index.ts'
import type { Activity } from '../../../../src-main/centre/bank/port.ts'
import { THRESHOLDS } from '../../../../src-main/centre/risk/thresholds.ts'
import { contact, type Floor, floor, MORNING, person } from '../../../build/centre.ts'

const ai = createAi()
const stranger: Activity = {
  home: 'US',
  logins: [{ at: MORNING - 60_000, device: 'Windows computer', knownDevice: false, country: 'RO' }],
  transfers: []
}
const watched = () => floor({ ai, people: [person('lin')], risk: THRESHOLDS })
const served = (one: Floor, rest: Parameters<typeof contact>[0] = {}) => {
  one.centre.setPresence('lin', 'available')
  const id = one.centre.contactArrived(contact(rest))
  one.centre.accept('lin', id)
  return id
}
const alerts = (one: Floor, id: string) => one.factsOf('alert.raised', id).map(({ data }) => data)

describe('the accounts', () => {
  test('are looked at when a contact arrives and when somebody begins to serve it, and routing waits for neither', () => {
    const one = watched()
    const id = served(one)
    expect(one.effects.filter(({ type }) => type === 'bank-activity')).toHaveLength(2)
    expect(one.centre.view().conversations[0]).toMatchObject({ conversationId: id, state: 'active' })
    one.centre.bankActivity(id, stranger)
    one.centre.bankActivity(id, stranger)
    expect(alerts(one, id)).toMatchObject([{ kind: 'remote_login', evidence: [{ key: 'login', values: { country: 'RO', home: 'US' } }] }])
  })

  test('are nobody’s to look at where no thresholds are set, or in background traffic', () => {
    const quiet = floor({ people: [person('lin')] })
    served(quiet)
    expect(quiet.effects.some(({ type }) => type === 'bank-activity')).toBe(false)
    const one = watched()
    one.centre.contactArrived(contact({ background: true }))
    expect(one.effects.some(({ type }) => type === 'bank-activity')).toBe(false)
  })

  test('what a contact came with is the same alert once its evidence is there', () => {
    const one = watched()
    const id = served(one, { alert: 'remote_login', reason: 'A log-in from abroad' })
    one.centre.bankActivity(id, stranger)
    const [first, second] = alerts(one, id)
    expect(second).toMatchObject({ alertId: first?.alertId, text: 'A log-in from abroad', evidence: [{ key: 'login' }] })
    expect(alerts(one, id)).toHaveLength(2)
  })

  test('an answer that comes when the contact is over does nothing', () => {
    const one = watched()
    const id = served(one)
    one.centre.end('lin', id)
    one.centre.bankActivity(id, stranger)
    one.centre.bankActivity('nobody', stranger)
    expect(alerts(one, id)).toEqual([])
  })
})

describe('the customer’s words', () => {
  test.each([
    ['He said I must move my money to a safe account', 'safe_account'],
    ['A policeman told me to transfer everything and keep it secret', 'coached'],
    ['He can see my screen, I installed anydesk', 'screen_sharing'],
    ['警官说要把钱转到安全账户', 'safe_account'],
    ['对方叫我不要告诉银行', 'coached'],
    ['他让我打开屏幕共享', 'screen_sharing']
  ])('"%s" raises %s at once, with the words', (text, kind) => {
    const one = watched()
    const id = served(one, { language: /\p{Script=Han}/u.test(text) ? 'zh' : 'en' })
    one.centre.customerSaid(id, text, 'e1')
    const raised = alerts(one, id).find((alert) => alert.kind === kind)
    expect(raised).toMatchObject({ evidence: [{ key: 'said', values: { entryId: 'e1' } }] })
    expect(text).toContain(raised?.evidence?.[0]?.values['quote'])
    one.centre.customerSaid(id, text, 'e2')
    expect(alerts(one, id).filter((alert) => alert.kind === kind)).toHaveLength(1)
  })

  test('nobody told me to do this: no alert', () => {
    const one = watched()
    const id = served(one)
    one.centre.customerSaid(id, 'What is the interest rate of your savings account?')
    expect(alerts(one, id)).toEqual([])
  })
})

describe('an alert', () => {
  test('is dealt with once, and does not come again in the same conversation', async () => {
    const one = watched()
    const id = served(one)
    one.centre.bankActivity(id, stranger)
    const alertId = alerts(one, id)[0]?.alertId ?? ''
    expect(await one.command('lin', 'alert.resolve', { conversationId: id, alertId: 'other', outcome: 'cleared' })).toBe('not_found')
    expect(await one.command('lin', 'alert.resolve', { conversationId: id, alertId, outcome: 'fraud' })).toBe('accepted')
    expect(await one.command('lin', 'alert.resolve', { conversationId: id, alertId, outcome: 'cleared' })).toBe('already_done')
    expect(one.factsOf('alert.resolved', id).map(({ data }) => data)).toEqual([{ alertId, outcome: 'fraud', personId: 'lin' }])
    one.centre.bankActivity(id, stranger)
    expect(alerts(one, id)).toHaveLength(1)
  })
})
