import type { Extractor } from '../models/features.ts'
import type { Member } from '../models/model.ts'
import { createVocabulary } from '../models/vocabulary.ts'
import { type NetworkRecipe, trainNetwork } from './network.ts'
import { type SvmRecipe, trainSvm } from './svm.ts'
import { countTerms, type TermsRecipe } from './terms.ts'

/** How one member of an ensemble is trained. */
export interface MemberRecipe {
  terms: TermsRecipe
  learner: ({ type: 'svm' } & SvmRecipe) | ({ type: 'network' } & NetworkRecipe)
  temperature: number
  share: number
}

/** Texts and what each is: one row of `labels.length` shares a text. */
export interface Examples {
  texts: readonly string[]
  targets: Float32Array
  labels: readonly string[]
}

/** Trains one member; the result is quantised as it will be shipped. */
export function fitMember(recipe: MemberRecipe, examples: Examples, seed: number, extract: Extractor): Member {
  const { texts, targets, labels } = examples
  const terms = countTerms(texts, recipe.terms, extract)
  const vocabulary = createVocabulary(terms, extract)
  const vectors = texts.map(vocabulary.vector)
  const { learner } = recipe
  const layers =
    learner.type === 'svm'
      ? [trainSvm(vectors, targets, vocabulary.size, labels.length, learner, seed)]
      : trainNetwork(vectors, targets, vocabulary.size, labels.length, learner, seed)
  return { terms, layers, temperature: recipe.temperature, share: recipe.share }
}
