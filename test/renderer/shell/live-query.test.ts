import { describe, expect, it } from 'vitest'
import { Live, LiveQuery } from '../../../src-renderer/live-query.svelte.ts'

/** A query whose answers come when the test says. */
function asked() {
  const answers: { resolve: (value: string) => void; reject: (error: unknown) => void }[] = []
  const live = new Live()
  const query = new LiveQuery<string>(
    live,
    () => ['inbox'],
    () => new Promise((resolve, reject) => answers.push({ resolve, reject }))
  )
  const answer = async (i: number, value: string) => {
    answers[i]?.resolve(value)
    await Promise.resolve()
    await Promise.resolve()
  }
  const fail = async (i: number, error: unknown) => {
    answers[i]?.reject(error)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { live, query, answer, fail }
}

describe('a live query', () => {
  it('never lets an older answer replace a newer one', async () => {
    const { query, answer } = asked()
    void query.refetch()
    void query.refetch()
    await answer(1, 'new')
    expect(query.data).toBe('new')
    expect(query.loading).toBe(false)
    await answer(0, 'old')
    expect(query.data).toBe('new')
  })

  it('moves on with every answer while more questions are on their way', async () => {
    const { query, answer } = asked()
    void query.refetch()
    void query.refetch()
    await answer(0, 'first')
    expect(query.data).toBe('first')
    expect(query.loading).toBe(true)
    await answer(1, 'second')
    expect(query.data).toBe('second')
    expect(query.loading).toBe(false)
  })

  it('keeps what it has when asking fails, says so, and forgets the failure with the next answer', async () => {
    const { query, answer, fail } = asked()
    void query.refetch()
    await answer(0, 'here')
    void query.refetch()
    await fail(1, new Error('gone'))
    expect(query.data).toBe('here')
    expect(query.error).toEqual(new Error('gone'))
    void query.refetch()
    await answer(2, 'back')
    expect([query.data, query.error]).toEqual(['back', undefined])
  })

  it('does not show a failure that a newer answer has overtaken', async () => {
    const { query, answer, fail } = asked()
    void query.refetch()
    void query.refetch()
    await answer(1, 'new')
    await fail(0, new Error('late'))
    expect(query.error).toBeUndefined()
  })
})

describe('the topics', () => {
  it('tell each listener once a batch, and only of its own', () => {
    const live = new Live()
    const heard: string[] = []
    live.on('inbox', () => heard.push('inbox'))
    const end = live.on('line', () => heard.push('line'))
    live.apply([
      { topic: 'inbox', revision: 1 },
      { topic: 'inbox', revision: 2 },
      { topic: 'wallboard', revision: 1 }
    ])
    live.apply([{ topic: 'line', revision: 3 }])
    end()
    live.apply([{ topic: 'line', revision: 4 }])
    expect(heard).toEqual(['inbox', 'line'])
  })

  it('say when every first question has been answered', async () => {
    const live = new Live()
    const [one, two] = [live.asking(), live.asking()]
    let answered = false
    const wait = live.answered().then(() => (answered = true))
    one()
    one()
    await Promise.resolve()
    expect([answered, live.unanswered]).toEqual([false, 1])
    two()
    await wait
    expect(live.unanswered).toBe(0)
  })
})
