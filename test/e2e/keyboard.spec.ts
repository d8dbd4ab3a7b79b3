import { expect, type Page } from '@playwright/test'
import { ofType, said, test } from './app.ts'
import { callIs, conversationOf, entry, lever, presenceIs, row, SOON, setPace, signIn, strip, takeSeat, wrapUp } from './desk.ts'

/** A working day without a mouse: the pointer is never used after signing in, and the focus is never lost. */

test.setTimeout(240_000)

/** Something has the focus: a key pressed next goes somewhere. */
async function focused(page: Page, after: string): Promise<void> {
  await expect
    .poll(
      () => page.evaluate(() => (document.activeElement === document.body ? 'nothing' : (document.activeElement?.tagName ?? 'nothing'))),
      {
        message: `focus after: ${after}`,
        timeout: 5_000
      }
    )
    .not.toBe('nothing')
}
async function press(page: Page, keys: string, after = keys): Promise<void> {
  await page.keyboard.press(keys)
  await focused(page, after)
}

test('a chat by keyboard: available, accept, take a suggestion, write, note, end, wrap up', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await page.getByRole('button', { name: /^Your status:/ }).focus()
  await press(page, 'Control+Alt+p')
  await presenceIs(page, 'Available')
  const { client, close } = await lever(page, app)
  await client.practice.start({ scenarioId: 'en-balance', channel: 'chat' })
  const offer = page.getByTestId('offer').first()
  await expect(offer).toBeVisible({ timeout: SOON })
  const id = await conversationOf(offer)
  await press(page, 'Control+Alt+a', 'accepting')
  await expect(row(page, id)).toBeVisible({ timeout: SOON })

  // An offer never takes the keyboard, so the person goes to the conversation.
  await press(page, 'Alt+1', 'going to the conversation')
  const box = page.getByRole('textbox', { name: 'Reply to the customer' })
  await expect(box).toBeFocused({ timeout: SOON })
  await page.keyboard.type('Written without a mouse.')
  await press(page, 'Enter', 'sending')
  await expect(entry(page, 'Written without a mouse.')).toHaveCount(1, { timeout: SOON })

  await expect(page.getByRole('button', { name: /^Accept/ }).first()).toBeVisible({ timeout: SOON })
  await press(page, 'Control+Alt+s', 'taking the suggestion')
  await expect(box).not.toHaveValue('', { timeout: SOON })
  await box.press('Enter')
  await expect.poll(() => said(app.factsOf(id), 'agent').length, { timeout: SOON }).toBe(2)
  await expect
    .poll(() => ofType(app.factsOf(id), 'suggestion.rated').map((fact) => fact.data.outcome), { timeout: SOON })
    .toContain('accepted')

  await press(page, 'Control+Alt+n', 'turning to a note')
  await expect(page.getByRole('textbox', { name: 'Note for colleagues' })).toBeFocused()
  await page.keyboard.type('Checked by key.')
  await press(page, 'Enter', 'noting')
  await expect.poll(() => said(app.factsOf(id), 'agent', 'note'), { timeout: SOON }).toContain('Checked by key.')

  await press(page, 'Control+Alt+x', 'asking to end')
  const dialog = page.getByRole('dialog', { name: 'End this conversation?' })
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'End', exact: true }).focus()
  await press(page, 'Enter', 'ending')
  await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
  await wrapUp(page).getByRole('radio').first().focus()
  await press(page, 'Space', 'choosing what came of it')
  await press(page, 'Control+Enter', 'finishing')
  await expect.poll(() => ofType(app.factsOf(id), 'conversation.wrapped').length, { timeout: SOON }).toBe(1)
  close()
})

test('a call by keyboard: accept, mute, hold, keypad, transfer dialog, hang up', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  const { client, close } = await lever(page, app)
  await client.inbox.setPresence({ presence: 'available' })
  await presenceIs(page, 'Available')
  await client.practice.start({ scenarioId: 'en-balance', channel: 'voice' })
  const offer = page.getByTestId('offer').first()
  await expect(offer).toBeVisible({ timeout: SOON })
  const id = await conversationOf(offer)
  await press(page, 'Control+Alt+a', 'accepting')
  await callIs(page, 'up')
  await press(page, 'Control+Alt+m', 'muting')
  await expect(strip(page).getByRole('button', { name: /^Unmute/ })).toBeVisible({ timeout: SOON })
  await press(page, 'Control+Alt+m', 'unmuting')
  await press(page, 'Control+Alt+h', 'holding')
  await callIs(page, 'held')
  await press(page, 'Control+Alt+h', 'resuming')
  await callIs(page, 'up')
  await press(page, 'Control+Alt+k', 'opening the keypad')
  await page.keyboard.type('42')
  await expect
    .poll(
      () =>
        ofType(app.factsOf(id), 'call.digit')
          .map((fact) => fact.data.digit)
          .join(''),
      { timeout: SOON }
    )
    .toBe('42')
  await press(page, 'Escape', 'closing the keypad')
  await press(page, 'Control+Alt+t', 'asking to transfer')
  await expect(page.getByRole('dialog')).toBeVisible()
  await press(page, 'Escape', 'not transferring')
  await press(page, 'Control+Alt+e', 'hanging up')
  await expect.poll(() => ofType(app.factsOf(id), 'call.ended').length, { timeout: SOON }).toBe(1)
  await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
  close()
})

test('the board by keyboard: full screen, pages, pause, an explanation, and back', async ({ tab }) => {
  const page = await tab()
  await signIn(page, 'Ruth Adler')
  await expect(page.locator('section strong').first()).toBeVisible({ timeout: SOON })
  await press(page, 'Control+Alt+f', 'full screen')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await press(page, 'ArrowRight')
  await expect(page.getByRole('region', { name: 'Queues', exact: true })).toBeVisible()
  await press(page, 'Space', 'pausing')
  await expect(page.getByRole('button', { name: 'Turn pages' })).toBeVisible()
  await page.getByRole('button', { name: 'What is Queues?' }).focus()
  await press(page, 'Enter', 'asking')
  await expect(page.getByRole('dialog', { name: 'Queues' })).toBeVisible()
  await press(page, 'Escape', 'reading on')
  await press(page, 'Control+Alt+f', 'leaving')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})
