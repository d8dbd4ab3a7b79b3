import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { finish, goTo, presenceIs, SOON, setPace, setPresence, strip, takeCall, takeSeat } from './desk.ts'

/** Colleagues on the phone: who is there, a talk with one of them, and who is left on the line when a customer has gone. */

test.setTimeout(240_000)
test.use({ permissions: ['microphone'] })

/** The first of the practice centre's simulated colleagues, who always answers. */
const EXTENSION = '201'
/** The practice telephone system's echo: stays until it is hung up. */
const ECHO = '600'
const colleague = (page: Page) => page.getByTestId('colleague').filter({ hasText: EXTENSION })

async function sitDown(page: Page): Promise<void> {
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
}

test('colleagues show who is there, and a talk with one is busy and stands in the history', async ({ tab }) => {
  const page = await tab()
  await sitDown(page)
  await goTo(page, 'Phone')
  await expect(colleague(page)).toBeVisible({ timeout: SOON })
  await expect(page.getByTestId('colleague').filter({ hasText: 'Status not known' })).toHaveCount(0, { timeout: SOON })
  await colleague(page).getByRole('button').click()
  await presenceIs(page, 'Busy: somebody is still on the line')
  await page.keyboard.press('Control+Alt+e')
  await presenceIs(page, 'Available')
  const row = page.getByTestId('history-row').filter({ hasText: 'Colleague' })
  await expect(row).toHaveAttribute('data-outcome', 'talked', { timeout: SOON })
  await expect(row).toContainText(EXTENSION)
})

test('whoever is left in a conference by its customer stays busy until the last party left', async ({ tab }) => {
  const page = await tab()
  await sitDown(page)
  await takeCall(page, 'en-balance')
  await expect(page.getByRole('region', { name: 'About this conversation' }).getByRole('button', { name: 'Transfer' })).toBeVisible({
    timeout: SOON
  })
  await page.keyboard.press('Control+Alt+t')
  await page.getByRole('radio', { name: 'Number', exact: true }).check({ force: true })
  await page.getByTestId('transfer-number').fill(ECHO)
  await page.getByTestId('transfer-consult').click()
  await expect(strip(page)).toHaveAttribute('data-situation', 'consult', { timeout: SOON })
  await expect(page.getByTestId('party').filter({ hasText: ECHO })).toHaveAttribute('data-talking', 'true', { timeout: SOON })
  await page.keyboard.press('Control+Alt+j')
  await expect(strip(page)).toHaveAttribute('data-situation', 'conference', { timeout: SOON })
  await page.getByRole('button', { name: 'Drop Margaret Ellwood' }).click()
  await finish(page, 'Resolved')
  await presenceIs(page, 'Busy: somebody is still on the line')
  await page.keyboard.press('Control+Alt+e')
  await presenceIs(page, 'Available')
})
