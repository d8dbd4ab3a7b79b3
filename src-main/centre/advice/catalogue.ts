import { z } from 'zod'
import { localText } from '../../../src-shared/front-desk.ts'

const Pattern = z.string().min(1).max(300)

/** One product that may be offered. Patterns are regular expressions, letter case ignored. */
const Product = z.object({
  productId: z.string(),
  names: localText,
  /** Absent: no investment, so no question of suitability. */
  riskGrade: z.enum(['R1', 'R2', 'R3', 'R4', 'R5']).optional(),
  segments: z.array(z.enum(['standard', 'plus', 'private'])).min(1),
  /** Whoever holds something of this name has it already. */
  not: Pattern,
  /** What speaks for it: a pattern found in what the customer holds, in remarks about them, or in what they come for. */
  why: z
    .array(z.object({ key: z.string(), in: z.enum(['products', 'remarks', 'intent']), match: Pattern, score: z.number().min(0).max(1) }))
    .min(1)
})
export type Product = z.infer<typeof Product>

const Catalogue = z.object({ version: z.string(), products: z.array(Product) })
export type Catalogue = z.infer<typeof Catalogue>

/** @throws Error that names the first thing wrong with it */
export function readCatalogue(json: string): Catalogue {
  const catalogue = Catalogue.parse(JSON.parse(json))
  for (const { not, why } of catalogue.products) for (const pattern of [not, ...why.map(({ match }) => match)]) new RegExp(pattern, 'iu')
  return catalogue
}
