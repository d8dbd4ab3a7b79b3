import type { Customer } from '../../src-shared/events.ts'
import type { Centre } from '../centre/centre.ts'
import { settle } from '../practice/bank/town.ts'
import type { Scenario } from '../practice/scenarios/format.ts'
import type { Db } from '../sqlite/sqlite.ts'

/**
 * The people behind the callers: each caller is a customer of their own, made after the one the scenario is about, with the same
 * accounts and cards at the bank. Who is done may call again later as somebody else; whose card was blocked may not.
 */
export interface Clients {
  take(scenario: Scenario): Customer
  giveBack(customer: Customer, scenario: Scenario): void
}

export function createClients(options: {
  centre: Pick<Centre, 'updateCustomer'>
  db: Db
  customers: readonly Customer[]
  now: () => number
}): Clients {
  const models = new Map(options.customers.map((one) => [one.customerId, one]))
  const free = new Map<string, Customer[]>()
  let made = 0
  return {
    take(scenario) {
      const again = free.get(scenario.id)?.pop()
      if (again) return again
      const model = models.get(scenario.customerId)
      if (!model) throw new Error(`no customer ${scenario.customerId}`)
      const customer: Customer = { ...model, customerId: `${model.customerId}~${made++}` }
      settle(options.db, customer, customer.products, options.now())
      options.centre.updateCustomer(customer)
      return customer
    },
    giveBack(customer, scenario) {
      if (scenario.intent === 'card_lost') return
      const waiting = free.get(scenario.id)
      if (waiting) waiting.push(customer)
      else free.set(scenario.id, [customer])
    }
  }
}
