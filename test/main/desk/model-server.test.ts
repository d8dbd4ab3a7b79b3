import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAi } from '../../../src-main/ai/index.ts'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents, type EventBuilder } from '../../build/events.ts'
import { fails, type ScriptedModelServer, silent, startScriptedModelServer, words } from '../../fakes/model-server.ts'

const ASKED = 'I lost my card, when does the replacement card arrive and what is the fee?'
const SAY = 'Replacement cards arrive within 5 working days. The fee is £6.'
const BETTER = 'I understand you need it soon. Replacement cards arrive within 5 working days, and the fee is £6.'

let server: ScriptedModelServer
let bench: Bench
let events: EventBuilder
let audited: [string, Record<string, string>][]
const card = () => bench.client.copilot.card({ conversationId: 'c1' })
const settingsOf = (more: object = {}) => ({ on: true, url: server.url, model: 'small', deadlineMs: 5_000, key: 'sk-secret-1', ...more })
const outcomes = () => bench.written.filter(({ event }) => event === 'model server').map(({ detail }) => detail?.['outcome'])

beforeEach(async () => {
  server = await startScriptedModelServer(words(BETTER, 'S1'))
  audited = []
  bench = buildDesk({ ai: createAi(), audit: (act, detail) => audited.push([act, detail]) })
  events = buildEvents(bench.timers.now() - 60_000)
  events.chat({ conversationId: 'c1' })
  events.add('article.published', {
    articleId: 'a1',
    revision: 1,
    language: 'en',
    title: 'Replacement cards',
    intents: ['card_lost'],
    say: SAY,
    body: 'Replacement cards arrive within 5 working days. The fee is £6.',
    updatedAt: 1
  })
  events.said('c1', ASKED)
  await settle()
  await bench.line.publish(...events.all)
})
afterEach(async () => {
  bench.close()
  await server.close()
})

describe('off', () => {
  test('is how a desk starts, and nothing is asked', async () => {
    expect(await bench.client.modelServer.settings()).toEqual({ on: false, url: '', model: '', deadlineMs: 4_000, hasKey: false })
    expect(await card()).toMatchObject({ suggestion: { say: SAY } })
    expect((await card()).wording).toBeUndefined()
    expect(server.requests).toHaveLength(0)
  })
})

describe('a suggestion', () => {
  test('is there at once in its own words, and in better ones when they come; asked for once', async () => {
    await bench.client.modelServer.save(settingsOf())
    const stop = new AbortController()
    const changes = (await bench.client.live.changes(undefined, { signal: stop.signal }))[Symbol.asyncIterator]()
    await changes.next()
    const first = await card()
    expect(first).toMatchObject({ suggestion: { say: SAY } })
    expect(first.wording).toBeUndefined()
    expect(await changes.next()).toMatchObject({ value: [{ topic: 'conversation:c1' }] })
    stop.abort()
    expect(await card()).toMatchObject({ suggestion: { say: SAY }, wording: { by: 'model', say: BETTER } })
    await bench.line.publish(events.said('c1', 'I really need my card'))
    expect(await card()).toMatchObject({ wording: { say: BETTER } })
    expect(server.requests).toHaveLength(1)
    expect(outcomes()).toEqual(['used'])
  })

  test.each([
    ['the server is down', fails(500), 'server'],
    ['it invents a fee', words('The fee is £90.', 'S1'), 'refused figures'],
    ['it promises what nobody may', words('Your return is guaranteed. The fee is £6.', 'S1'), 'refused promise']
  ] as const)('keeps its own words when %s', async (_, turnout, outcome) => {
    server.play(turnout)
    await bench.client.modelServer.save(settingsOf())
    const before = await card()
    await expect.poll(outcomes).toEqual([outcome])
    expect(await card()).toEqual(before)
  })

  test('too late is never', async () => {
    server.play(silent)
    await bench.client.modelServer.save(settingsOf({ deadlineMs: 500 }))
    await card()
    await expect.poll(outcomes).toEqual(['slow'])
    expect((await card()).wording).toBeUndefined()
  })

  test('is never worded on a topic that a person decides, nor for somebody else’s conversation', async () => {
    await bench.client.modelServer.save(settingsOf())
    await bench.line.publish(events.said('c1', 'I want to make a formal complaint about your bank'))
    expect(await card()).toMatchObject({ humanOnly: true })
    await bench.line.publish(...events.chat({ conversationId: 'c2', personId: 'agent-other' }), events.said('c2', ASKED))
    expect(await bench.client.copilot.card({ conversationId: 'c2' })).toMatchObject({ suggestion: { articleId: 'a1' } })
    // My own one after them is the first that is asked about.
    await bench.line.publish(...events.chat({ conversationId: 'c3' }), events.said('c3', ASKED))
    await bench.client.copilot.card({ conversationId: 'c3' })
    await expect.poll(outcomes).toEqual(['used'])
    expect(server.requests).toHaveLength(1)
  })

  test('what customers say of themselves leaves this machine masked', async () => {
    await bench.line.publish(events.said('c1', 'my card is 4242 4242 4242 4242 and my number is 13812345678, what is the fee'))
    await bench.client.modelServer.save(settingsOf())
    await card()
    await expect.poll(() => server.requests.length).toBe(1)
    expect(server.requests[0]?.body).not.toMatch(/4242 4242|13812345678/)
    expect(server.requests[0]?.body).toMatch(/•••• 4242/)
  })
})

test('the note of the wrap-up is worded when the conversation has ended', async () => {
  const note = 'Customer lost the card and asked for the replacement and its fee.'
  server.play(words(note))
  await bench.line.publish(events.add('conversation.ended', { by: 'customer' }, 'c1'))
  await bench.client.modelServer.save(settingsOf())
  const { summary } = await card()
  await expect.poll(async () => (await card()).wording).toEqual({ by: 'model', summary: note })
  expect((await card()).summary).toBe(summary)
  expect(server.requests).toHaveLength(1)
})

describe('its settings', () => {
  test('keep the key from everybody: not told, not written, not in clear on the disk', async () => {
    const told = await bench.client.modelServer.save(settingsOf())
    expect(told).toEqual({ on: true, url: server.url, model: 'small', deadlineMs: 5_000, hasKey: true })
    expect(audited).toEqual([['model-server-saved', { on: 'true', server: new URL(server.url).host, model: 'small', key: 'changed' }]])
    expect(JSON.stringify([bench.written, await bench.client.desk.settings()])).not.toContain('sk-secret-1')
    for (const file of ['desk-own.db', 'desk-own.db-wal']) expect(readFileSync(join(bench.dir, file)).includes('sk-secret-1')).toBe(false)
  })
  test('outlive a restart; the key stays when it is not told, goes when it is emptied or the server is another one', async () => {
    await bench.client.modelServer.save(settingsOf())
    bench.restart()
    expect(await bench.client.modelServer.save(settingsOf({ key: undefined, model: 'large' }))).toMatchObject({
      hasKey: true,
      model: 'large'
    })
    expect(await bench.client.modelServer.save(settingsOf({ key: undefined, url: 'https://other.example/v1' }))).toMatchObject({
      hasKey: false
    })
    await bench.client.modelServer.save(settingsOf())
    expect(await bench.client.modelServer.save(settingsOf({ key: '' }))).toMatchObject({ hasKey: false })
  })
  test.each([
    [{ url: 'models.bank.example' }, 'url'],
    [{ url: 'http://models.bank.example/v1' }, 'url'],
    [{ url: 'https://user:pass@models.bank.example/v1' }, 'url'],
    [{ url: 'ftp://127.0.0.1/v1' }, 'url'],
    [{ url: '' }, 'url'],
    [{ model: ' ' }, 'model'],
    [{ key: 'two words' }, 'key'],
    [{ deadlineMs: 10 }, 'deadlineMs']
  ])('refuse %j by its field', async (wrong, field) => {
    await expect(bench.client.modelServer.save(settingsOf(wrong))).rejects.toMatchObject({ data: { code: 'invalid', field } })
    expect(await bench.client.modelServer.settings()).toMatchObject({ on: false })
  })
  test('switched off, what is still on its way is not wanted and what came is gone', async () => {
    await bench.client.modelServer.save(settingsOf())
    await card()
    await expect.poll(async () => (await card()).wording).toBeDefined()
    await bench.client.modelServer.save(settingsOf({ on: false }))
    expect((await card()).wording).toBeUndefined()
  })
})

describe('trying it out', () => {
  test('says what came of a made-up sample, without saving anything', async () => {
    server.play(words('A replacement card arrives within 5 working days, and the fee is 6 pounds.', 'S1'))
    expect(await bench.client.modelServer.test(settingsOf())).toMatchObject({ ok: true, text: expect.stringContaining('6 pounds') })
    expect(server.requests[0]?.body).not.toContain('I lost my card')
    expect(await bench.client.modelServer.settings()).toMatchObject({ on: false, hasKey: false })
  })
  test('names what is wrong', async () => {
    server.play(fails(401), fails(404), words('The fee is 9 pounds.', 'S1'))
    expect(await bench.client.modelServer.test(settingsOf())).toMatchObject({ ok: false, failure: 'key', status: 401 })
    expect(await bench.client.modelServer.test(settingsOf())).toMatchObject({ ok: false, failure: 'not_found', status: 404 })
    expect(await bench.client.modelServer.test(settingsOf())).toMatchObject({ ok: false, failure: 'refused', rule: 'figures' })
  })
  test('speaks Chinese to a Chinese desk', async () => {
    await bench.client.desk.saveSettings({ locale: 'zh-TW' })
    server.play(words('您好，补办的卡片会在5个工作日内送达，工本费为6元。', 'S1'))
    expect(await bench.client.modelServer.test(settingsOf())).toMatchObject({ ok: true })
  })
})
