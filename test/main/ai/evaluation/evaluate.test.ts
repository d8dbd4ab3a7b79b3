import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { evaluate } from '../../../../src-main/ai/evaluation/evaluate.ts'
import { createModelShelf } from '../../../../src-main/ai/models/shelf.ts'

const dir = mkdtempSync(join(tmpdir(), 'evaluate-'))
afterAll(() => rmSync(dir, { recursive: true }))
const file = (name: string, ...lines: string[]): string => {
  const path = join(dir, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}
const run = (task: string, path: string, train?: string, dev?: string) =>
  evaluate({
    task,
    file: path,
    ...(train === undefined ? {} : { train }),
    ...(dev === undefined ? {} : { dev }),
    resources: join(import.meta.dirname, '../../../../resources'),
    models: createModelShelf(join(dir, 'none'), () => undefined),
    tell: () => undefined
  })

describe('evaluating', () => {
  it('judges the taxonomy by its own labels, oos and unknown alike', () => {
    const path = file(
      'intent.tsv',
      'text\tintent',
      'what is my account balance\tbalance',
      'sing me a song\toos',
      'I lost my credit card\tfees'
    )
    const figures = run('intent', path)
    expect(figures).toMatchObject({ task: 'intent', file: 'intent.tsv', n: 3, model: 'taxonomy', accuracyInScope: 0.5, oosRecall: 1 })
    expect(figures['accuracy']).toBeCloseTo(2 / 3, 3)
    expect(figures['msP99']).toBeGreaterThanOrEqual(Number(figures['msMedian']))
  })

  it('trains on a file first when told to, and then knows its labels', () => {
    const texts = (label: string, words: string[]) =>
      words.flatMap((word) => [`please ${word} it`, `can you ${word} that`, `${word} now`].map((text) => `${text}\t${label}`))
    const rows = [
      ...texts('paint', ['paint', 'repaint', 'colour']),
      ...texts('cook', ['cook', 'boil', 'fry']),
      ...texts('oos', ['sleep', 'swim', 'fly'])
    ]
    const train = file('train.tsv', 'text\tintent', ...rows)
    const figures = run('intent', file('test.tsv', 'text\tintent', 'would you paint the wall\tpaint', 'boil the egg\tcook'), train)
    expect(figures).toMatchObject({ n: 2, model: 'trained', oosRecall: null })
    expect(figures['modelBytes']).toBeGreaterThan(100)
  })

  it('sets thresholds on a file kept out of training, whose labels must be known', () => {
    const train = file(
      't2.tsv',
      'text\tintent',
      ...['red', 'reds', 'reddish'].map((x) => `${x} paint\tred`),
      ...['blue', 'blues', 'bluish'].map((x) => `${x} sky\tblue`)
    )
    const test = file('t3.tsv', 'text\tintent', 'red\tred')
    expect(run('intent', test, train, file('d2.tsv', 'text\tintent', 'reddish\tred', 'blue\tblue'))).toMatchObject({
      n: 1,
      accuracy: 1,
      coverage: 1
    })
    expect(() => run('intent', test, train, file('d3.tsv', 'text\tintent', 'green\tgreen'))).toThrowError(
      expect.objectContaining({ code: 'unknown-labels' })
    )
    expect(() => run('intent', test, file('t4.tsv', 'text\tintent', 'a\tred', 'b\tred'))).toThrowError(
      expect.objectContaining({ code: 'one-sided' })
    )
  })

  it('trains moods and dissatisfaction on the spot too', () => {
    const moods = ['lovely day', 'lovely food', 'so lovely', 'lovely people'].map((text) => `${text}\tjoy`)
    const others = ['awful day', 'awful food', 'so awful', 'awful people'].map((text) => `${text}\tanger,disgust`)
    const train = file('m1.tsv', 'text\temotions', ...moods, ...others)
    expect(run('mood', file('m2.tsv', 'text\temotions', 'lovely\tjoy', 'awful\tanger,disgust'), train)).toMatchObject({
      macroF1: 1,
      accuracy: 1,
      strainedF1: 1
    })
    const rated = (text: string, rating: string) => `a\tuser\t${text}\t${rating}`
    const head = 'dialogue\tspeaker\ttext\tsatisfaction'
    const turns = file(
      's1.tsv',
      head,
      ...['wrong again', 'no, wrong', 'wrong hotel'].map((text) => rated(text, '2')),
      ...['book it', 'book a table', 'yes book'].map((text) => rated(text, '3.7'))
    )
    expect(run('satisfaction', file('s2.tsv', head, rated('wrong one', '2.2'), rated('book this', '4')), turns)).toMatchObject({
      n: 2,
      auc: 1
    })
  })

  it('compares moods of foreign labels by the three-way view', () => {
    const path = file(
      'mood.tsv',
      'text\temotion',
      'I am furious, you liars\tangry',
      'thank you so much, very helpful\thappy',
      'my number is four\tneutral'
    )
    expect(run('mood', path)).toMatchObject({ n: 3, model: 'taxonomy', macroF1: 1, strainedF1: 1, threeWayF1: 1 })
  })

  it('ranks turns by dissatisfaction and pairs by likeness', () => {
    const turns = file(
      's.tsv',
      'dialogue\tspeaker\ttext\tsatisfaction',
      'a\tuser\tthis is useless, I am fed up\t1.5',
      'a\tsystem\tsorry\t',
      'a\tuser\tthat is perfect, thanks\t4'
    )
    expect(run('satisfaction', turns)).toMatchObject({ n: 2, auc: 1 })
    const pairs = file('p.tsv', 'a\tb\tsame', '怎么提前还款\t提前还款怎么办\t1', '怎么提前还款\t额度多少\t0')
    expect(run('paraphrase', pairs)).toMatchObject({ n: 2, auc: 1, bestF1: 1 })
  })

  it('finds articles of the knowledge base', () => {
    const path = file('r.tsv', 'question\tarticle', 'what is my account balance\tkb-balance-en')
    expect(run('retrieval', path)).toMatchObject({ n: 1, top3: 1 })
  })

  it.each([
    ['unknown-task', 'tea', () => file('a.tsv', 'text\tintent', 'x\tbalance')],
    ['no-file', 'intent', () => join(dir, 'nowhere.tsv')],
    ['empty', 'intent', () => file('empty.tsv')],
    ['empty', 'intent', () => file('header.tsv', 'text\tintent')],
    ['missing-column', 'intent', () => file('b.tsv', 'text\tlabel', 'x\tbalance')],
    ['missing-column', 'mood', () => file('c.tsv', 'text\tfeeling', 'x\tcalm')],
    ['bad-row', 'intent', () => file('d.tsv', 'text\tintent', 'no tab here')],
    ['unknown-labels', 'intent', () => file('e.tsv', 'text\tintent', 'x\tsome_label')],
    ['unknown-labels', 'mood', () => file('f.tsv', 'text\tmood', 'x\tsome_label')],
    ['unknown-labels', 'retrieval', () => file('g.tsv', 'question\tarticle', 'x\tkb-none')],
    ['bad-value', 'paraphrase', () => file('h.tsv', 'a\tb\tsame', 'x\ty\tmaybe')],
    ['bad-value', 'satisfaction', () => file('i.tsv', 'dialogue\tspeaker\ttext\tsatisfaction', 'a\tuser\tx\tnine')],
    ['empty', 'satisfaction', () => file('j.tsv', 'dialogue\tspeaker\ttext\tsatisfaction', 'a\tsystem\tx\t')],
    ['one-sided', 'paraphrase', () => file('k.tsv', 'a\tb\tsame', 'x\ty\t1')]
  ])('says %s when %s gets a bad order or file', (code, task, path) => {
    expect(() => run(task, path())).toThrowError(expect.objectContaining({ name: 'EvaluationError', code }))
  })

  it('names line and file', () => {
    expect(() => run('intent', file('l.tsv', 'text\tintent', 'fine\tbalance', '', 'torn'))).toThrowError(/l\.tsv, line 4: 1 of 2 columns/)
  })

  it('refuses what is not UTF-8', () => {
    const path = join(dir, 'm.tsv')
    writeFileSync(path, Buffer.from([0x74, 0xff, 0xfe, 0x0a]))
    expect(() => run('intent', path)).toThrowError(expect.objectContaining({ code: 'not-text' }))
  })
})
