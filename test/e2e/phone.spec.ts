import { expect, type Page } from '@playwright/test'
import { ofType, test } from './app.ts'
import { callIs, goTo, lever, SOON, setPace, setPresence, strip, takeCall, takeSeat } from './desk.ts'

/** The phone as a working place: dialling, consulting, conferences, parking, payments, call-backs, and the way back from trouble. */

test.setTimeout(240_000)
test.use({ permissions: ['microphone'] })

/** The practice telephone system's echo: answers by itself. */
const ECHO = '600'
const party = (page: Page, name: string) => page.getByTestId('party').filter({ hasText: name })
const situationIs = (page: Page, kind: string) => expect(strip(page)).toHaveAttribute('data-situation', kind, { timeout: SOON })
const recordingIs = (page: Page, state: string) =>
  expect(page.getByTestId('recording')).toHaveAttribute('data-recording', state, { timeout: SOON })

async function sitDown(page: Page): Promise<void> {
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
}

/** Opens the transfer dialog of the conversation by its key, at one kind of target. */
async function transferTo(page: Page, kind: 'Colleague' | 'Number'): Promise<void> {
  await expect(page.getByRole('region', { name: 'About this conversation' }).getByRole('button', { name: 'Transfer' })).toBeVisible({
    timeout: SOON
  })
  await page.keyboard.press('Control+Alt+t')
  // The radio lies invisible over its words.
  await page.getByRole('radio', { name: kind, exact: true }).check({ force: true })
}

test('a number is dialled with the keyboard alone, shown as it will be dialled, and stands in the history', async ({ app, tab }) => {
  const dialledByUs = () => ofType(app.facts(), 'conversation.opened').filter((fact) => fact.data.direction === 'out')
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await page.keyboard.press('Control+Alt+o')
  const field = page.getByTestId('dial-field')
  await expect(field).toBeFocused({ timeout: SOON })
  await page.keyboard.type(ECHO)
  await expect(page.getByTestId('will-dial')).toHaveText(`Dials ${ECHO}`, { timeout: SOON })
  await page.keyboard.press('Enter')
  await callIs(page, 'up')
  await page.keyboard.press('Control+Alt+e')
  await expect(strip(page)).toBeHidden({ timeout: SOON })
  // The echo is the house's own: nobody's contact.
  expect(dialledByUs()).toHaveLength(0)

  await page.keyboard.press('Control+Alt+o')
  await expect(field).toBeFocused({ timeout: SOON })
  await page.keyboard.press('Control+a')
  await page.keyboard.type('020 7946 0103')
  await expect(page.getByTestId('will-dial')).toHaveText('Dials +44 20 7946 0103', { timeout: SOON })
  await page.keyboard.press('Enter')
  await callIs(page, 'up')
  await page.keyboard.press('Control+Alt+e')
  const row = page.getByTestId('history-row').first()
  await expect(row).toContainText(/\+44 ?20 ?7946 ?0103/, { timeout: SOON })
  expect(dialledByUs()).toHaveLength(1)
  await page.getByRole('searchbox', { name: 'Search calls' }).fill('nobody')
  await expect(page.getByText('No call fits')).toBeVisible()
})

test('a customer is consulted about, swapped, joined in a conference, and kept when the other one is dropped', async ({ tab }) => {
  const page = await tab()
  await sitDown(page)
  await takeCall(page, 'en-balance')
  await transferTo(page, 'Number')
  await page.getByTestId('transfer-number').fill(ECHO)
  await page.getByTestId('transfer-consult').click()
  await situationIs(page, 'consult')
  await expect(party(page, ECHO)).toHaveAttribute('data-talking', 'true', { timeout: SOON })
  await expect(party(page, 'Margaret Ellwood')).toHaveAttribute('data-phase', 'held', { timeout: SOON })

  await page.keyboard.press('Control+Alt+w')
  await expect(party(page, 'Margaret Ellwood')).toHaveAttribute('data-talking', 'true', { timeout: SOON })
  await expect(party(page, ECHO)).toHaveAttribute('data-phase', 'held', { timeout: SOON })

  await page.keyboard.press('Control+Alt+j')
  await situationIs(page, 'conference')
  await expect(page.locator('[data-testid=party][data-talking=true]')).toHaveCount(2, { timeout: SOON })
  await page.getByRole('button', { name: `Drop ${ECHO}` }).click()
  await situationIs(page, 'one')
  await expect(strip(page)).toContainText('Margaret Ellwood')
  await callIs(page, 'up')
})

test('nobody there: the reason stays to be read and the customer is still on the line', async ({ tab }) => {
  const page = await tab()
  await sitDown(page)
  await takeCall(page, 'en-balance')
  // Tom has a phone and has not signed in.
  await transferTo(page, 'Colleague')
  await page.getByRole('searchbox', { name: 'Search colleagues' }).fill('Tom')
  await expect(page.getByTestId('pick-colleague')).toHaveCount(1, { timeout: SOON })
  await page.keyboard.press('ArrowDown')
  await page.getByTestId('transfer-consult').click()
  await expect(page.getByTestId('failed-call')).toContainText('Tom Becker', { timeout: SOON })
  await situationIs(page, 'one')
  await expect(strip(page)).toContainText('Margaret Ellwood')
  await page.getByTestId('failed-call').getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByTestId('failed-call')).toBeHidden()
})

test('a parked call waits in its slot and is fetched again', async ({ tab }) => {
  const page = await tab()
  await sitDown(page)
  await takeCall(page, 'en-balance')
  await recordingIs(page, 'on')
  await page.keyboard.press('Control+Alt+b')
  await expect(page.getByTestId('parked')).toContainText('Margaret Ellwood', { timeout: SOON })
  await page.getByTestId('retrieve').click()
  await callIs(page, 'up')
  await expect(page.getByTestId('parked')).toBeHidden({ timeout: SOON })
})

test('a payment is taken while nothing is recorded, and every gap is told', async ({ app, tab }) => {
  const page = await tab()
  await sitDown(page)
  const conversationId = await takeCall(page, 'en-balance')
  await recordingIs(page, 'on')
  await page.keyboard.press('Control+Alt+y')
  const step = page.getByTestId('payment')
  await expect(step).toHaveAttribute('data-safety', 'safe', { timeout: SOON })
  await recordingIs(page, 'paused')
  await page.getByLabel('Amount').fill('120.00 GBP')
  await page.getByLabel('Reference').fill('4111 1111 1111 1111')
  await expect(step.getByRole('button', { name: 'Paid', exact: true })).toBeDisabled()
  await page.getByLabel('Reference').fill('INV 4471')
  await step.getByRole('button', { name: 'Paid', exact: true }).click()
  await expect(step).toBeHidden({ timeout: SOON })
  await recordingIs(page, 'on')

  await page.getByTestId('gaps').locator('summary').click()
  await expect(page.getByTestId('gap')).toContainText('payment step closed')
  const facts = app.factsOf(conversationId)
  expect(ofType(facts, 'call.recording-resumed').map((fact) => fact.data.endedBy)).toEqual(['step-closed'])
  expect(JSON.stringify(facts)).not.toContain('4111')
})

test('a recorder that does not answer is told aloud', async ({ app, tab }) => {
  const page = await tab()
  await sitDown(page)
  await takeCall(page, 'en-balance')
  await recordingIs(page, 'on')
  // Without the line nobody can ask the centre's recorder.
  const { client, close } = await lever(page, app)
  await client.practice.setLine({ up: false })
  await page.keyboard.press('Control+Alt+y')
  await expect(page.getByTestId('payment')).toHaveAttribute('data-safety', 'unsafe', { timeout: SOON })
  await expect(page.getByTestId('payment-safety')).toContainText('Recording goes on: do not take card data')
  await recordingIs(page, 'on')
  await client.practice.setLine({ up: true })
  close()
})

test('a call-back is promised, called, cancelled and taken back', async ({ tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await goTo(page, 'Phone')
  await page.getByTestId('new-callback').click()
  const form = page.getByTestId('callback-form')
  await form.getByLabel('Name').fill('Ada Lovelace')
  await form.getByLabel('Number').fill('020 7946 0103')
  await form.getByRole('button', { name: 'In 1 hour' }).click()
  await form.getByLabel('Note').fill('Card limit')
  await page.getByRole('dialog').getByRole('button', { name: 'Schedule', exact: true }).click()
  const row = page.getByTestId('callback').filter({ hasText: 'Ada Lovelace' })
  await expect(row).toContainText('+442079460103', { timeout: SOON })
  await row.getByRole('button', { name: /^What came of it/ }).click()
  await page.getByRole('menuitem', { name: 'Cancel it' }).click()
  await expect(row).toBeHidden({ timeout: SOON })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toBeVisible({ timeout: SOON })
})

test('a click on a number during a call asks first', async ({ tab }) => {
  const page = await tab()
  await sitDown(page)
  await takeCall(page, 'en-balance')
  await page
    .getByRole('button', { name: /^Call \+1/ })
    .first()
    .click()
  const ask = page.getByTestId('dial-request')
  await expect(ask).toContainText('is put on hold', { timeout: SOON })
  await page.getByTestId('dial-no').click()
  await expect(ask).toBeHidden()
  await callIs(page, 'up')
})

test('do not disturb and chats only are said where the status stands', async ({ app, tab }) => {
  const page = await tab()
  await sitDown(page)
  const { client, close } = await lever(page, app)
  await client.desk.saveSettings({ doNotDisturb: true })
  await expect(page.getByTestId('undisturbed')).toBeVisible({ timeout: SOON })
  await page.getByRole('button', { name: 'Switch it off' }).click()
  await expect(page.getByTestId('undisturbed')).toBeHidden({ timeout: SOON })
  await page.getByRole('button', { name: /^Your status:/ }).click()
  await page.getByRole('menuitemradio', { name: /^Serve chats only/ }).click()
  await expect.poll(async () => (await client.desk.settings()).writtenOnly, { timeout: SOON }).toBe(true)
  close()
})
