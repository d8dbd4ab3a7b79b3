import { expect } from '@playwright/test'
import { ofType, test } from './app.ts'
import { entry, open, reply, row, SOON, setPace, setPresence, takeChat, takeSeat, timeline } from './desk.ts'

/** A warning with its evidence, and a check of identity that leads out of it. */

test.setTimeout(180_000)

test('a risk alert shows what happened, a one-time code verifies the customer without anybody reading it, and the alert is cleared', async ({
  app,
  tab
}) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const id = await takeChat(page, 'en-remote-login')
  await open(page, id)
  const panel = page.getByTestId('risk')
  await expect(panel.getByRole('heading', { name: 'Risk alert: Log-in from another place' })).toBeVisible({ timeout: SOON })
  await expect(page.getByTestId('risk-evidence')).toContainText(/Log-in from Windows computer, Romania/, { timeout: SOON })
  const clear = panel.getByRole('button', { name: 'All clear' })
  await expect(clear).toBeDisabled()

  await test.step('by keyboard alone: send a code, a wrong one is refused', async () => {
    await panel.getByRole('button', { name: 'Send a code' }).press('Enter')
    await expect(panel).toHaveAttribute('data-state', 'sent', { timeout: SOON })
    const box = panel.getByRole('textbox', { name: 'Code the customer tells' })
    await box.fill('12')
    await box.press('Enter')
    await expect(panel.getByRole('alert')).toHaveText('A code is 4 to 10 digits')
    await box.fill('0000000')
    await box.press('Enter')
    await expect(panel).toHaveAttribute('data-state', 'wrong', { timeout: SOON })
  })

  await test.step('asked for it, the customer writes the code: it is checked, and stands nowhere', async () => {
    await reply(page, 'Please tell me the code that came to your phone.')
    await expect(entry(page, 'It is ••••••.')).toBeVisible({ timeout: SOON })
    await expect(panel).toHaveAttribute('data-state', 'verified', { timeout: SOON })
    const facts = app.factsOf(id)
    expect(ofType(facts, 'verification.changed').at(-1)?.data).toEqual({ state: 'verified', how: 'one_time_code' })
    expect(
      ofType(facts, 'entry.added')
        .map(({ data }) => data.text)
        .join(' ')
    ).not.toMatch(/\d{6}/)
  })

  await test.step('cleared, the panel goes and the record says so', async () => {
    await clear.press('Enter')
    await expect(panel).toBeHidden({ timeout: SOON })
    await expect(row(page, id).getByText('Risk alert')).toBeHidden({ timeout: SOON })
    expect(ofType(app.factsOf(id), 'alert.resolved').map(({ data }) => data)).toMatchObject([{ outcome: 'cleared', personId: 'agent-lin' }])
    await expect(timeline(page).getByText('Alert cleared: Log-in from another place')).toBeVisible({ timeout: SOON })
  })
})
