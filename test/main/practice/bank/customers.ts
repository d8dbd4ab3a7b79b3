import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Customer } from '../../../../src-shared/events.ts'

/** The practice customers of the app. */
export const customers = (): Customer[] =>
  z.array(Customer).parse(JSON.parse(readFileSync(new URL('../../../../resources/practice/customers.json', import.meta.url), 'utf8')))
