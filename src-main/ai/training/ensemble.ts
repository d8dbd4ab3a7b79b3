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
  /** Parts for cross-validation, which shows temperatures and thresholds; 0: the recipe's own temperatures, and none held out. */
  folds: number
  seed: number
}

export interface Ensemble {
  data: ModelData
  /** Probabilities of `judged` by members that had seen neither these texts nor their like. */
  heldOut: { judged: Examples; shares: Float32Array } | undefined
}

/**
 * Trains all members on all examples, after held-out texts have shown how sure each may be.
 *
 * @param tuning texts of the same labels that are kept out of training; without them the examples are cross-validated
 */
export function trainEnsemble(
  name: string,
  examples: Examples,
  recipe: EnsembleRecipe,
  extract: Extractor,
  tell: (line: string) => void,
  tuning?: Examples
): Ensemble {
  const crossed = tuning || recipe.folds < 2 ? undefined : crossValidate(examples, recipe, extract, tell)
  const fitted = recipe.members.map((member, m): Member => {
    const one = fitMember(member, examples, recipe.seed + m, extract)
    tell(`${name}: member ${m + 1} of ${recipe.members.length}, ${one.terms.hashes.length} terms, ${examples.texts.length} texts`)
    return one
  })
  const known = tuning ? { judged: tuning, scores: fitted.map((member) => scoresOfAll(member, tuning, extract)) } : crossed
  if (!known) return { data: { name, labels: examples.labels, output: recipe.output, members: fitted, settings: {} }, heldOut: undefined }
  const { judged, scores } = known
  const members = fitted.map((member, m) => ({
    ...member,
    temperature: fitTemperature(scores[m] ?? new Float32Array(), judged, recipe.output)
  }))
  tell(`${name}: temperatures ${members.map(({ temperature }) => temperature.toFixed(3)).join(' ')}`)
  return {
    data: { name, labels: examples.labels, output: recipe.output, members, settings: {} },
    heldOut: { judged, shares: pool(scores, members, examples.labels.length, recipe.output) }
  }
}

function scoresOfAll(member: Member, { texts, labels }: Examples, extract: Extractor): Float32Array {
  const vocabulary = createVocabulary(member.terms, extract)
  const scores = new Float32Array(texts.length * labels.length)
  texts.forEach((text, i) => {
    scores.set(scoresOf(member, vocabulary.vector(text)), i * labels.length)
  })
  return scores
}

/** So many held-out texts are enough to set a threshold by; further folds would only take time. */
const ENOUGH = 1_000

/** Scores of held-out texts by each member, fold after fold until there are {@link ENOUGH} of them. */
function crossValidate(
  examples: Examples,
  recipe: EnsembleRecipe,
  extract: Extractor,
  tell: (line: string) => void
): { judged: Examples; scores: Float32Array[] } {
  const { texts, targets, labels } = examples
  const fold = foldsOf(texts, targets, labels.length, recipe.folds, recipe.seed)
  const parts: { judged: Examples; scores: Float32Array[] }[] = []
  let judged = 0
  for (let held = 0; held < recipe.folds && judged < ENOUGH; held++) {
    const rest = part(examples, (i) => fold[i] !== held)
    const out = part(examples, (i) => fold[i] === held)
    const scores = recipe.members.map((member, m) => scoresOfAll(fitMember(member, rest, recipe.seed + m, extract), out, extract))
    parts.push({ judged: out, scores })
    judged += out.texts.length
    tell(`fold ${held + 1} of ${recipe.folds}: ${judged} texts held out so far`)
  }
  return {
    judged: { texts: parts.flatMap((one) => one.judged.texts), targets: joined(parts.map((one) => one.judged.targets)), labels },
    scores: recipe.members.map((_, m) => joined(parts.map((one) => one.scores[m] ?? new Float32Array())))
  }
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return all
}

function part({ texts, targets, labels }: Examples, belongs: (i: number) => boolean): Examples {
  const kept = texts.map((_, i) => i).filter(belongs)
  const rows = new Float32Array(kept.length * labels.length)
  kept.forEach((i, at) => {
    rows.set(targets.subarray(i * labels.length, (i + 1) * labels.length), at * labels.length)
  })
  return { texts: kept.map((i) => texts[i] ?? ''), targets: rows, labels }
}

function pool(
  scores: readonly Float32Array[],
  members: readonly Pick<Member, 'temperature' | 'share'>[],
  labels: number,
  output: 'one' | 'several'
): Float32Array {
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
