import { expect } from '@playwright/test'
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

/** A call was up when the host was killed: it is offered for recovery, to the page that stayed open and to one that starts anew. */

test.setTimeout(240_000)

for (const page_ of ['stays open', 'is opened again'] as const)
  test(`the host is killed in a call and the page ${page_}: the call is taken back, with sound both ways`, async ({ app, tab }) => {
    const page = await tab()
    await takeSeat(page, 'Lin Yue')
    await setPace(page, 'Calm')
    await setPresence(page, 'Available')
    const id = await takeCall(page, 'en-large-transfer')
    await expect(entry(page, script('en-large-transfer').opening.text)).toBeVisible({ timeout: SOON })
    await app.kill()
    await expect(page.getByText('Sidetone is not answering')).toBeVisible({ timeout: SOON })
    await app.start()
    if (page_ === 'is opened again') await page.reload()
    await lineIs(page, 'Centre connected')

    const banner = page.getByTestId('recover')
    await expect(banner).toContainText('was cut off', { timeout: 60_000 })
    await phoneReady(page)
    await banner.getByRole('button', { name: 'Take back' }).click()
    await callIs(page, 'up')
    await expect(banner).toBeHidden({ timeout: SOON })
    await expect.poll(async () => (await listen(page)).packets, { timeout: SOON }).toBeGreaterThan(25)
    await expect.poll(async () => (await listen(page)).rms, { timeout: 60_000 }).toBeGreaterThan(0.01)
    await expect(page.getByTestId('heard')).toHaveText('The customer hears you', { timeout: SOON })

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
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const id = await takeCall(page, 'en-fees')
  await expect(entry(page, script('en-fees').opening.text)).toBeVisible({ timeout: SOON })
  await app.kill()
  await app.start()
  await page.reload()
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
