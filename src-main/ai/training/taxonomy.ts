import type { Language } from '../../../src-shared/taxonomy.ts'
import { lexiconScores } from '../intent/by-model.ts'
import { createWeigh } from '../intent/score.ts'
import type { Extractor } from '../models/features.ts'
import type { ModelData } from '../models/model.ts'
import { lexiconMoods } from '../mood/by-model.ts'
import { createSignsOfMood } from '../mood/score.ts'
import { createReader } from '../text/reading.ts'
import { trainEnsemble } from './ensemble.ts'
import { fitFusion } from './fusion.ts'
import { examplesOf, judge, type Labelled } from './intents.ts'
import { recipeFor, type Size } from './recipes.ts'
import { answerThreshold, figuresAt, unknownThreshold } from './thresholds.ts'

const FOLDS = 5
/** Held out, what is answered without a person must be right this often. The held-out lines are hard on purpose: on plain ones it is more. */
const PRECISION = 0.94
const UNKNOWN_RECALL = 0.74
/** Less than this is a guess, whatever held-out texts say. */
const LEAST_CONFIDENCE = 0.45

/** The bank's own intents in one language: an ensemble, joined with the lexicon. */
export function trainTaxonomyIntents(
  rows: readonly Labelled[],
  language: Language,
  extract: Extractor,
  tell: (line: string) => void
): ModelData {
  const read = createReader()
  const weigh = createWeigh()
  return trainJoined(
    `intent-${language}`,
    rows,
    language,
    'large',
    (text, labels) => lexiconScores(weigh(read(text)), labels),
    extract,
    tell
  )
}

/** Customers' moods in one language, joined likewise. */
export function trainTaxonomyMoods(
  rows: readonly Labelled[],
  language: Language,
  extract: Extractor,
  tell: (line: string) => void
): ModelData {
  const read = createReader()
  const signs = createSignsOfMood()
  return trainJoined(`mood-${language}`, rows, language, 'small', (text, labels) => lexiconMoods(signs(read(text)), labels), extract, tell)
}

function trainJoined(
  name: string,
  rows: readonly Labelled[],
  language: Language,
  size: Size,
  lexicon: (text: string, labels: readonly string[]) => Float32Array,
  extract: Extractor,
  tell: (line: string) => void
): ModelData {
  const labels = [...new Set(rows.map(({ label }) => label))].sort()
  const examples = examplesOf(rows, labels)
  const { data, heldOut } = trainEnsemble(name, examples, recipeFor(language, 'one', size, FOLDS), extract, tell)
  if (!heldOut) throw new Error('The recipe has no folds.')
  const { fusion, fused } = fitFusion(
    heldOut.shares,
    heldOut.judged.texts.map((text) => lexicon(text, labels)),
    heldOut.judged.targets
  )
  const judged = judge(heldOut.judged, fused, 'unknown')
  const thresholds = {
    answer: answerThreshold(judged, PRECISION),
    unknown: Math.max(LEAST_CONFIDENCE, unknownThreshold(judged, UNKNOWN_RECALL))
  }
  const settings = {
    'fusion:model': fusion.model,
    'fusion:lexicon': fusion.lexicon,
    ...thresholds,
    ...figuresAt(judged, thresholds)
  }
  tell(`${name}: ${JSON.stringify(settings)}`)
  return { ...data, settings }
}
