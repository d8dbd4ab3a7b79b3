import type { Intent, Language } from '../../src-shared/taxonomy.ts'
import { pick } from '../practice/floor/traffic.ts'
import type { Scenario } from '../practice/scenarios/format.ts'

/** What customers come for, and the words they say it in. */

/** What the front desk has flows for among the scenarios. */
export const ROUTINE: readonly Intent[] = [
  'balance',
  'transactions',
  'interest_rates',
  'repayment_due',
  'fees',
  'statement',
  'card_lost',
  'transfer_status',
  'loan_status'
]

type Weights = Readonly<Partial<Record<Intent, number>>>

const EVERYDAY: Weights = {
  balance: 20,
  transactions: 14,
  transfer_status: 8,
  card_lost: 6,
  statement: 6,
  fees: 7,
  repayment_due: 6,
  loan_status: 5,
  interest_rates: 4,
  card_activate: 4,
  pin_password: 5,
  transfer_large: 4,
  fraud_report: 3,
  insurance_claim: 2,
  complaint: 4,
  contract_dispute: 1,
  aml_enquiry: 1
}

/**
 * How often which wish comes, by what the log says a call was about. The log tells the type of each call and no more: these weights
 * are assumed, not measured.
 */
const MIX: Readonly<Record<string, Weights>> = {
  // Everyday banking, in the bank's language and in English.
  PS: EVERYDAY,
  PE: EVERYDAY,
  // People who are no customers yet.
  NW: { interest_rates: 40, fees: 25, wealth_product: 20, loan_status: 10, complaint: 5 },
  // The stock exchange.
  NE: { wealth_product: 60, transactions: 15, balance: 10, fees: 10, complaint: 5 },
  // Help with the web site.
  IN: { pin_password: 65, fraud_report: 10, balance: 10, transactions: 10, complaint: 5 },
  // Called back by the bank.
  TT: { wealth_product: 40, loan_status: 20, complaint: 20, insurance_claim: 10, contract_dispute: 10 }
}

/** One utterance for one wish. */
export interface Wish {
  language: Language
  intent: Intent
  text: string
}

export interface Mix {
  /** @param routineRatio so many come for what there is a flow for, whatever the type; undefined: as the type says */
  draw(type: string, language: Language, routineRatio: number | undefined, random: () => number): { scenario: Scenario; wishes: string[] }
}

/** @param wishes what is said; a scenario's own opening where there is nothing for its intent and language */
export function createMix(scenarios: readonly Scenario[], wishes: readonly Wish[]): Mix {
  const said = Map.groupBy(wishes, ({ language, intent }) => `${language} ${intent}`)
  return {
    draw(type, language, routineRatio, random) {
      const weights = MIX[type] ?? EVERYDAY
      const routine = routineRatio === undefined ? undefined : random() < routineRatio
      const open = scenarios.filter((one) => one.language === language)
      const fits = (one: Scenario) => routine === undefined || ROUTINE.includes(one.intent) === routine
      const some = open.filter((one) => fits(one) && (weights[one.intent] ?? 0) > 0)
      const from = some.length > 0 ? some : open.filter(fits)
      const weight = (one: Scenario) => (some.length > 0 ? (weights[one.intent] ?? 0) : 1)
      let at = random() * from.reduce((sum, one) => sum + weight(one), 0)
      const scenario = from.find((one) => (at -= weight(one)) < 0) ?? pick(from, random)
      const texts = said.get(`${language} ${scenario.intent}`)
      return {
        scenario,
        wishes: texts ? [pick(texts, random).text, pick(texts, random).text] : [scenario.opening.text, scenario.reason]
      }
    }
  }
}
