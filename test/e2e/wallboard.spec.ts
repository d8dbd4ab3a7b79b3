import { expect, type Page } from '@playwright/test'
import { type App, test } from './app.ts'
import { lever, SOON, setPace, setPresence, signIn, takeChat, takeSeat } from './desk.ts'
import { percent, recount } from './figures.ts'

/** The supervisor's board: figures that a plain recount of the facts confirms, live, honest about their age, and a screen on the wall. */

test.setTimeout(180_000)

const tile = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const number = (page: Page, name: string) => tile(page, name).locator('strong')

async function board(page: Page): Promise<void> {
  await signIn(page, 'Ruth Adler')
  await expect(number(page, 'Answered')).toHaveText(/^\d+%$/, { timeout: SOON })
}

const QUEUES: Record<string, string> = {
  accounts: 'Accounts',
  cards: 'Cards',
  loans: 'Loans',
  wealth: 'Wealth',
  insurance: 'Insurance',
  complaints: 'Complaints',
  expert: 'Experts'
}
const PRESENCE: Record<string, string> = { available: 'Available', busy: 'Busy', 'wrap-up': 'Wrap-up', break: 'Break' }

/** Everything the board says, in one look. */
const seen = (page: Page) =>
  page.evaluate(() => {
    const words = (element: Element | null | undefined) => element?.textContent?.trim() ?? ''
    const at = (name: string) => document.querySelector(`section[aria-label="${name}"]`)
    const rows = (name: string) =>
      Object.fromEntries(
        [...(at(name)?.querySelectorAll('tbody tr') ?? [])].map((row) => [
          words(row.querySelector('th')),
          [...row.querySelectorAll('td')].map(words)
        ])
      )
    return {
      numbers: Object.fromEntries(
        ['Waiting', 'Longest wait', 'Service level', 'Answered', 'Abandoned', 'Transferred'].map((name) => [
          name,
          words(at(name)?.querySelector('strong'))
        ])
      ),
      queues: rows('Queues'),
      people: Object.fromEntries(
        [...(at('Agents by presence')?.querySelectorAll('li') ?? [])].map((row) => [
          words(row.querySelector('.name')),
          words(row.querySelector('.count'))
        ])
      ),
      starts: [...(at('Customer emotion')?.querySelectorAll('thead th') ?? [])].slice(1).map(words),
      emotion: rows('Customer emotion')
    }
  })

/** What the facts say it must be, in the board's words. */
function told(app: App, starts: readonly string[]) {
  const now = Date.now()
  const sums = recount(app.facts(), now)
  const waitS = sums.oldestAt === undefined ? undefined : (now - sums.oldestAt) / 1000
  const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const emotion: Record<string, string[]> = {}
  for (const [key, cell] of sums.cells) {
    const [queue = '', startAt = ''] = key.split(' ')
    const column = starts.indexOf(clock.format(Number(startAt)))
    const name = QUEUES[queue] ?? queue
    emotion[name] ??= starts.map(() => '–')
    if (column >= 0) emotion[name][column] = `${percent(cell.strained / cell.utterances)}${cell.utterances < 4 ? '*' : ''}`
  }
  return { sums, waitS, emotion }
}

const seconds = (words: string): number => words.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

test('a morning is there within seconds, and every figure is what the facts add up to', async ({ app, tab }) => {
  const page = await tab()
  await board(page)
  await page.getByRole('button', { name: 'Show as table' }).click()

  await test.step('the morning is believable', async () => {
    const { sums } = told(app, [])
    expect(sums.contacts).toBeGreaterThan(100)
    expect(sums.answeredRatio).toBeGreaterThan(0.7)
    expect(sums.answeredRatio).toBeLessThan(1)
    expect(sums.offered.size).toBeGreaterThanOrEqual(6)
  })

  // Colleagues go on working while we look, so the two are compared until the centre rests for a moment.
  await expect(async () => {
    const shown = await seen(page)
    const { sums, waitS, emotion } = told(app, shown.starts)
    expect(shown.numbers).toMatchObject({
      Waiting: String(sums.waiting),
      'Service level': sums.serviceLevel === undefined ? expect.stringMatching(/^(-|N\/A)$/) : percent(sums.serviceLevel),
      Answered: percent(sums.answeredRatio),
      Abandoned: percent(sums.abandonedRatio),
      Transferred: percent(sums.transferredRatio)
    })
    if (waitS === undefined) expect(shown.numbers['Longest wait']).toBe('–')
    else expect(Math.abs(seconds(shown.numbers['Longest wait'] ?? '') - waitS)).toBeLessThan(3)
    for (const [queue, name] of Object.entries(QUEUES)) {
      if (sums.offered.has(queue)) expect(shown.queues[name]?.[2], name).toBe(String(sums.offered.get(queue)))
    }
    for (const [presence, name] of Object.entries(PRESENCE))
      expect(shown.people[name] ?? '0', name).toBe(String(sums.presence.get(presence) ?? 0))
    expect(shown.emotion).toMatchObject(emotion)
    expect(Object.keys(emotion).length).toBeGreaterThanOrEqual(5)
  }).toPass({ timeout: 60_000, intervals: [300] })
})

test('the board moves when an agent takes a chat', async ({ app, tab }) => {
  const ruth = await tab()
  await board(ruth)
  const lin = await tab()
  await takeSeat(lin, 'Lin Yue')
  await setPace(lin, 'Calm')
  await setPresence(lin, 'Available')
  const before = recount(app.facts(), Date.now())
  await takeChat(lin, 'en-balance')
  await expect
    .poll(() => recount(app.facts(), Date.now()).offered.get('accounts') ?? 0, { timeout: SOON })
    .toBeGreaterThan(before.offered.get('accounts') ?? 0)
  await expect(async () => {
    const { queues, people } = await seen(ruth)
    const after = recount(app.facts(), Date.now())
    expect(queues['Accounts']?.[2]).toBe(String(after.offered.get('accounts')))
    expect(people['Busy'] ?? '0').toBe(String(after.presence.get('busy') ?? 0))
    expect(after.contacts).toBeGreaterThan(before.contacts)
    await expect(tile(ruth, 'Answered')).toContainText(`${after.contacts} contacts`, { timeout: 500 })
  }).toPass({ timeout: SOON, intervals: [300] })
})

test('figures look old as soon as the line is cut, say from when they are, and are live again after it is mended', async ({ app, tab }) => {
  const page = await tab()
  await board(page)
  const service = tile(page, 'Service level')
  await expect(service).toContainText('live', { timeout: SOON })
  await expect(service).not.toHaveClass(/stale/)
  const { client, close } = await lever(page, app)
  await client.practice.setLine({ up: false })
  await expect(service).toHaveClass(/stale/, { timeout: SOON })
  await expect(service).toContainText(/Old figures, from \d\d:\d\d/)
  await expect(page.getByText('The line to the centre is down. These are the last known figures.')).toBeVisible()
  await expect(number(page, 'Answered')).toHaveText(/^\d+%$/)
  await client.practice.setLine({ up: true })
  close()
  await expect(service).not.toHaveClass(/stale/, { timeout: SOON })
  await expect(service).toContainText('live', { timeout: SOON })
})

test('every tile explains its figure, and the heat map is read by key', async ({ tab }) => {
  const page = await tab()
  await board(page)
  const explanations = page.getByRole('button', { name: /^What is / })
  await expect(explanations).toHaveCount(11)
  for (const one of await explanations.all()) {
    await one.click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('Formula', { exact: true })).toBeVisible()
    await expect(dialog.getByText('Age of the data', { exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(one).toBeFocused()
  }
  await page.getByRole('application', { name: /Customer emotion/ }).focus()
  const read = page.locator('.told')
  await expect(read).toContainText('Accounts')
  await page.keyboard.press('ArrowDown')
  await expect(read).toContainText('Cards')
})

test('a screen on the wall starts dark and full, turns its pages, and only shows', async ({ tab }) => {
  const page = await tab()
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.getByRole('button', { name: 'Wallboard 1' }).click()
  const room = page.getByRole('region', { name: 'Wallboard', exact: true })
  await expect(number(page, 'Answered')).toHaveText(/^\d+%$/, { timeout: SOON })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await room.boundingBox()).toEqual({ x: 0, y: 0, width: 1920, height: 1080 })
  await page.keyboard.press('ArrowRight')
  await expect(tile(page, 'Queues')).toBeVisible()
  await expect(number(page, 'Answered')).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await expect(tile(page, 'Customer emotion')).toBeVisible()
  // Left alone it goes on by itself.
  await expect(number(page, 'Answered')).toBeVisible({ timeout: SOON })
  await page.keyboard.press('Escape')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})
