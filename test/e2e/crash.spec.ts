import { expect, type Page } from '@playwright/test'
import { type App, ofType, said, test } from './app.ts'
import {
  choosePresence,
  deliveryIs,
  endConversation,
  finish,
  lever,
  lineIs,
  note,
  open,
  phoneReady,
  row,
  SOON,
  setPace,
  setPresence,
  takeChat,
  takeSeat,
  timeline,
  wrapUp
} from './desk.ts'

/** The host is killed (SIGKILL) while an agent works in a chat, at moments nobody chose; the page stays open and finds it again. */

test.setTimeout(400_000)

/** Ends the host after a moment between now and `withinMs`; the moment is in the test's output, for a failure. */
function killSomewhen(app: App, withinMs: number): Promise<void> {
  const afterMs = Math.round(Math.random() * withinMs)
  test.info().annotations.push({ type: 'killed after', description: `${afterMs} ms` })
  return new Promise((done, fail) => setTimeout(() => void app.kill().then(done, fail), afterMs))
}

async function restart(app: App, page: Page): Promise<void> {
  expect(app.running).toBe(false)
  await app.start()
  await lineIs(page, 'Centre connected')
  await phoneReady(page)
  await expect(page.getByText('Sidetone is not answering')).toBeHidden({ timeout: SOON })
}

/** My lines on the screen, waiting or sent. */
const onScreen = (page: Page, mark: string): Promise<string[]> =>
  timeline(page)
    .getByRole('article')
    .filter({ hasText: mark })
    .evaluateAll((rows, wanted) => rows.flatMap((one) => new RegExp(`${wanted} \\d+`).exec(one.textContent ?? '')?.[0] ?? []), mark)

/** Writes line after line until the host is gone. Resolves with what was entered. */
async function writeUntilGone(page: Page, app: App, mark: string): Promise<string[]> {
  const box = page.getByRole('textbox', { name: 'Reply to the customer' })
  const entered: string[] = []
  for (let i = 1; i <= 40 && app.running; i++) {
    const words = `${mark} ${i}`
    await box.fill(words)
    await box.press('Enter')
    entered.push(words)
    await expect
      .poll(async () => !app.running || (await onScreen(page, mark)).includes(words), { timeout: SOON, intervals: [20] })
      .toBe(true)
  }
  return entered
}

async function expectOnceInOrder(page: Page, app: App, id: string, mark: string, seen: string[], entered: string[]): Promise<void> {
  const sent = () => said(app.factsOf(id), 'agent').filter((words) => words.startsWith(`${mark} `))
  await expect.poll(() => sent().filter((words) => seen.includes(words)), { timeout: SOON }).toEqual(seen)
  // What was entered in the very moment of the kill may have been stored or not, but never twice, and nothing else appears.
  expect(new Set(sent()).size).toBe(sent().length)
  expect(entered).toEqual(expect.arrayContaining(sent()))
  expect(sent()).toEqual(entered.filter((words) => sent().includes(words)))
  // The screen holds the rows around the newest one only; the desk's own timeline holds all of them.
  await expect
    .poll(
      async () => {
        const shown = await onScreen(page, mark)
        return shown.length > 0 && shown.join() === sent().slice(-shown.length).join()
      },
      { timeout: SOON }
    )
    .toBe(true)
  const { client, close } = await lever(page, app)
  const { rows } = await client.conversation.timeline({ conversationId: id, limit: 500 })
  expect(rows.map((one) => one.text).filter((words) => words.startsWith(`${mark} `))).toEqual(sent())
  close()
  for (const words of seen.slice(-1)) await deliveryIs(page, words, 'Sent')
}

test('killed at five moments of a chat, with the line up and cut: what was seen is there, once and in order', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const id = await takeChat(page, 'en-insurance-claim')
  await open(page, id)

  for (const [round, { cut, withinMs }] of [
    { cut: false, withinMs: 1_500 },
    { cut: true, withinMs: 1_500 },
    { cut: false, withinMs: 300 },
    { cut: true, withinMs: 3_000 }
  ].entries())
    await test.step(`round ${round + 1}: line ${cut ? 'cut' : 'up'}`, async () => {
      const mark = `round-${round + 1} line`
      if (cut) {
        const { client, close } = await lever(page, app)
        await client.practice.setLine({ up: false })
        await expect(page.getByText(/^Working offline since/)).toBeVisible({ timeout: SOON })
        close()
      }
      const before = said(app.factsOf(id), 'agent').length
      const underWay = expect.poll(() => onScreen(page, mark), { timeout: SOON, intervals: [20] }).toContain(`${mark} 1`)
      const [entered] = await Promise.all([writeUntilGone(page, app, mark), underWay.then(() => killSomewhen(app, withinMs))])
      const seen = await onScreen(page, mark)
      expect(seen.length).toBeGreaterThan(0)
      if (cut) expect(said(app.factsOf(id), 'agent')).toHaveLength(before)
      await restart(app, page)
      await expectOnceInOrder(page, app, id, mark, seen, entered)
      // The text of the moment of the kill may have come back into the box; the agent clears it.
      await page.getByRole('textbox', { name: 'Reply to the customer' }).fill('')
    })

  await test.step('round 5: note, end of work and status waited when it was killed', async () => {
    const second = await takeChat(page, 'en-balance')
    await open(page, id)
    await endConversation(page)
    await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
    const { client, close } = await lever(page, app)
    await client.practice.setLine({ up: false })
    await expect(page.getByText(/^Working offline since/)).toBeVisible({ timeout: SOON })
    close()
    await open(page, second)
    await note(page, 'Rings back, says the note.')
    await open(page, id)
    await finish(page, 'Callback agreed', 'Photos come tomorrow.')
    await choosePresence(page, 'Meeting')
    await expect(page.getByText(/^Working offline since/)).toContainText('3 actions are waiting', { timeout: SOON })
    await app.kill()
    await restart(app, page)
    await expect
      .poll(() => ofType(app.factsOf(id), 'conversation.wrapped').map((one) => one.data.note), { timeout: SOON })
      .toEqual(['Photos come tomorrow.'])
    expect(said(app.factsOf(second), 'agent', 'note')).toEqual(['Rings back, says the note.'])
    await expect(page.getByRole('button', { name: 'Your status: Busy, then Meeting' })).toBeVisible({ timeout: SOON })
    await expect(row(page, id)).toHaveCount(0, { timeout: SOON })
    expect(ofType(app.deskLog('agent-lin'), 'command.rejected')).toEqual([])
  })

  await test.step('and the fresh start of a page shows the same', async () => {
    await page.reload()
    await page.getByRole('tab', { name: /^Closed/ }).click({ timeout: SOON })
    await expect(row(page, id)).toBeVisible({ timeout: SOON })
    const { client, close } = await lever(page, app)
    const { rows } = await client.conversation.timeline({ conversationId: id, limit: 500 })
    const mine = rows.filter((one) => one.conversationId === id && one.speaker === 'agent' && one.kind === 'message').map((one) => one.text)
    expect(mine).toEqual(said(app.factsOf(id), 'agent'))
    expect(await client.desk.outbox()).toEqual([])
    close()
  })
})
