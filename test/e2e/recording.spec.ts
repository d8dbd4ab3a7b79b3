import { expect } from '@playwright/test'
import { ofType, test } from './app.ts'
import { callIs, finish, lever, SOON, setPace, setPresence, signIn, takeCall, takeSeat, wrapUp } from './desk.ts'

/** A call is recorded with a pause that ends by itself; a supervisor listens to it, and the audit trail knows. */

test.setTimeout(240_000)

test('a recording pauses as the recorder confirms, goes on by itself, and is heard by who reviews', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const conversationId = await takeCall(page, 'en-transactions')
  const agent = await lever(page, app)
  const call = async () => (await agent.client.conversation.get({ conversationId })).call
  await expect.poll(async () => (await call())?.recording?.state, { timeout: SOON }).toBe('on')

  await agent.client.calls.pauseRecording({ conversationId, reason: 'payment', forMs: 5_000 })
  await expect.poll(async () => (await call())?.recording, { timeout: SOON }).toMatchObject({ state: 'paused', reason: 'payment' })
  await expect.poll(async () => (await call())?.recording?.state, { timeout: SOON }).toBe('on')
  expect((await call())?.gaps).toMatchObject([{ reason: 'payment', endedBy: 'timer' }])

  await callIs(page, 'up')
  await page.getByTestId('hang-up').click()
  await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
  await expect.poll(() => ofType(app.factsOf(conversationId), 'call.recorded').length, { timeout: SOON }).toBe(1)
  await finish(page, 'Resolved')

  const second = await tab()
  await signIn(second, 'Ruth Adler')
  const supervisor = await lever(second, app)
  const listed = async () => (await supervisor.client.review.list({})).rows.find((row) => row.conversationId === conversationId)
  await expect.poll(async () => (await listed())?.recordingId, { timeout: SOON }).toBeTruthy()
  const row = await listed()
  expect(row).toMatchObject({ personName: 'Lin Yue', gaps: 1 })
  const { base64, pieces } = await supervisor.client.review.audio({ recordingId: row?.recordingId ?? '', piece: 0 })
  const wav = Buffer.from(base64, 'base64')
  expect([pieces, wav.subarray(0, 4).toString('latin1'), wav.readUInt16LE(22)]).toEqual([1, 'RIFF', 2])
  // Somebody spoke: it is no file of silence.
  const samples = Array.from({ length: Math.floor((wav.length - 44) / 2) }, (_, i) => Math.abs(wav.readInt16LE(44 + i * 2)))
  expect(Math.max(...samples)).toBeGreaterThan(1_000)
  agent.close()
  supervisor.close()
})
