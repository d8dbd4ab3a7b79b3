import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadScenarios, PracticeContentError } from '../../../../src-main/practice/scenarios/load.ts'
import { PRACTICE_DIR } from './practice-dir.ts'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'practice-'))
  mkdirSync(join(dir, 'scenarios'))
  for (const part of [
    'customers.json',
    'articles.json',
    'scenarios/en-balance.json',
    'scenarios/zh-balance.json',
    'voices/en-balance',
    'voices/zh-balance',
    'parties.json',
    'voices/en-colleague',
    'voices/en-customer',
    'voices/zh-colleague',
    'voices/zh-customer'
  ]) {
    cpSync(join(PRACTICE_DIR, part), join(dir, part), { recursive: true })
  }
})
afterEach(() => rmSync(dir, { recursive: true }))

/** Changes one JSON file of the copy; its content is whatever the test makes of it. */
function change(file: string, edit: (content: string) => string): void {
  const before = readFileSync(join(dir, file), 'utf8')
  const after = edit(before)
  expect(after).not.toBe(before)
  writeFileSync(join(dir, file), after)
}

function failure(): PracticeContentError {
  try {
    loadScenarios(dir)
  } catch (error) {
    if (error instanceof PracticeContentError) return error
    throw error
  }
  throw new Error('it loaded')
}

describe('reading the practice content', () => {
  it('gives scenarios in order, with defaults filled in', () => {
    const { scenarios } = loadScenarios(dir)
    expect(scenarios.map((scenario) => scenario.id)).toEqual(['en-balance', 'zh-balance'])
    expect(scenarios[0]?.priority).toBe(0)
    expect(scenarios[0]?.steps[0]?.patienceMs).toBe(25_000)
  })

  it('names file and field of a value that is not allowed', () => {
    change('scenarios/zh-balance.json', (json) => json.replace('"intent": "balance"', '"intent": "weather"'))
    expect(failure()).toMatchObject({ file: 'scenarios/zh-balance.json', field: 'intent' })
    expect(failure().message).toContain('scenarios/zh-balance.json: intent:')
  })

  it('wants a voice for everybody who can be dialled', () => {
    rmSync(join(dir, 'voices/zh-colleague/nudge.ulaw'))
    expect(failure()).toMatchObject({ file: 'parties.json', field: 'line nudge' })
  })

  it('names the place inside a list', () => {
    change('customers.json', (json) => json.replace('"segment": "plus"', '"segment": "gold"'))
    expect(failure()).toMatchObject({ file: 'customers.json', field: '0.segment' })
    change('customers.json', (json) => json.replace('"segment": "gold"', '"segment": "plus"'))
    change('articles.json', (json) => json.replace('"revision": 1', '"revision": "1"'))
    expect(failure()).toMatchObject({ file: 'articles.json', field: '0.revision' })
  })

  it('refuses a customer nobody knows', () => {
    change('scenarios/en-balance.json', (json) => json.replace('cus-en-01', 'cus-en-99'))
    expect(failure()).toMatchObject({ file: 'scenarios/en-balance.json', field: 'customerId' })
  })

  it('refuses the same id twice', () => {
    change('scenarios/en-balance.json', (json) => json.replace('"id": "step-2"', '"id": "step-1"'))
    expect(failure()).toMatchObject({ file: 'scenarios/en-balance.json', field: 'line step-1' })
    change('customers.json', (json) => json.replace('"cus-en-02"', '"cus-en-01"'))
    expect(failure()).toMatchObject({ file: 'customers.json', field: '1.customerId' })
  })

  it('refuses a scenario in the file of another', () => {
    change('scenarios/en-balance.json', (json) => json.replace('"id": "en-balance"', '"id": "zh-balance"'))
    expect(failure()).toMatchObject({ file: 'scenarios/en-balance.json', field: 'id' })
  })

  it('refuses a voice scenario one of whose lines has no voice, and lets a written one be', () => {
    rmSync(join(dir, 'voices/en-balance/step-2.ulaw'))
    expect(failure()).toMatchObject({ file: 'scenarios/en-balance.json', field: 'line step-2' })
    for (const id of ['en-balance', 'zh-balance']) rmSync(join(dir, 'voices', id), { recursive: true })
    expect(failure()).toMatchObject({ file: 'scenarios/en-balance.json', field: 'line opening' })
    for (const id of ['en-balance', 'zh-balance']) change(`scenarios/${id}.json`, (json) => json.replace('["voice", "chat"]', '["chat"]'))
    expect(loadScenarios(dir).scenarios).toHaveLength(2)
  })

  it('says which file is missing or is not JSON', () => {
    change('scenarios/en-balance.json', (json) => json.slice(0, -20))
    expect(failure()).toMatchObject({ file: 'scenarios/en-balance.json', field: '(file)' })
    rmSync(join(dir, 'articles.json'))
    expect(failure().message).toBe('articles.json: (file): is missing')
    rmSync(join(dir, 'scenarios'), { recursive: true })
    cpSync(join(PRACTICE_DIR, 'articles.json'), join(dir, 'articles.json'))
    expect(failure()).toMatchObject({ file: 'scenarios', field: '(folder)' })
  })
})
