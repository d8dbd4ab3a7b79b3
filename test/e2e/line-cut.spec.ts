import { expect, type Page } from '@playwright/test'
import { type App, ofType, said, test } from './app.ts'
import { listen } from './audio.ts'
import {
  callIs,
  choosePresence,
  deliveryIs,
  endConversation,
  entry,
  finish,
  lever,
  note,
  open,
  presenceIs,
  reply,
  row,
  SOON,
  script,
  setPace,
  setPresence,
  switchLine,
  takeCall,
  takeChat,
  takeSeat,
  wrapUp
} from './desk.ts'

/** The line to the centre is cut: what was known stays, what is entered waits, and arrives once and in order. */

test.setTimeout(240_000)

const offlineBar = (page: Page) => page.getByText(/^Working offline since/)
const trayDialog = (page: Page) => page.getByRole('dialog', { name: 'Waiting and refused' })
const refusals = (app: App) => ofType(app.deskLog('agent-lin'), 'command.rejected')

async function begin(page: Page): Promise<void> {
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
}

test('cut mid-reply: everything stays readable, what is entered waits visibly, and arrives exactly once and in order', async ({
  app,
  tab
}) => {
  const page = await tab()
  await begin(page)
  const closing = await takeChat(page, 'en-loan-status')
  const chat = await takeChat(page, 'en-balance')
  await open(page, closing)
  await endConversation(page)
  await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
  await open(page, chat)
  const box = page.getByRole('textbox', { name: 'Reply to the customer' })
  await box.fill('First reply, half typed')

  await switchLine(page, false)
  await expect(offlineBar(page)).toContainText('Nothing is waiting', { timeout: SOON })
  const before = app.facts().length

  await test.step('what is entered is shown as waiting', async () => {
    await open(page, chat)
    await expect(box).toHaveValue('First reply, half typed')
    await reply(page, 'First reply, typed to its end.')
    await note(page, 'A note written while the line was cut.')
    await reply(page, 'Second reply while cut.')
    for (const words of ['First reply, typed to its end.', 'A note written while the line was cut.', 'Second reply while cut.'])
      await deliveryIs(page, words, 'Waiting to be sent')
    await open(page, closing)
    await finish(page, 'Callback agreed', 'Calls back on Monday.')
    await choosePresence(page, 'Break: Lunch')
    await expect(page.getByRole('button', { name: /^Your status/ })).toContainText('Break')
    await expect(offlineBar(page)).toContainText('5 actions are waiting', { timeout: SOON })
    await expect(row(page, chat)).toContainText('3 actions wait for the line')
  })

  await test.step('what was known is there, and is found', async () => {
    await open(page, chat)
    await expect(entry(page, script('en-balance').opening.text)).toBeVisible()
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Search or command' })
    await field.fill('nine days ago')
    await expect(page.getByRole('listbox', { name: 'Results' })).toContainText('nine days ago', { timeout: SOON })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Show what is waiting' }).click()
    const waiting = trayDialog(page).getByRole('listitem')
    await expect(waiting).toHaveCount(5, { timeout: SOON })
    for (const [i, words] of ['First reply, typed', 'A note written', 'Second reply', 'Calls back on Monday.', 'Status'].entries())
      await expect(waiting.nth(i)).toContainText(words)
    await page.keyboard.press('Escape')
  })

  await test.step('the centre knows nothing of it yet', () => {
    const since = app.facts().slice(before)
    expect(ofType(since, 'entry.added').filter((one) => one.data.personId === 'agent-lin')).toEqual([])
    expect(ofType(app.factsOf(closing), 'conversation.wrapped')).toEqual([])
  })

  await test.step('mended: all of it arrives, once, in the order entered', async () => {
    await switchLine(page, true)
    await expect(offlineBar(page)).toBeHidden({ timeout: SOON })
    await expect.poll(() => ofType(app.factsOf(closing), 'conversation.wrapped').length, { timeout: SOON }).toBe(1)
    await open(page, chat)
    for (const words of ['First reply, typed to its end.', 'A note written while the line was cut.', 'Second reply while cut.'])
      await deliveryIs(page, words, 'Sent')
    await expect(row(page, closing)).toHaveCount(0, { timeout: SOON })
    const mine = app
      .facts()
      .slice(before)
      .flatMap((fact) => {
        if (fact.type === 'entry.added' && fact.data.personId === 'agent-lin') return [fact.data.text]
        if (fact.type === 'conversation.wrapped' && fact.data.personId === 'agent-lin')
          return [`${fact.data.disposition}: ${fact.data.note}`]
        if (fact.type === 'presence.changed' && fact.data.personId === 'agent-lin' && fact.data.reason) return [fact.data.reason]
        return []
      })
    expect(mine).toEqual([
      'First reply, typed to its end.',
      'A note written while the line was cut.',
      'Second reply while cut.',
      'callback_agreed: Calls back on Monday.',
      'then_break:lunch'
    ])
    // Nothing is sent again later: an answered command is no longer in the outbox.
    const { client, close } = await lever(page, app)
    expect(await client.desk.outbox()).toEqual([])
    close()
    expect(refusals(app)).toEqual([])
  })
})

test('what the centre refuses lands in the tray with its content: retry, edit, discard and undo', async ({ app, tab }) => {
  const page = await tab()
  await begin(page)
  const { steps, agentPrompts } = script('en-balance')
  const chat = await takeChat(page, 'en-balance')
  await open(page, chat)
  const { client, close } = await lever(page, app)
  for (const [i, step] of steps.entries()) {
    if (i === steps.length - 1) break
    await reply(page, agentPrompts[i] ?? '')
    await expect(entry(page, step.say.text)).toBeVisible({ timeout: SOON })
  }
  // After the last answer the customer says goodbye and leaves; the line is cut before this desk can learn of it.
  await client.conversation.reply({ conversationId: chat, text: agentPrompts.at(-1) ?? '' })
  await expect.poll(() => said(app.factsOf(chat), 'agent').length, { timeout: SOON, intervals: [20] }).toBe(steps.length)
  await client.practice.setLine({ up: false })
  await expect(offlineBar(page)).toBeVisible({ timeout: SOON })
  await expect
    .poll(() => ofType(app.factsOf(chat), 'conversation.ended').map((one) => one.data.by), { timeout: SOON })
    .toEqual(['customer'])
  await reply(page, 'One more thing before you go.')
  await deliveryIs(page, 'One more thing before you go.', 'Waiting to be sent')
  await client.practice.setLine({ up: true })

  await page.getByRole('button', { name: '1 refused action' }).click({ timeout: SOON })
  const tray = trayDialog(page)
  const item = tray.getByRole('listitem')
  await expect(item).toHaveCount(1)
  await expect(item).toContainText('One more thing before you go.')
  expect(refusals(app)).toHaveLength(1)
  expect(refusals(app)[0]?.data.code).toBe('conversation_closed')

  await item.getByRole('button', { name: 'Try again', exact: true }).click()
  await expect.poll(() => refusals(app).length, { timeout: SOON }).toBe(2)
  await expect(item.getByRole('button', { name: 'Edit and try again' })).toBeVisible({ timeout: SOON })
  await item.getByRole('button', { name: 'Edit and try again' }).click()
  await item.getByRole('textbox', { name: 'Changed text' }).fill('Changed before it goes.')
  await item.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => refusals(app).length, { timeout: SOON }).toBe(3)
  await expect(item).toContainText('Changed before it goes.')
  await expect(item).toHaveCount(1)

  await item.getByRole('button', { name: 'Discard' }).click({ timeout: SOON })
  await expect(item).toHaveCount(0, { timeout: SOON })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(item).toContainText('Changed before it goes.', { timeout: SOON })
  await item.getByRole('button', { name: 'Discard' }).click()
  await expect(tray).toContainText('Nothing is waiting', { timeout: SOON })
  expect(said(app.factsOf(chat), 'agent')).toHaveLength(steps.length)
  expect(await client.desk.outbox()).toEqual([])
  close()
})

test('cut mid-call: the sound goes on, hold and hang-up work, and the facts are right afterwards', async ({ app, tab }) => {
  const page = await tab()
  await begin(page)
  const id = await takeCall(page, 'en-insurance-claim')
  await expect(entry(page, script('en-insurance-claim').opening.text)).toBeVisible({ timeout: SOON })
  await switchLine(page, false)
  await expect(offlineBar(page)).toContainText('Calls still work.', { timeout: SOON })

  await expect.poll(async () => (await listen(page)).packets, { timeout: SOON }).toBeGreaterThan(25)
  await page.getByTestId('hold').click()
  await callIs(page, 'held')
  await expect.poll(async () => (await listen(page)).packets, { timeout: SOON }).toBeLessThan(5)
  await page.getByTestId('hold').click()
  await callIs(page, 'up')
  await expect.poll(async () => (await listen(page)).packets, { timeout: SOON }).toBeGreaterThan(25)
  await reply(page, 'I have noted your claim.')
  await deliveryIs(page, 'I have noted your claim.', 'Waiting to be sent')
  await page.getByTestId('hang-up').click()
  await callIs(page, 'ended')
  await expect.poll(async () => (await listen(page)).packets, { timeout: SOON }).toBe(0)

  await switchLine(page, true)
  await open(page, id)
  await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
  const facts = app.factsOf(id)
  const order = facts.map((fact) => fact.type).filter((type) => /^call\.(started|answered|held|resumed|ended)$/.test(type))
  expect(order).toEqual(['call.started', 'call.answered', 'call.held', 'call.resumed', 'call.ended'])
  expect(ofType(facts, 'call.ended')[0]?.data.by).toBe('agent')
  await finish(page, 'Information given')
  await expect.poll(() => ofType(app.factsOf(id), 'conversation.wrapped').length, { timeout: SOON }).toBe(1)
  await presenceIs(page, 'Available')
})
