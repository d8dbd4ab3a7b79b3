import { afterEach, describe, expect, test } from 'vitest'
import { RefusalError } from '../../../src-shared/errors.ts'
import { type Bench, buildDesk, person, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'

const open: Bench[] = []
const audited: [string, Record<string, string>][] = []
function bench(options: Parameters<typeof buildDesk>[0] = {}): Bench {
  const one = buildDesk({
    person: person('supervisor', 'super-ruth'),
    deskId: 'super-ruth',
    audit: (act, detail) => audited.push([act, detail]),
    recordings: {
      piece: async (recordingId, piece) => {
        if (piece > 1) throw new RefusalError('not_found', 'the recording has 2 pieces', 'piece')
        return { wav: Buffer.from(`${recordingId} ${piece}`), pieces: 2 }
      }
    },
    ...options
  })
  open.push(one)
  return one
}
afterEach(() => {
  for (const one of open.splice(0)) one.close()
  audited.length = 0
})

async function withCalls(b: Bench) {
  const events = buildEvents(b.timers.now() - 900_000)
  for (const id of ['k1', 'k2', 'k3']) {
    events.chat({ conversationId: id, customerId: 'mei', channel: 'voice' })
    events.add('conversation.assigned', { personId: 'agent-lin', name: { en: 'Lin Yue', 'zh-CN': '林悦', 'zh-TW': '林悅' } }, id)
    events.add('call.started', { callId: `call-${id}`, personId: 'agent-lin' }, id)
    if (id === 'k2') continue
    events.add('call.answered', { callId: `call-${id}`, personId: 'agent-lin' }, id)
    events.said(id, `words of ${id}`, { kind: 'utterance' })
    events.add('call.recording-started', { callId: `call-${id}`, recordingId: `r-${id}` }, id)
    events.add('call.recording-paused', { callId: `call-${id}`, reason: 'payment', until: 0 }, id)
    events.add('call.recording-resumed', { callId: `call-${id}`, endedBy: 'timer', gapMs: 900 }, id)
    const gaps = [{ atMs: 2_000, ms: 900, reason: 'payment' as const }]
    events.add('call.recorded', { callId: `call-${id}`, recordingId: `r-${id}`, startedAt: events.at, ms: 9_000, gaps }, id)
    events.add('call.ended', { callId: `call-${id}`, by: 'customer', talkMs: 9_000, holdMs: 0 }, id)
  }
  const quality = { callId: 'call-k3', personId: 'agent-lin', seconds: 9, mos: { average: 4.1, lowest: 3.2 }, warnings: [] }
  events.add('call.quality-recorded', quality, 'k3')
  await settle()
  await b.line.publish(...events.all)
}

describe('calls to look at again', () => {
  test('are those that were answered and are over, newest first and in pages', async () => {
    const b = bench()
    await withCalls(b)
    const { rows, more } = await b.client.review.list({ limit: 50 })
    expect(more).toBe(false)
    expect(rows).toMatchObject([
      {
        conversationId: 'k3',
        callId: 'call-k3',
        recordingId: 'r-k3',
        personName: 'Lin Yue',
        customerName: 'Mei Lindqvist',
        talkMs: 9_000,
        gaps: 1
      },
      { conversationId: 'k1', callId: 'call-k1' }
    ])
    expect(rows[0]?.quality?.mos).toEqual({ average: 4.1, lowest: 3.2 })
    expect(rows[1]).not.toHaveProperty('quality')
    const page = await b.client.review.list({ limit: 1 })
    expect(page.more).toBe(true)
    expect((await b.client.review.list({ limit: 5, before: page.rows[0]?.startedAt })).rows.map((row) => row.callId)).toEqual(['call-k1'])
  })

  test('have the words of their conversation alone, and the gaps of their recording', async () => {
    const b = bench()
    await withCalls(b)
    const view = await b.client.review.get({ conversationId: 'k1', callId: 'call-k1' })
    expect(view.rows.filter((row) => row.kind === 'utterance').map((row) => row.text)).toEqual(['words of k1'])
    expect(view.recording).toMatchObject({ recordingId: 'r-k1', ms: 9_000, gaps: [{ atMs: 2_000, ms: 900, reason: 'payment' }] })
    await expect(b.client.review.get({ conversationId: 'k1', callId: 'call-k3' })).rejects.toMatchObject({ data: { code: 'not_found' } })
    await expect(b.client.review.get({ conversationId: 'k2', callId: 'call-k2' })).rejects.toMatchObject({ data: { code: 'not_found' } })
  })
})

describe('a recording', () => {
  test('is heard in pieces; who listened is noted once a sitting, before the first sound', async () => {
    const b = bench()
    await withCalls(b)
    const piece = async (n: number) => {
      const { base64, pieces } = await b.client.review.audio({ recordingId: 'r-k1', piece: n })
      return [Buffer.from(base64, 'base64').toString(), pieces]
    }
    expect(await piece(1)).toEqual(['r-k1 1', 2])
    expect(await piece(0)).toEqual(['r-k1 0', 2])
    expect(audited).toEqual([['recording-played', { recordingId: 'r-k1', conversationId: 'k1' }]])
    b.timers.advance(11 * 60_000)
    await piece(0)
    expect(audited).toHaveLength(2)
    await expect(piece(2)).rejects.toMatchObject({ data: { code: 'not_found', field: 'piece' } })
  })

  test('that this desk does not know of is not played, and none where they are not kept', async () => {
    const b = bench()
    await withCalls(b)
    await expect(b.client.review.audio({ recordingId: '../../hub.db', piece: 0 })).rejects.toMatchObject({ data: { code: 'not_found' } })
    expect(audited).toEqual([])
    const without = bench({ recordings: undefined })
    await withCalls(without)
    await expect(without.client.review.audio({ recordingId: 'r-k1', piece: 0 })).rejects.toMatchObject({ data: { code: 'not_available' } })
  })

  test('is not for those who serve', async () => {
    const b = bench({ person: person('agent'), deskId: 'agent-lin' })
    await withCalls(b)
    await expect(b.client.review.audio({ recordingId: 'r-k1', piece: 0 })).rejects.toMatchObject({ data: { code: 'not_allowed' } })
    await expect(b.client.review.list({})).rejects.toMatchObject({ data: { code: 'not_allowed' } })
  })
})
