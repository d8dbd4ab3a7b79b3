import type { Language } from '../../../src-shared/taxonomy.ts'
import type { Block, Extractor } from '../models/features.ts'
import type { ModelData } from '../models/model.ts'
import { fitMember, type MemberRecipe } from './fit.ts'
import { examplesOf, type Labelled } from './intents.ts'

const SEED = 20_261
const BLOCKS: Readonly<Record<Language, readonly Block[]>> = {
  en: [
    { kind: 'words', from: 1, to: 2, weight: 1 },
    { kind: 'within', from: 2, to: 5, weight: 1.4 }
  ],
  zh: [
    { kind: 'words', from: 1, to: 2, weight: 1 },
    { kind: 'across', from: 1, to: 4, weight: 1.4 }
  ]
}
/** Questions about what an article says are few beside what customers say in general: each counts this often. */
const QUESTIONS_COUNT = 3

/**
 * The model that says which topic a question belongs to, whatever words it uses: its shares are the vector by which articles are found.
 * A support vector machine alone, since it is asked for every line and need not be calibrated.
 *
 * @param said what customers say, by intent, `unknown` included
 * @param questions questions that an article answers, by the article's intent
 */
export function trainRetrieval(
  name: string,
  language: Language,
  said: readonly Labelled[],
  questions: readonly Labelled[],
  extract: Extractor
): ModelData {
  const rows = [...said, ...Array.from({ length: QUESTIONS_COUNT }, () => questions).flat()]
  const labels = [...new Set(rows.map(({ label }) => label))].sort()
  const recipe: MemberRecipe = {
    terms: { blocks: BLOCKS[language], minDocuments: 2 },
    learner: { type: 'svm', cost: 0.3, passes: 12 },
    temperature: 0.187,
    share: 1
  }
  const member = fitMember(recipe, examplesOf(rows, labels), SEED, extract)
  return { name, labels, output: 'one', members: [member], settings: {} }
}
