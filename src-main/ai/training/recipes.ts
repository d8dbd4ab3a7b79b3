import type { Language } from '../../../src-shared/taxonomy.ts'
import type { Block } from '../models/features.ts'
import type { EnsembleRecipe } from './ensemble.ts'
import type { NetworkRecipe } from './network.ts'

const SEED = 20_261
const VIEWS: Readonly<Record<Language, { mixed: readonly Block[]; characters: readonly Block[] }>> = {
  en: {
    mixed: [
      { kind: 'words', from: 1, to: 2, weight: 1 },
      { kind: 'within', from: 2, to: 5, weight: 1.4 }
    ],
    characters: [{ kind: 'across', from: 2, to: 5, weight: 1 }]
  },
  zh: {
    mixed: [
      { kind: 'words', from: 1, to: 2, weight: 1 },
      { kind: 'across', from: 1, to: 4, weight: 1.4 }
    ],
    characters: [{ kind: 'across', from: 1, to: 3, weight: 1 }]
  }
}

/** How large a model may become: a small one is a third of a large one; a wide one is for more than a hundred labels. */
export type Size = 'wide' | 'large' | 'small'
const SIZES: Readonly<Record<Size, { terms: number; linearTerms: number; hidden: readonly [number, number] }>> = {
  wide: { terms: 13_000, linearTerms: 15_000, hidden: [192, 128] },
  large: { terms: 12_000, linearTerms: 16_800, hidden: [192, 128] },
  small: { terms: 12_000, linearTerms: 16_800, hidden: [96, 64] }
}

/** Two networks and a support vector machine on n-grams: the recipe of every model that is shipped. */
export function recipeFor(language: Language, output: 'one' | 'several', size: Size, folds: number): EnsembleRecipe {
  const { mixed, characters } = VIEWS[language]
  const { terms, linearTerms, hidden } = SIZES[size]
  const network = {
    type: 'network',
    hidden: hidden[0],
    epochs: 30,
    seen: output === 'one' ? 500_000 : 300_000,
    batch: 256,
    rate: 1e-2,
    warmupRatio: 0.4,
    inputDropout: 0.8,
    hiddenDropout: 0.4,
    smoothing: 0.1,
    output
  } as const satisfies NetworkRecipe & { type: 'network' }
  return {
    output,
    folds,
    seed: SEED,
    members: [
      {
        terms: { blocks: mixed, minDocuments: 2, limit: linearTerms },
        learner: { type: 'svm', cost: 0.5, passes: 30 },
        temperature: 0.187,
        share: 1
      },
      { terms: { blocks: mixed, minDocuments: 3, limit: terms }, learner: network, temperature: 0.578, share: 1 },
      {
        terms: { blocks: characters, minDocuments: 3, limit: terms },
        learner: { ...network, hidden: hidden[1] },
        temperature: 0.592,
        share: 1
      }
    ]
  }
}
