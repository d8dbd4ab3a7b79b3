import { expect, test } from 'vitest'
import { createTopics } from '../../../src-main/desk/topics.ts'
import type { Change } from '../../../src-shared/topics.ts'

/** Topics whose flush waits for `flush()`. */
function build() {
  let due: (() => void) | undefined
  const topics = createTopics((flush) => {
    due = flush
  })
  return {
    topics,
    flush: () => {
      const now = due
      due = undefined
      now?.()
    }
  }
}
const next = async (changes: AsyncGenerator<Change[], void, void>): Promise<Change[] | 'ended'> => {
  const { value, done } = await changes.next()
  return done ? 'ended' : value
}

test('the first batch says where the revisions stand', async () => {
  const { topics } = build()
  topics.bump(['inbox'])
  topics.bump(['inbox', 'line'])
  expect(await next(topics.changes())).toEqual([
    { topic: 'inbox', revision: 2 },
    { topic: 'line', revision: 1 }
  ])
})

test('a thousand changes between two flushes are one, for every subscriber', async () => {
  const { topics, flush } = build()
  const [a, b] = [topics.changes(), topics.changes()]
  expect(await next(a)).toEqual([])
  expect(await next(b)).toEqual([])
  const [first, second] = [next(a), next(b)]
  for (let i = 0; i < 1_000; i++) topics.bump(['inbox'])
  flush()
  expect(await first).toEqual([{ topic: 'inbox', revision: 1_000 }])
  expect(await second).toEqual([{ topic: 'inbox', revision: 1_000 }])
})

test('what changes while a batch is on its way comes with the next', async () => {
  const { topics, flush } = build()
  const changes = topics.changes()
  await next(changes)
  topics.bump(['inbox'])
  flush()
  expect(await next(changes)).toEqual([{ topic: 'inbox', revision: 1 }])
  topics.bump(['outbox'])
  const later = next(changes)
  flush()
  expect(await later).toEqual([{ topic: 'outbox', revision: 1 }])
})

test('ends when the desk closes and when the subscriber goes', async () => {
  const { topics } = build()
  const gone = new AbortController()
  const [a, b] = [topics.changes(), topics.changes(gone.signal)]
  await next(a)
  await next(b)
  const [endA, endB] = [next(a), next(b)]
  gone.abort()
  expect(await endB).toBe('ended')
  topics.close()
  expect(await endA).toBe('ended')
})
