import type { Extractor } from '../models/features.ts'
import { sigmoids, softmax } from '../models/members.ts'
import { type Member, type ModelData, scoresOf } from '../models/model.ts'
import { createVocabulary } from '../models/vocabulary.ts'
import { type Examples, fitMember, type MemberRecipe } from './fit.ts'
import { foldsOf } from './folds.ts'
import { fitTemperature } from './temperature.ts'

export interface EnsembleRecipe {
  members: readonly MemberRecipe[]
  output: 'one' | 'several'
  /** Cross-validation for temperatures and held-out probabilities; 0: the recipe's own temperatures, and none held out. */
  folds: number
  seed: number
}

export interface Ensemble {
  data: ModelData
  /** Probabilities of each training text by members that had not seen it (nor its like); undefined without folds. */
  heldOut: Float32Array | undefined
}

/** Trains all members on all examples, after cross-validation has shown how sure each may be. */
export function trainEnsemble(
  name: string,
  examples: Examples,
  recipe: EnsembleRecipe,
  extract: Extractor,
  tell: (line: string) => void
): Ensemble {
  const { texts, labels } = examples
  let members = recipe.members
  let heldOut: Float32Array | undefined
  if (recipe.folds > 1) {
    const scores = crossValidate(examples, recipe, extract, tell)
    members = members.map((member, m) => ({
      ...member,
      temperature: fitTemperature(scores[m] ?? new Float32Array(), examples, recipe.output)
    }))
    heldOut = pool(scores, members, labels.length, recipe.output)
    tell(`${name}: temperatures ${members.map(({ temperature }) => temperature.toFixed(3)).join(' ')}`)
  }
  const fitted = members.map((member, m): Member => fitMember(member, examples, recipe.seed + m, extract))
  tell(`${name}: trained on ${texts.length} texts, ${labels.length} labels`)
  return { data: { name, labels, output: recipe.output, members: fitted, settings: {} }, heldOut }
}

/** Scores of every text by each member, trained without the text's fold. */
function crossValidate(examples: Examples, recipe: EnsembleRecipe, extract: Extractor, tell: (line: string) => void): Float32Array[] {
  const { texts, targets, labels } = examples
  const fold = foldsOf(texts, targets, labels.length, recipe.folds, recipe.seed)
  const scores = recipe.members.map(() => new Float32Array(texts.length * labels.length))
  for (let held = 0; held < recipe.folds; held++) {
    const rest = without(examples, fold, held)
    recipe.members.forEach((member, m) => {
      const fitted = fitMember(member, rest, recipe.seed + m, extract)
      const vocabulary = createVocabulary(fitted.terms, extract)
      texts.forEach((text, i) => {
        if (fold[i] === held) scores[m]?.set(scoresOf(fitted, vocabulary.vector(text)), i * labels.length)
      })
    })
    tell(`fold ${held + 1} of ${recipe.folds}`)
  }
  return scores
}

function without({ texts, targets, labels }: Examples, fold: Uint8Array, held: number): Examples {
  const kept = texts.map((_, i) => i).filter((i) => fold[i] !== held)
  const rows = new Float32Array(kept.length * labels.length)
  kept.forEach((i, at) => {
    rows.set(targets.subarray(i * labels.length, (i + 1) * labels.length), at * labels.length)
  })
  return { texts: kept.map((i) => texts[i] ?? ''), targets: rows, labels }
}

function pool(scores: readonly Float32Array[], members: readonly MemberRecipe[], labels: number, output: 'one' | 'several'): Float32Array {
  const pooled = new Float32Array(scores[0]?.length ?? 0)
  const total = members.reduce((sum, { share }) => sum + share, 0)
  const toShares = output === 'one' ? softmax : sigmoids
  members.forEach(({ temperature, share }, m) => {
    for (let at = 0; at < pooled.length; at += labels) {
      const row = toShares(scores[m]?.subarray(at, at + labels) ?? new Float32Array(labels), temperature)
      for (let c = 0; c < labels; c++) pooled[at + c] = (pooled[at + c] ?? 0) + ((row[c] ?? 0) * share) / total
    }
  })
  return pooled
}
