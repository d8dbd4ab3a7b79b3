import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { readOrMakeKey } from '../../src-main/host/key-file.ts'
import { openRecordings } from '../../src-main/practice/recordings/recordings.ts'
import { newId } from '../../src-shared/ids.ts'
import { ofType, test } from './app.ts'
import { callIs, lever, SOON, setPace, setPresence, takeCall, takeSeat, wrapUp } from './desk.ts'

test.setTimeout(240_000)

/** The whole app with its own recorder: what is on the disk after a call, and what is not. */
test('a call is recorded on both sides, but not what was said while the recorder was paused', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const id = await takeCall(page, 'en-transactions')
  const factsOf = <T extends Parameters<typeof ofType>[1]>(type: T) => ofType(app.factsOf(id), type)
  await expect.poll(() => factsOf('call.recording-started').length, { timeout: SOON }).toBe(1)
  await expect.poll(() => factsOf('entry.added').some(({ data }) => data.speaker === 'customer'), { timeout: SOON }).toBe(true)
  const { client, close } = await lever(page, app)
  await client.calls.pauseRecording({ conversationId: id, reason: 'payment', forMs: 60_000 })
  await expect.poll(() => factsOf('call.recording-paused').length, { timeout: SOON }).toBe(1)
  await client.calls.resumeRecording({ conversationId: id, endedBy: 'agent' })
  await expect.poll(() => factsOf('call.recording-resumed').length, { timeout: SOON }).toBe(1)
  await callIs(page, 'up')
  await page.getByTestId('hang-up').click()
  await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
  await expect.poll(() => factsOf('call.recorded').length, { timeout: SOON }).toBe(1)
  close()

  const [recorded] = factsOf('call.recorded')
  const [resumed] = factsOf('call.recording-resumed')
  expect(recorded?.data.gaps).toEqual([{ atMs: expect.any(Number), ms: resumed?.data.gapMs, reason: 'payment' }])
  const dir = join(app.dir, 'recordings')
  expect(readdirSync(dir)).toEqual([`${recorded?.data.recordingId}.rec`])
  expect(readFileSync(join(dir, `${recorded?.data.recordingId}.rec`)).includes(id)).toBe(false)
  const key = readOrMakeKey(app.dir)
  const opened = openRecordings({ dir, key, now: Date.now, newId, log: () => undefined }).open(recorded?.data.recordingId ?? '')
  expect(opened).toMatchObject({ conversationId: id, user: 'agent-lin', complete: true, ms: recorded?.data.ms })
  const wav = opened.wav()
  const loudest = (offset: number) => {
    let most = 0
    for (let at = 44 + offset; at + 1 < wav.length; at += 4) most = Math.max(most, Math.abs(wav.readInt16LE(at)))
    return most / 32_768
  }
  expect([loudest(0) > 0.1, loudest(2) > 0.01]).toEqual([true, true])
})
