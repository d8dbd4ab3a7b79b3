import { describe, expect, it } from 'vitest'
import { Composer } from '../../../src-renderer/conversation/composer.svelte.ts'
import { attentionOf, strongest, surenessOf } from '../../../src-renderer/copilot/attention.ts'
import { SayThis } from '../../../src-renderer/copilot/say-this.svelte.ts'
import { riskOf } from '../../../src-renderer/customer/customer.ts'
import type { CopilotCard } from '../../../src-shared/contract/copilot.ts'
import type { Channel } from '../../../src-shared/taxonomy.ts'

const NOW = 10_000_000
const card = (over: Partial<CopilotCard> = {}): CopilotCard => ({
  conversationId: 'c1',
  humanOnly: false,
  material: [],
  checks: [],
  summary: '',
  entities: [],
  tookMs: 1,
  ...over
})
const full = card({
  alert: 'new_payee',
  checks: [{ check: 'no_forbidden_promise', state: 'broken', quote: 'guaranteed', entryId: 'e1' }],
  mood: { mood: 'angry', confidence: 0.9, entryId: 'e2', at: NOW - 1_000 },
  humanOnly: true,
  intent: { intent: 'complaint', confidence: 0.9, why: [] }
})

describe('the one attention card', () => {
  it('puts risk before rules, rules before mood, mood before topic', () => {
    const seen: string[] = []
    const dismissed = new Set<string>()
    for (let next = attentionOf(full, NOW, dismissed); next; next = attentionOf(full, NOW, dismissed)) {
      seen.push(next.type)
      dismissed.add(next.id)
    }
    expect(seen).toEqual(['alert', 'broken', 'mood', 'humanOnly'])
  })
  it('lets a mood expire and never calls a worried customer strained', () => {
    const angry = card({ mood: { mood: 'angry', confidence: 0.9, entryId: 'e2', at: NOW } })
    expect(attentionOf(angry, NOW + 119_999, new Set())?.type).toBe('mood')
    expect(attentionOf(angry, NOW + 120_000, new Set())).toBeUndefined()
    expect(attentionOf(card({ mood: { mood: 'worried', confidence: 1, entryId: 'e', at: NOW } }), NOW, new Set())).toBeUndefined()
  })
  it('comes back for the next breach after one was put away', () => {
    const put = new Set([attentionOf(card({ checks: full.checks }), NOW, new Set())?.id ?? ''])
    const again = card({ checks: [{ check: 'no_forbidden_promise', state: 'broken', entryId: 'e9' }] })
    expect(attentionOf(again, NOW, put)?.type).toBe('broken')
  })
})

describe('how sure the machine is', () => {
  it('is a word with fixed borders', () => {
    expect([0.8, 0.79, 0.55, 0.54].map(surenessOf)).toEqual(['sure', 'likely', 'likely', 'guess'])
  })
  it('names the words that weighed most, also those against', () => {
    const words = (why: [string, number][], count: number) =>
      strongest(
        why.map(([words, weight]) => ({ words, weight })),
        count
      ).map((one) => one.words)
    expect(
      words(
        [
          ['fee', 0.1],
          ['lost', -2],
          ['my card', 1]
        ],
        2
      )
    ).toEqual(['my card', 'lost'])
    expect(
      words(
        [
          ['balance', 3],
          ['my balance', 2],
          ['tell me my balance', 1],
          ['rent', 0.5]
        ],
        3
      )
    ).toEqual(['tell me my balance', 'rent'])
  })
})

describe('say this', () => {
  const suggestion = { articleId: 'a1', title: 'Fees', say: 'The fee is waived.', passage: '', confidence: 0.8 }
  function bench(channel: Channel, stored: unknown = {}) {
    const sent: string[] = []
    const rated: unknown[] = []
    const composer = new Composer(
      channel,
      { send: async (mode, text) => sent.push(`${mode}: ${text}`), loadDraft: async () => undefined, saveDraft: async () => ({}) },
      () => () => undefined
    )
    const sayThis = new SayThis(
      {
        rate: async (...rating) => {
          rated.push(rating)
          return stored
        }
      },
      composer
    )
    return { composer, sayThis, sent, rated }
  }
  it('accepted in writing goes into the box and waits for the agent', async () => {
    const { composer, sayThis, sent, rated } = bench('chat')
    await sayThis.accept(suggestion)
    expect([composer.text, sent, rated]).toEqual([suggestion.say, [], [['a1', 'accepted', undefined]]])
  })
  it('accepted on a call counts as said', async () => {
    const { composer, sayThis, sent } = bench('voice')
    await sayThis.accept(suggestion)
    expect([sent, composer.text]).toEqual([[`said: ${suggestion.say}`], ''])
  })
  it('on a call never sends words that the agent had begun', async () => {
    const { composer, sayThis, sent } = bench('voice')
    composer.text = 'I think'
    await sayThis.accept(suggestion)
    expect([sent, composer.text]).toEqual([[], `I think ${suggestion.say}`])
  })
  it('is rated once; other words of the same article are another suggestion', async () => {
    const { sayThis, rated } = bench('chat')
    await sayThis.reject(suggestion, 'wrong_topic')
    await sayThis.accept(suggestion)
    expect(rated).toEqual([['a1', 'rejected', 'wrong_topic']])
    expect(sayThis.open(suggestion)).toBeUndefined()
    expect(sayThis.open({ ...suggestion, say: 'Anew' })).toBeDefined()
  })
  it('can be rated again when the rating could not be stored', async () => {
    const { sayThis } = bench('chat', null)
    const failing = new SayThis({ rate: async () => undefined }, bench('chat').composer)
    await sayThis.edit(suggestion)
    await failing.edit(suggestion)
    expect([sayThis.ratedAs(suggestion), failing.ratedAs(suggestion)]).toEqual(['edited', undefined])
  })
})

describe('the risk grade', () => {
  it('holds until its day and says when it expired', () => {
    expect(riskOf({ riskGrade: 'C3', riskGradeUntil: NOW }, NOW)).toEqual({ state: 'valid', grade: 'C3', until: NOW })
    expect(riskOf({ riskGrade: 'C3', riskGradeUntil: NOW - 1 }, NOW)).toMatchObject({ state: 'expired' })
    expect(riskOf({}, NOW)).toEqual({ state: 'none' })
  })
})
