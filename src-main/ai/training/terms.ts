import type { Block, Extractor } from '../models/features.ts'
import type { Terms } from '../models/vocabulary.ts'

export interface TermsRecipe {
  blocks: readonly Block[]
  /** Rarer n-grams are left out. */
  minDocuments: number
  /** Of those left, the most frequent ones up to this number. */
  limit?: number
}

/** Counts the n-grams of the training texts. Deterministic: terms stand in the order of their hashes. */
export function countTerms(texts: readonly string[], recipe: TermsRecipe, extract: Extractor): Terms {
  const found = new Map<number, { count: number; last: number; block: number }>()
  texts.forEach((text, document) => {
    extract(text, recipe.blocks, (block, hash) => {
      const known = found.get(hash)
      if (!known) found.set(hash, { count: 1, last: document, block })
      else if (known.last !== document) {
        known.count++
        known.last = document
      }
    })
  })
  let kept = [...found].filter(([, { count }]) => count >= recipe.minDocuments)
  if (recipe.limit !== undefined && kept.length > recipe.limit)
    kept = kept.sort((a, b) => b[1].count - a[1].count || a[0] - b[0]).slice(0, recipe.limit)
  kept.sort((a, b) => a[0] - b[0])
  return {
    blocks: recipe.blocks,
    documents: texts.length,
    hashes: Uint32Array.from(kept, ([hash]) => hash),
    frequencies: Uint16Array.from(kept, ([, { count }]) => Math.min(count, 65_535)),
    blockOf: Uint8Array.from(kept, ([, { block }]) => block)
  }
}
