import { expect, type Page } from '@playwright/test'
import { ofType, test } from './app.ts'
import { listen } from './audio.ts'
import {
  callIs,
  entry,
  finish,
  lineIs,
  open,
  phoneReady,
  presenceIs,
  row,
  SOON,
  script,
  setPace,
  setPresence,
  strip,
  takeCall,
  takeSeat,
  wrapUp
} from './desk.ts'

/**
 * A call outlives its page: a reload takes it back, so does another tab; when the host was killed, the customer is rung through again, by
 * itself for a page that starts anew, and after a click in one that stayed open.
 */

test.setTimeout(240_000)

/** Signs in, takes a call and hears the customer; gives the conversation. */
async function inCall(page: Page, scenario: string): Promise<string> {
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const id = await takeCall(page, scenario)
  await expect(entry(page, script(scenario).opening.text)).toBeVisible({ timeout: SOON })
  return id
}

/** Sound goes both ways: packets arrive here, and the far end measures the agent's voice. */
async function soundBothWays(page: Page): Promise<void> {
  await expect.poll(async () => (await listen(page)).packets, { timeout: SOON }).toBeGreaterThan(25)
  await expect(page.getByTestId('heard')).toHaveText('The customer hears you', { timeout: SOON })
}

test('a reload in the middle of a call takes it back by itself, with sound both ways', async ({ app, tab }) => {
  const page = await tab()
  const id = await inCall(page, 'en-card-lost')
  await page.reload()
  await callIs(page, 'up')
  await soundBothWays(page)
  await expect(page.getByTestId('recover')).toBeHidden()
  const facts = app.factsOf(id)
  expect(ofType(facts, 'conversation.assigned')).toHaveLength(1)
  expect(ofType(facts, 'call.ended')).toHaveLength(0)
  await open(page, id)
  await expect(row(page, id)).toHaveCount(1)
  await page.getByTestId('hang-up').click()
  await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
})

test('two tabs of one person are one phone: the second shows the call, can use it, and has it when the first is closed', async ({
  app,
  tab
}) => {
  const first = await tab()
  const id = await inCall(first, 'en-fees')
  const second = await tab()
  await second.getByRole('button', { name: 'Lin Yue' }).click({ timeout: SOON })
  await callIs(second, 'up')
  await second.getByTestId('mute').click()
  await expect(strip(first).getByText('Muted', { exact: true })).toBeVisible({ timeout: SOON })
  await first.getByTestId('mute').click()
  await expect(strip(second).getByText('Muted', { exact: true })).toBeHidden({ timeout: SOON })
  await first.close()
  await callIs(second, 'up')
  await soundBothWays(second)
  expect(ofType(app.factsOf(id), 'call.ended')).toHaveLength(0)
  await second.getByTestId('hang-up').click()
  await expect.poll(() => ofType(app.factsOf(id), 'call.ended').map((one) => one.data.by), { timeout: SOON }).toEqual(['agent'])
})

for (const page_ of ['stays open', 'is opened again'] as const)
  test(`the host is killed in a call and the page ${page_}: the call is taken back, with sound both ways`, async ({ app, tab }) => {
    const page = await tab()
    const id = await inCall(page, 'en-large-transfer')
    await app.kill()
    await expect(page.getByText('Sidetone is not answering')).toBeVisible({ timeout: SOON })
    await app.start()
    const banner = page.getByTestId('recover')
    if (page_ === 'is opened again') await page.reload()
    else {
      await expect(banner).toContainText('was cut off', { timeout: 60_000 })
      await phoneReady(page)
      await banner.getByRole('button', { name: 'Take back' }).click()
    }
    await lineIs(page, 'Centre connected')
    await callIs(page, 'up')
    await expect(banner).toBeHidden({ timeout: SOON })
    await soundBothWays(page)

    // The same conversation goes on; nothing of it was lost or doubled.
    await open(page, id)
    await expect(entry(page, script('en-large-transfer').opening.text)).toHaveCount(1)
    const facts = app.factsOf(id)
    expect(ofType(facts, 'conversation.assigned')).toHaveLength(1)
    expect(ofType(facts, 'call.answered')).toHaveLength(2)
    expect(ofType(facts, 'call.ended').map((one) => one.data.by)).toEqual(['network'])
    await page.getByTestId('hang-up').click()
    await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
  })

test('a call that was cut and is not needed goes to wrap-up', async ({ app, tab }) => {
  const page = await tab()
  const id = await inCall(page, 'en-fees')
  await app.kill()
  await app.start()
  await page.getByTestId('recover').getByRole('button', { name: 'Not needed' }).click({ timeout: 60_000 })
  await expect(row(page, id)).toBeVisible({ timeout: SOON })
  await open(page, id)
  await finish(page, 'Callback agreed')
  await expect
    .poll(() => ofType(app.factsOf(id), 'conversation.wrapped').map((one) => one.data.disposition), { timeout: SOON })
    .toEqual(['callback_agreed'])
  await presenceIs(page, 'Available')
  await expect(strip(page)).toBeHidden()
  await expect(page.getByTestId('recover')).toBeHidden()
})
