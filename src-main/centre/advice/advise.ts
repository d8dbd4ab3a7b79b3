import type { Customer } from '../../../src-shared/events.ts'
import type { Advice } from '../../../src-shared/front-desk.ts'
import type { Intent } from '../../../src-shared/taxonomy.ts'
import type { Due } from '../bank/port.ts'
import type { Catalogue, Product } from './catalogue.ts'

/** What may be offered and what should be reminded of. Pure; the law behind it: MiFID II art. 25(2), CBIRC 2018 no. 6 art. 26. */

export interface AdviceWorld {
  catalogue: Catalogue
  customer: Customer
  intent: Intent | undefined
  dues: readonly Due[]
  now: number
}

/** What about the conversation forbids offers just now. */
export interface Situation {
  complaint: boolean
  alert: boolean
  strained: boolean
}

type Reason = Advice['whyNot'][number]
const DAY_MS = 86_400_000
/** So long before it falls due a reminder is given. */
const REMIND_MS = { loan: 7 * DAY_MS, card: 7 * DAY_MS, deposit: 30 * DAY_MS, policy: 30 * DAY_MS }
/** Flags in remarks and on accounts that ask for care before an investment: age, hearing, language, being alone. */
const CARE = /lives alone|hard of hearing|second language|pension|student|独居|退休|耳背|学生|不太会|老人/iu
const SITUATIONS = ['complaint', 'alert', 'strained'] as const
/** Besides the best one, so many that may not be offered are shown with why not. */
const SHOWN_NOT = 2

export function advise(world: AdviceWorld): Advice[] {
  const offers = world.catalogue.products.flatMap((product) => offer(product, world) ?? [])
  const byScore = offers.toSorted((a, b) => b.score - a.score || a.productId.localeCompare(b.productId))
  const best = byScore.find(({ whyNot }) => whyNot.length === 0)
  const not = byScore.filter(({ whyNot }) => whyNot.length > 0).slice(0, SHOWN_NOT)
  return [...reminders(world), ...(best ? [best] : []), ...not]
}

/** The same advice in another situation: offers are held back or free again, reminders stand. */
export function inSituation(advice: readonly Advice[], situation: Situation): Advice[] {
  const forbids = SITUATIONS.filter((key) => situation[key]).map((key): Reason => ({ key }))
  return advice.map((one) =>
    one.kind === 'reminder'
      ? one
      : { ...one, whyNot: [...forbids, ...one.whyNot.filter(({ key }) => !(SITUATIONS as readonly string[]).includes(key))] }
  )
}

function offer(product: Product, world: AdviceWorld): Advice | undefined {
  const { customer, intent } = world
  const held = customer.products.map(({ name, detail }) => `${name} ${detail}`)
  if (!product.segments.includes(customer.segment) || held.some((one) => new RegExp(product.not, 'iu').test(one))) return undefined
  const places = { products: held, remarks: customer.remarks, intent: intent === undefined ? [] : [intent] }
  const why = product.why.filter(({ in: place, match }) => places[place].some((one) => new RegExp(match, 'iu').test(one)))
  if (why.length === 0) return undefined
  return {
    adviceId: `offer:${product.productId}`,
    kind: 'offer',
    productId: product.productId,
    name: product.names,
    why: why.map(({ key }) => ({ key })),
    whyNot: unsuitable(product, world),
    score: Math.min(
      1,
      why.reduce((sum, { score }) => sum + score, 0)
    )
  }
}

/** Everything that forbids it to this customer, whatever the situation. */
function unsuitable({ riskGrade }: Product, { customer, now }: AdviceWorld): Reason[] {
  if (riskGrade === undefined) return []
  const reasons: Reason[] = []
  const { riskGrade: bears, riskGradeUntil: until } = customer
  if (bears === undefined) reasons.push({ key: 'no_assessment' })
  else if (until === undefined || until <= now)
    reasons.push({ key: 'assessment_expired', ...(until === undefined ? {} : { values: { at: until } }) })
  if (bears !== undefined && Number(riskGrade.slice(1)) > Number(bears.slice(1)))
    reasons.push({ key: 'risk_too_high', values: { product: riskGrade, customer: bears } })
  if ([...customer.remarks, ...customer.products.map(({ name, detail }) => `${name} ${detail}`)].some((one) => CARE.test(one)))
    reasons.push({ key: 'needs_care' })
  return reasons
}

function reminders({ dues, now }: AdviceWorld): Advice[] {
  return dues
    .filter(({ kind, at }) => at >= now && at <= now + REMIND_MS[kind])
    .toSorted((a, b) => a.at - b.at)
    .slice(0, 4)
    .map(({ kind, name, tail, at, cents }) => ({
      adviceId: `reminder:${kind}:${tail}`,
      kind: 'reminder',
      productId: tail,
      name: { en: name, 'zh-CN': name, 'zh-TW': name },
      why: [{ key: `${kind}_due`, values: { at, tail, cents } }],
      whyNot: [],
      score: 1,
      dueAt: at
    }))
}
