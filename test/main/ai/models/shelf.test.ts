import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAi } from '../../../../src-main/ai/index.ts'
import { createExtractor } from '../../../../src-main/ai/models/features.ts'
import { decodeModel, encodeModel, ModelFileError } from '../../../../src-main/ai/models/file.ts'
import { createModelShelf } from '../../../../src-main/ai/models/shelf.ts'
import { trainIntents } from '../../../../src-main/ai/training/intents.ts'

const dir = mkdtempSync(join(tmpdir(), 'models-'))
const rows = ['lost card', 'my card is lost', 'card lost today', 'lost it'].map((text) => ({ text, label: 'card_lost' }))
const others = ['hello there', 'nice weather', 'good morning', 'what a day'].map((text) => ({ text, label: 'unknown' }))
const order = { name: 'intent-en', unknown: 'unknown', folds: 0, precision: 1, recall: 0 }
const bytes = encodeModel(trainIntents([...rows, ...others], order, createExtractor(), () => undefined))

beforeAll(() => writeFileSync(join(dir, 'intent-en.bin'), bytes))
afterAll(() => rmSync(dir, { recursive: true }))

describe('model files', () => {
  it('come back as they were written', () => {
    expect(encodeModel(decodeModel(bytes))).toEqual(bytes)
  })

  it('are refused when they are something else, cut or changed', () => {
    expect(() => decodeModel(new TextEncoder().encode('hello, this is no model'))).toThrowError(
      expect.objectContaining({ reason: 'not-a-model' })
    )
    expect(() => decodeModel(bytes.subarray(0, 5))).toThrowError(ModelFileError)
    expect(() => decodeModel(bytes.subarray(0, bytes.length - 8))).toThrowError(expect.objectContaining({ reason: 'damaged' }))
    const changed = bytes.slice()
    changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 1
    expect(() => decodeModel(changed)).toThrowError(expect.objectContaining({ reason: 'damaged' }))
  })
})

describe('the shelf of models', () => {
  it('opens a model once and knows its size', () => {
    const shelf = createModelShelf(dir, () => undefined)
    expect(shelf.model('intent-en')).toBe(shelf.model('intent-en'))
    expect(shelf.bytes('intent-en')).toBe(bytes.length)
  })

  it('tells once of a file that is missing or damaged, and the lexicon answers', () => {
    writeFileSync(join(dir, 'mood-en.bin'), bytes.subarray(0, 100))
    const lines: string[] = []
    const ai = createAi(createModelShelf(dir, (line) => lines.push(line)))
    const alone = createAi()
    for (const text of ['I am furious', 'thank you so much']) expect(ai.mood(text)).toEqual(alone.mood(text))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/mood-en\.bin is not used: .*checksum/)
    expect(ai.intent('我的卡丢了')).toEqual(alone.intent('我的卡丢了'))
    expect(lines.at(-1)).toMatch(/intent-zh\.bin cannot be read \(ENOENT\)/)
    expect(lines).toHaveLength(2)
  })
})
