import type { ModelData } from '../models/model.ts'
import type { Source } from './train.ts'

export interface Described {
  data: ModelData
  bytes: number
  sources: readonly Source[]
}

const KINDS: Readonly<Record<string, string>> = {
  'heldOut:accuracyInScope': 'held-out texts with a label, rightly named (before any threshold)',
  'heldOut:coverage': 'held-out texts sure enough for an answer without a person',
  'heldOut:accuracyAnswered': 'of those, right',
  'heldOut:oosRecall': 'held-out texts without a label, left unknown',
  'heldOut:macroF1': 'macro-F1 on held-out texts'
}

/** The page that goes with the models: what they are made of, what they reach, what they cannot do. */
export function writeCard(models: readonly Described[]): string {
  const lines = [
    '# Model card',
    '',
    'Made by `npm run train`; the same texts give the same bytes. Do not edit this page: it is written with the models.',
    '',
    'Every model is two small networks and a support vector machine on n-grams of words and characters, in eight bits, each brought to its',
    'true confidence on held-out texts and then averaged. They run on one core without a network. Held-out figures come from texts that the',
    'judged weights had not seen, near-duplicates kept together.',
    '',
    '## Limits',
    '',
    '- They know English and Chinese (simplified and traditional) as customers of banks and insurers write and speak it; other languages come',
    '  back as unknown or as nonsense with low confidence.',
    "- The program's own texts were written by few authors. Held-out figures on them are of hard, short and indirect lines on purpose; they",
    '  say more about the order of models than about any one bank.',
    '- A mood is a reading of one line, of customers only, for a person to correct. It must not be used on employees.',
    '- No decision about a customer may rest on these outputs alone.',
    ''
  ]
  for (const { data, bytes, sources } of models) {
    lines.push(`## ${data.name}`, '', `${data.labels.length} labels, ${bytes} bytes: ${data.labels.join(', ')}.`, '')
    for (const { file, licence, attribution } of sources) lines.push(`- Trained on \`${file}\`: ${attribution}; ${licence}.`)
    for (const [name, meaning] of Object.entries(KINDS)) {
      const value = data.settings[name]
      if (value !== undefined)
        lines.push(`- ${name === 'heldOut:macroF1' ? value.toFixed(3) : `${(100 * value).toFixed(1)} %`}: ${meaning}.`)
    }
    lines.push('')
  }
  return `${lines.join('\n').trimEnd()}\n`
}
