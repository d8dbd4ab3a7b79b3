import type { Check, Intent, Language } from '../../../src-shared/taxonomy.ts'
import { CN_CONSUMER, CN_PRIVACY, CN_WEALTH, FAIR, PRIVACY, RULES } from './rules.ts'

/** What must happen in a conversation, as data: which conversations it holds for, and the law behind it in each language's market. */
interface CheckRule {
  check: Check
  version: number
  /** `'identified'`: all that cannot be answered without knowing who asks. */
  products: 'all' | 'identified' | readonly Intent[]
  sources: Readonly<Record<Language, Source>>
}

/** Law or guidance, and the ISO date from which the newest of it binds. */
interface Source {
  source: string
  appliesFrom: string
}

/** Questions that can be answered without knowing who asks. */
const ANONYMOUS: readonly Intent[] = ['interest_rates', 'fees', 'branch_atm', 'human_agent']
const SERVICE = 'ISO 18295-1:2017 (customer contact centres)'
const CN_COMPLAINTS = 'Measures on Handling Consumer Complaints in Banking and Insurance (CBIRC 2020, no. 3), art. 5 and 6'

/** In the order in which they come in a conversation. */
export const CHECK_RULES: readonly CheckRule[] = [
  {
    check: 'greeting',
    version: 1,
    products: 'all',
    sources: { en: { source: SERVICE, appliesFrom: '2017-07-01' }, zh: { source: SERVICE, appliesFrom: '2017-07-01' } }
  },
  {
    check: 'recording_notice',
    version: 1,
    products: 'all',
    sources: {
      en: { source: 'GDPR art. 5(1)(a) and 13; MiFID II (2014/65/EU) art. 16(7)', appliesFrom: '2018-05-25' },
      zh: { source: 'Personal Information Protection Law (2021), art. 7 and 17', appliesFrom: '2021-11-01' }
    }
  },
  {
    check: 'identity',
    version: 1,
    products: 'identified',
    sources: {
      en: { source: 'GDPR art. 5(1)(f) and 32; PSD2 (EU 2015/2366) art. 97 where a payment is made', appliesFrom: '2018-05-25' },
      zh: { source: 'Personal Information Protection Law (2021), art. 9 and 51', appliesFrom: '2021-11-01' }
    }
  },
  {
    check: 'risk_wording',
    version: 1,
    products: ['wealth_product'],
    sources: {
      en: { source: 'MiFID II (2014/65/EU) art. 24(4)(b) and 25(2); FCA COBS 4.2.1R', appliesFrom: '2018-01-03' },
      zh: {
        source:
          'Supervision Measures on Wealth Management of Commercial Banks (CBIRC 2018, no. 6), art. 26; Taiwan: Financial Consumer Protection Act, art. 9 and 10',
        appliesFrom: '2018-09-26'
      }
    }
  },
  {
    check: 'no_forbidden_promise',
    version: 1,
    products: 'all',
    sources: { en: { source: FAIR, appliesFrom: '2018-01-03' }, zh: { source: CN_WEALTH, appliesFrom: '2018-09-26' } }
  },
  {
    check: 'calm_closing',
    version: 1,
    products: 'all',
    sources: {
      en: { source: `${SERVICE}; FCA DISP 1.3 (complaints handling)`, appliesFrom: '2017-07-01' },
      zh: { source: `${CN_COMPLAINTS}; ${CN_CONSUMER}`, appliesFrom: '2023-03-01' }
    }
  }
]

export const holdsFor = ({ products }: CheckRule, intent: Intent): boolean =>
  products === 'all' || (products === 'identified' ? !ANONYMOUS.includes(intent) : products.includes(intent))

/** Numbers and secrets in clear are found by their form, so no phrase names the law behind it. */
const IN_CLEAR: Readonly<Record<Language, Source>> = {
  en: { source: PRIVACY, appliesFrom: '2024-03-31' },
  zh: { source: CN_PRIVACY, appliesFrom: '2021-11-01' }
}

/** The law behind a check or a finding; `undefined` for a rule that this version does not know. */
export function lawOf(rule: string, language: Language): (Source & { version: number }) | undefined {
  const check = CHECK_RULES.find((one) => one.check === rule)
  if (check) return { version: check.version, ...check.sources[language] }
  if (rule === 'data_in_clear') return { version: 1, ...IN_CLEAR[language] }
  const found = RULES.find((one) => one.rule === rule && one.language === language)
  return found && { version: found.version, source: found.source, appliesFrom: found.appliesFrom }
}
