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
    characters: [{ kind: 'across', from: 2, to: 5, weight: 1.7 }]
  },
  zh: {
    mixed: [
      { kind: 'words', from: 1, to: 2, weight: 1 },
      { kind: 'across', from: 1, to: 4, weight: 1.4 }
    ],
    characters: [{ kind: 'across', from: 1, to: 3, weight: 1.7 }]
  }
}

/** Two networks and a support vector machine on n-grams: the recipe of every model that is shipped. */
export function recipeFor(language: Language, output: 'one' | 'several', folds: number): EnsembleRecipe {
  const { mixed, characters } = VIEWS[language]
  const network = {
    type: 'network',
    hidden: 192,
    epochs: 12,
    batch: 32,
    rate: 2e-3,
    warmup: 200,
    inputDropout: 0.3,
    hiddenDropout: 0.5,
    smoothing: 0.1,
    output
  } as const satisfies NetworkRecipe & { type: 'network' }
  return {
    output,
    folds,
    seed: SEED,
    members: [
      { terms: { blocks: mixed, minDocuments: 2 }, learner: { type: 'svm', cost: 0.5, passes: 30 }, temperature: 0.187, share: 1 },
      { terms: { blocks: mixed, minDocuments: 3 }, learner: network, temperature: 0.578, share: 1 },
      {
        terms: { blocks: characters, minDocuments: 3 },
        learner: { ...network, hidden: 128, inputDropout: 0, hiddenDropout: 0.4 },
        temperature: 0.592,
        share: 1
      }
    ]
  }
}
