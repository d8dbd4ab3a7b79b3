import { describe, expect, it } from 'vitest'
import { createExtractor } from '../../../../src-main/ai/models/features.ts'
import { decodeModel, encodeModel } from '../../../../src-main/ai/models/file.ts'
import { createModel } from '../../../../src-main/ai/models/model.ts'
import { trainEmotions } from '../../../../src-main/ai/training/emotions.ts'
import { foldsOf } from '../../../../src-main/ai/training/folds.ts'
import { fitFusion } from '../../../../src-main/ai/training/fusion.ts'
import { trainIntents } from '../../../../src-main/ai/training/intents.ts'
import { fitTemperature } from '../../../../src-main/ai/training/temperature.ts'
import { answerThreshold, unknownThreshold } from '../../../../src-main/ai/training/thresholds.ts'

const TOPICS = {
  lost: ['my card is lost', 'i lost the card', 'card gone missing', 'lost my bank card', 'the card went missing', 'cannot find my card'],
  rate: [
    'what is the rate',
    'interest rate please',
    'how high is interest',
    'rates of interest',
    'tell me the rate',
    'which interest do you pay'
  ],
  hours: ['when do you open', 'opening hours', 'are you open today', 'closing time please', 'when do you close', 'hours of the branch']
}
const rows = Object.entries(TOPICS).flatMap(([label, texts]) => texts.map((text) => ({ text, label })))
const order = { name: 'small', unknown: '', folds: 2, precision: 0.9, recall: 0 }
const extract = createExtractor()
const train = () => trainIntents(rows, order, extract, () => undefined)

describe('training', () => {
  it('gives the same bytes for the same texts', () => {
    expect(encodeModel(train())).toEqual(encodeModel(train()))
  })

  it('learns what tells labels apart, and which words said so', () => {
    const model = createModel(decodeModel(encodeModel(train())), extract)
    const answer = (text: string) =>
      model.labels[model.probabilities(text).reduce((top, share, i, all) => (share > (all[top] ?? 0) ? i : top), 0)]
    expect(['i have lost it', 'what interest', 'open when'].map(answer)).toEqual(['lost', 'rate', 'hours'])
    const text = 'so what interest'
    const weights = model.weights(text, model.labels.indexOf('rate'))
    const worth = (from: number, to: number) =>
      weights.reduce((sum, { start, end, weight }) => sum + (start >= from && end <= to ? weight : 0), 0)
    expect(worth(8, 16)).toBeGreaterThan(worth(0, 2))
  })

  it('learns several labels at once, each with a threshold of its own', () => {
    const data = trainEmotions(
      rows.map(({ text, label }) => ({ text, labels: new Set(label === 'hours' ? ['rate', 'lost'] : [label]) })),
      { name: 'several', folds: 2 },
      extract,
      () => undefined
    )
    expect(data.labels).toEqual(['lost', 'rate'])
    for (const label of data.labels) expect(data.settings[`at:${label}`]).toBeGreaterThan(0)
  })
})

describe('folds', () => {
  it('keep texts together that differ only in order, case and numbers', () => {
    const texts = ['Pay 20 dollars now', 'now pay 3000 dollars', 'something else', 'a third', 'a fourth', 'a fifth']
    for (let seed = 0; seed < 20; seed++) {
      const fold = foldsOf(texts, new Float32Array(6).fill(1), 1, 3, seed)
      expect(fold[0]).toBe(fold[1])
    }
  })

  it('hold out the same share of every label', () => {
    const texts = Array.from({ length: 40 }, (_, i) => `text ${String.fromCharCode(97 + (i % 20))}${i < 20 ? 'x' : 'y'}`)
    const targets = Float32Array.from({ length: 80 }, (_, i) => ((i >> 1) % 2 === i % 2 ? 1 : 0))
    const fold = foldsOf(texts, targets, 2, 4, 1)
    for (let label = 0; label < 2; label++)
      for (let f = 0; f < 4; f++) expect([...fold].filter((value, i) => value === f && i % 2 === label)).toHaveLength(5)
  })
})

describe('calibration', () => {
  it('cools scores that are surer than right', () => {
    const labels = ['a', 'b']
    const scores = new Float32Array(200).map((_, i) => (i % 2 === 0 ? 4 : 0))
    // Three of four are right: odds of 3 want a difference of ln 3.
    const targets = new Float32Array(200).map((_, i) => ((Math.floor(i / 2) % 4 === 0) === (i % 2 === 0) ? 0 : 1))
    expect(4 / fitTemperature(scores, { targets, labels }, 'one')).toBeCloseTo(Math.log(3), 1)
  })

  it('chooses the lowest confidence that keeps the promise', () => {
    const judged = [0.9, 0.8, 0.7, 0.6].map((confidence, i) => ({ confidence, right: i !== 2, inScope: true }))
    expect(answerThreshold(judged, 1)).toBe(0.8)
    expect(answerThreshold(judged, 0.75)).toBe(0.6)
    expect(answerThreshold([{ confidence: 0.9, right: false, inScope: true }], 0.9)).toBeGreaterThan(1)
    const outside = [0.1, 0.2, 0.3, 0.4].map((confidence) => ({ confidence, right: false, inScope: false }))
    expect(outside.filter(({ confidence }) => confidence < unknownThreshold(outside, 0.75))).toHaveLength(3)
  })

  it('listens to a lexicon that helps and not to one that does not', () => {
    const targets = Float32Array.from([1, 0, 0, 1, 1, 0, 0, 1])
    const shares = new Float32Array(8).fill(0.5)
    const helpful = [0, 1, 0, 1].map((at) => Float32Array.from(at === 0 ? [3, 0] : [0, 3]))
    const wrong = [1, 0, 1, 0].map((at) => Float32Array.from(at === 0 ? [3, 0] : [0, 3]))
    expect(fitFusion(shares, helpful, targets).fusion.lexicon).toBeGreaterThan(0.5)
    expect(fitFusion(shares, wrong, targets).fusion.lexicon).toBe(0)
  })
})
