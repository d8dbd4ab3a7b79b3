import { expect, test } from 'vitest'
import { createExtractor } from '../../../../src-main/ai/models/features.ts'
import { encodeModel } from '../../../../src-main/ai/models/file.ts'
import { createModel } from '../../../../src-main/ai/models/model.ts'
import { trainRetrieval } from '../../../../src-main/ai/training/retrieval.ts'

const said = [
  ...['my card is gone', 'I lost my card', 'card stolen', 'somebody took my card'].map((text) => ({ text, label: 'card_lost' })),
  ...['what interest do you pay', 'interest on savings', 'the rate for savings'].map((text) => ({ text, label: 'interest_rates' })),
  ...['nice weather', 'who won the game'].map((text) => ({ text, label: 'unknown' }))
]
const questions = [
  { text: 'wallet vanished on the tram', label: 'card_lost' },
  { text: 'vanished wallet', label: 'card_lost' }
]

test('questions about articles teach words that customers did not use, and the same texts give the same bytes', () => {
  const extract = createExtractor()
  const data = trainRetrieval('retrieval-en', 'en', said, questions, extract)
  expect(encodeModel(trainRetrieval('retrieval-en', 'en', said, questions, extract))).toEqual(encodeModel(data))
  const model = createModel(data, extract)
  const shares = model.probabilities('my wallet vanished')
  expect(model.labels[shares.indexOf(Math.max(...shares))]).toBe('card_lost')
})
