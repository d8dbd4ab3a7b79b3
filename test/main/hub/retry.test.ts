import { expect, test } from 'vitest'
import { createLocalHub } from '../../../src-main/hub/local-hub.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('a command that the centre failed on is handed out again when the desk sends it again, and only then', async () => {
  const hub = createLocalHub({ path: ':memory:' })
  const centre = hub.centre()
  const seen: string[] = []
  let failing = true
  centre.onCommand((command) => {
    seen.push(command.id)
    if (command.id === 'a' && failing) throw new Error('the disk is full')
    centre.commit({ facts: [], deskEvents: [], handled: { deskId: 'lin', commandId: command.id } })
  })
  const lin = hub.desk('lin')
  const send = async (id: string) => {
    await lin.send({ id, at: 1, type: 'presence.set', data: {} })
    await turn()
    await turn()
  }
  await send('a')
  await send('b')
  expect(seen).toEqual(['a', 'b'])
  await send('b')
  expect(seen).toEqual(['a', 'b'])
  failing = false
  await send('a')
  expect(seen).toEqual(['a', 'b', 'a'])
  await send('a')
  expect(seen).toEqual(['a', 'b', 'a'])
  hub.close()
})
