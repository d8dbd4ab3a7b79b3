import { expect } from '@playwright/test'
import { fails, rewords, startScriptedModelServer } from '../fakes/model-server.ts'
import { test } from './app.ts'
import { endConversation, finish, goTo, open, SOON, setPace, setPresence, takeChat, takeSeat, wrapUp } from './desk.ts'

/** A model server of one's own words suggestions and notes; the desk works the same without it. */

test.setTimeout(240_000)

test('it is tried, switched on, words a suggestion and the note, and is not missed when it fails', async ({ tab }) => {
  const server = await startScriptedModelServer(fails(401))
  try {
    const page = await tab()
    await takeSeat(page, 'Lin Yue')
    await setPace(page, 'Calm')

    await test.step('the page says what is wrong, and what came of the sample', async () => {
      await goTo(page, 'Settings')
      await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'AI', exact: true }).click()
      const form = page.getByTestId('model-server')
      const result = page.getByTestId('model-server-result')
      await form.getByRole('radio', { name: 'On', exact: true }).check()
      await form.getByRole('textbox', { name: 'Address' }).fill('http://models.bank.example/v1')
      await form.getByRole('textbox', { name: 'Model', exact: true }).fill('small')
      await form.getByRole('button', { name: 'Save' }).click()
      await expect(form).toContainText('must be an https: address')
      await expect(form.getByRole('textbox', { name: 'Address' })).toBeFocused()
      await form.getByRole('textbox', { name: 'Address' }).fill(server.url)
      await form.getByLabel('Key', { exact: true }).fill('sk-of-the-test')
      await form.getByRole('radio', { name: '15 s' }).check()
      await form.getByRole('button', { name: 'Try it' }).click()
      await expect(result).toContainText('The server refuses the key.', { timeout: SOON })
      server.play(rewords('Happy to help. '))
      await form.getByRole('button', { name: 'Try it' }).click()
      await expect(result).toContainText('It works', { timeout: SOON })
      await expect(result).toContainText('Happy to help. A replacement card arrives')
      await form.getByRole('button', { name: 'Save' }).click()
      await expect(form.getByPlaceholder('A key is kept')).toHaveValue('', { timeout: SOON })
      await goTo(page, 'Inbox')
    })

    await setPresence(page, 'Available')
    await test.step('a suggestion in better words, marked, that goes into the reply', async () => {
      await open(page, await takeChat(page, 'en-fees'))
      const copilot = page.getByRole('complementary', { name: 'Co-pilot' })
      await expect(copilot.getByTestId('worded-by-model')).toBeVisible({ timeout: SOON })
      await expect(copilot.getByRole('blockquote')).toContainText('Happy to help. ')
      await copilot.getByRole('button', { name: /^Accept/ }).click()
      await expect(page.getByRole('textbox', { name: 'Reply to the customer' })).toHaveValue(/^Happy to help\. /)
      await page.getByRole('textbox', { name: 'Reply to the customer' }).press('Enter')
    })

    await test.step('the note in better words, until somebody types', async () => {
      server.play(rewords('Note: '))
      await endConversation(page)
      const box = wrapUp(page).getByRole('textbox', { name: 'Note for the record' })
      await expect(box).toHaveValue(/^Note: Wanted/, { timeout: SOON })
      await finish(page, 'Resolved')
    })

    await test.step('with the server broken, the desk’s own words are there as ever', async () => {
      server.play(fails(500))
      const before = server.requests.length
      await open(page, await takeChat(page, 'en-balance'))
      const copilot = page.getByRole('complementary', { name: 'Co-pilot' })
      await expect(copilot.getByRole('blockquote')).toBeVisible({ timeout: SOON })
      await expect.poll(() => server.requests.length, { timeout: SOON }).toBeGreaterThan(before)
      await expect(copilot.getByTestId('worded-by-model')).toBeHidden()
    })
  } finally {
    await server.close()
  }
})
