import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { LOCALES } from '../../src-shared/taxonomy.ts'
import { test } from './app.ts'
import { callIs, type Lever, lever, SOON, setPace, signIn, takeSeat } from './desk.ts'
import { misfits } from './overflow.ts'

/**
 * Every screen in every state, looked at twice: axe finds no serious fault in light or dark, and no text is cut off or lies on other
 * text in any language in the smallest window. One walk serves all looks, because they must hold in the same states.
 */

test.setTimeout(420_000)
test.use({ viewport: { width: 1024, height: 700 } })

type Look = (where: string) => Promise<void>

/** Serious faults of the page as it is, or of one part of it, in both themes. */
async function accessible(page: Page, where: string, part = 'html'): Promise<string[]> {
  const faults: string[] = []
  const before = await page.evaluate(() => document.documentElement.dataset['theme'])
  for (const theme of ['light', 'dark']) {
    await page.evaluate((now) => {
      document.documentElement.dataset['theme'] = now
    }, theme)
    await settled(page)
    const axe = new AxeBuilder({ page }).include(part)
    // A theme changes colours and nothing else.
    if (theme === 'dark') axe.withRules('color-contrast')
    else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    const { violations } = await axe.analyze()
    for (const one of violations)
      if (one.impact === 'serious' || one.impact === 'critical')
        faults.push(
          ...one.nodes
            .slice(0, 3)
            .map((node) => `${where}, ${theme}: ${one.id} ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`)
        )
  }
  await page.evaluate((now) => {
    document.documentElement.dataset['theme'] = now ?? 'light'
  }, before)
  return faults
}

/** Colours and sizes have stopped moving. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    await Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
        .map((one) => one.finished)
    )
  })

const room = (page: Page, index: number) => page.getByRole('navigation').first().getByRole('button').nth(index).click()

/** Turns available, and has a customer come at once, whatever the pace. */
async function ask(client: Lever, scenarioId: string, channel: 'voice' | 'chat'): Promise<void> {
  await client.inbox.setPresence({ presence: 'available' })
  await expect.poll(async () => (await client.inbox.presence()).presence, { timeout: SOON }).toBe('available')
  await client.practice.start({ scenarioId, channel })
}

/** An agent's day: everything that is on a screen while nobody calls, in a chat, on a call, and after it. */
async function agentsDay(page: Page, client: Lever, look: Look): Promise<void> {
  const end = async () => {
    const [mine] = await client.inbox.list({ view: 'mine' })
    if (!mine) throw new Error('nothing to end')
    await client.conversation.end({ conversationId: mine.conversationId })
  }
  await room(page, 0)
  await look('empty inbox')
  for (const index of [1, 2, 3]) {
    await room(page, index)
    await settled(page)
    await look(['phone', 'knowledge', 'settings'][index - 1] ?? '')
    if (index === 2) {
      await page.locator('main').getByRole('option').or(page.locator('main li button, main li a')).first().click({ timeout: SOON })
      await expect(page.locator('article').first()).toBeVisible({ timeout: SOON })
      await look('article')
    }
  }
  const sections = page.locator('main nav').getByRole('button')
  for (let i = 1; i < (await sections.count()); i++) {
    await sections.nth(i).click()
    await settled(page)
    await look(`settings ${i}`)
  }
  await room(page, 0)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused({ timeout: SOON })
  await page.getByRole('combobox').fill('ca')
  await expect(page.getByRole('option').first()).toBeVisible({ timeout: SOON })
  await look('search')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('combobox')).toBeHidden()
  await page.locator('body').press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('shortcuts')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  await ask(client, 'en-complaint', 'chat')
  await expect(page.getByTestId('offer')).toBeVisible({ timeout: SOON })
  await look('offer')
  await page.keyboard.press('Control+Alt+a')
  await expect(page.locator('.timeline-rows')).toBeVisible({ timeout: SOON })
  await expect(page.locator('.timeline-rows').getByRole('article').first()).toBeVisible({ timeout: SOON })
  await look('chat')
  await page.keyboard.press('Control+Alt+t')
  await expect(page.getByRole('dialog')).toBeVisible({ timeout: SOON })
  await look('transfer')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Control+Alt+x')
  await page.getByRole('dialog').getByRole('button').first().waitFor({ timeout: SOON })
  await look('end')
  await page.keyboard.press('Escape')
  await end()
  await expect(page.locator('main form').last()).toBeVisible({ timeout: SOON })
  await look('wrap-up')
}

test('the fit of a page is really measured', async ({ page }) => {
  await page.setContent(`<div style="width:80px;overflow:hidden;white-space:nowrap" id="cut">Words that do not fit in here</div>
    <div style="width:80px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis" id="quiet">Words that do not fit in here</div>
    <div style="width:80px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis" title="all of it" id="fine">Words that do not fit</div>
    <div style="position:relative;height:30px"><span style="position:absolute;left:0">First words</span><span style="position:absolute;left:20px">Second words</span></div>
    <div style="width:3000px">wide</div>`)
  const found = await misfits(page)
  expect(found.filter((one) => one.startsWith('cut'))).toHaveLength(2)
  expect(found.filter((one) => one.startsWith('overlap'))).toHaveLength(1)
  expect(found[0]).toContain('3')
  await page.setContent('<main><p>All is well</p></main>')
  expect(await misfits(page)).toEqual([])
})

test('axe finds no serious fault on any screen of an agent, light and dark', async ({ app, tab }) => {
  const page = await tab()
  const look: Look = async (where) => expect.soft(await accessible(page, where), where).toEqual([])
  await expect(page.getByRole('button', { name: 'Lin Yue' })).toBeVisible({ timeout: SOON })
  await look('sign-in')
  await page.getByRole('button', { name: 'Lin Yue' }).click()
  for (const step of [1, 2, 3]) {
    await expect(page.getByText(`Step ${step} of 3`)).toBeVisible({ timeout: SOON })
    await look(`guide ${step}`)
    if (step < 3) await page.getByRole('button', { name: 'Next' }).click()
  }
  await page.getByRole('button', { name: 'Skip the guide' }).click()
  await setPace(page, 'Calm')
  const { client, close } = await lever(page, app)
  await agentsDay(page, client, look)

  await test.step('on a call, and with the line cut', async () => {
    const [mine] = await client.inbox.list({ view: 'mine' })
    await client.conversation.finish({ conversationId: mine?.conversationId ?? '', disposition: 'resolved', note: '' })
    await expect.poll(async () => (await client.inbox.list({ view: 'mine' })).length, { timeout: SOON }).toBe(0)
    await ask(client, 'en-balance', 'voice')
    await expect(page.getByTestId('offer')).toBeVisible({ timeout: SOON })
    await page.keyboard.press('Control+Alt+a')
    await callIs(page, 'up')
    await look('call')
    await page.keyboard.press('Control+Alt+k')
    // The pad lies over controls that were looked at just now, and may cover a part of one.
    expect.soft(await accessible(page, 'keypad', '[data-testid=keypad]'), 'keypad').toEqual([])
    await page.keyboard.press('Escape')
    await client.practice.setLine({ up: false })
    const waiting = page.getByRole('button', { name: 'Show what is waiting' })
    await expect(waiting).toBeVisible({ timeout: SOON })
    await look('offline')
    await waiting.click()
    await expect(page.getByRole('dialog')).toBeVisible({ timeout: SOON })
    await look('waiting actions')
    await client.practice.setLine({ up: true })
  })
  close()
})

test('axe finds no serious fault on the board, light and dark', async ({ tab }) => {
  const page = await tab()
  const faults: string[] = []
  await signIn(page, 'Ruth Adler')
  await expect(page.getByRole('img', { name: 'Customer emotion' })).toBeVisible({ timeout: SOON })
  faults.push(...(await accessible(page, 'board')))
  await page.getByRole('button', { name: 'Show as table' }).click()
  faults.push(...(await accessible(page, 'board as table')))
  await page.keyboard.press('Control+Alt+f')
  for (const place of ['now', 'queues', 'today']) {
    faults.push(...(await accessible(page, `screen, ${place}`)))
    await page.getByRole('button', { name: 'Next page' }).click()
  }
  expect(faults).toEqual([])
})

for (const locale of LOCALES)
  test(`every text fits in the smallest window: ${locale}`, async ({ app, tab }) => {
    const page = await tab()
    const look: Look = async (where) => {
      await settled(page)
      expect.soft(await misfits(page), where).toEqual([])
    }
    await takeSeat(page, 'Lin Yue')
    await setPace(page, 'Calm')
    const { client, close } = await lever(page, app)
    await client.desk.saveSettings({ locale })
    await expect(page.locator('html')).toHaveAttribute('lang', locale, { timeout: SOON })
    await agentsDay(page, client, look)
    close()

    const board = await tab()
    await board.getByRole('button', { name: /Ruth Adler|鲁思|魯思/ }).click({ timeout: SOON })
    await expect(board.locator('section strong').first()).toBeVisible({ timeout: SOON })
    await board.getByRole('button', { name: /Skip the guide|跳过向导|略過|跳過/ }).click()
    expect.soft(await misfits(board), 'board').toEqual([])
  })
