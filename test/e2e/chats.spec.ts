import { expect } from '@playwright/test'
import { ofType, said, test } from './app.ts'
import {
  askFor,
  choosePresence,
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
  takeCall,
  takeChat,
  takeSeat,
  timeline
} from './desk.ts'

/** Customers write: several at once, each answered in their own conversation, and one story per customer. */

test.setTimeout(240_000)

const CHATS = ['en-balance', 'en-loan-status', 'en-fees'] as const
/** What the script waits for next, said the way its author would. */
const promptOf = (scenarioId: string, turn: number): string => script(scenarioId).agentPrompts[turn] ?? 'One moment, please.'

test('three chats at once: interleaved replies reach the right customers, each reacts, notes stay private, each is closed', async ({
  app,
  tab
}) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const ids: string[] = []
  for (const scenarioId of CHATS) ids.push(await takeChat(page, scenarioId))
  for (const id of ids) await expect(row(page, id)).toBeVisible()
  const chats = CHATS.map((scenarioId, i) => ({ scenarioId, id: ids[i] ?? '', mark: `reference ${i + 1}${i + 1}${i + 1}` }))

  await test.step('two rounds, from the last to the first', async () => {
    for (const turn of [0, 1]) {
      for (const { id, scenarioId, mark } of chats.toReversed()) {
        await open(page, id)
        await reply(page, `${promptOf(scenarioId, turn)} (${mark}, round ${turn + 1})`)
      }
      // Everybody answers with the words of their own script.
      for (const { id, scenarioId } of chats) {
        const words = script(scenarioId).steps[turn]?.say.text ?? ''
        await open(page, id)
        await expect(entry(page, words)).toBeVisible({ timeout: SOON })
        await expect.poll(() => said(app.factsOf(id), 'customer'), { timeout: SOON }).toContain(words)
      }
    }
  })

  await test.step('nobody got a word that was meant for another', () => {
    for (const { id, scenarioId, mark } of chats) {
      const sent = said(app.factsOf(id), 'agent')
      expect(sent).toHaveLength(2)
      for (const [i, words] of sent.entries()) expect(words).toContain(`(${mark}, round ${i + 1})`)
      const own = [
        script(scenarioId).opening.text,
        ...script(scenarioId)
          .steps.slice(0, 2)
          .map((step) => step.say.text)
      ]
      expect(said(app.factsOf(id), 'customer')).toEqual(own)
    }
  })

  await test.step('a note is for colleagues: the customer neither gets it nor reacts', async () => {
    const first = chats[0] ?? { id: '', scenarioId: '' }
    await open(page, first.id)
    // These words would move the script on if the customer could read them.
    const words = `${promptOf(first.scenarioId, 2)} For colleagues only.`
    await note(page, words)
    await expect.poll(() => said(app.factsOf(first.id), 'agent', 'note'), { timeout: SOON }).toEqual([words])
    expect(said(app.factsOf(first.id), 'agent')).toHaveLength(2)
    await expect(entry(page, words)).toHaveClass(/note/)
    // By the time another customer has reacted, this one would have, too.
    const other = chats[1] ?? first
    await open(page, other.id)
    await reply(page, promptOf(other.scenarioId, 2))
    await expect(entry(page, script(other.scenarioId).steps[2]?.say.text ?? '')).toBeVisible({ timeout: SOON })
    expect(said(app.factsOf(first.id), 'customer')).toHaveLength(3)
  })

  await test.step('each is closed with what came of it', async () => {
    const outcomes = [
      { words: 'Resolved', id: 'resolved' },
      { words: 'Information given', id: 'information_given' },
      { words: 'Callback agreed', id: 'callback_agreed' }
    ]
    // Work comes first, the break after it; nothing new is offered from now on.
    await choosePresence(page, 'Break: Lunch')
    await expect(page.getByRole('button', { name: 'Your status: Busy, then Break: Lunch' })).toBeVisible({ timeout: SOON })
    for (const [i, { id }] of chats.entries()) {
      const outcome = outcomes[i] ?? { words: '', id: '' }
      await open(page, id)
      await endConversation(page)
      await finish(page, outcome.words)
      await expect
        .poll(() => ofType(app.factsOf(id), 'conversation.wrapped').map((one) => one.data.disposition), { timeout: SOON })
        .toEqual([outcome.id])
      await expect(row(page, id)).toHaveCount(0, { timeout: SOON })
    }
    await presenceIs(page, 'Break: Lunch')
    await page.getByRole('tab', { name: /^Closed/ }).click()
    for (const { id } of chats) await expect(row(page, id)).toBeVisible({ timeout: SOON })
  })
})

test('a suggestion is accepted, edited and rejected, and the centre keeps which', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const pane = page.getByRole('complementary', { name: 'Co-pilot' })
  const box = page.getByRole('textbox', { name: 'Reply to the customer' })
  const rated = (id: string) => ofType(app.factsOf(id), 'suggestion.rated').map((one) => [one.data.outcome, one.data.why])

  const accepted = await takeChat(page, 'en-interest-rates')
  await open(page, accepted)
  await pane.getByRole('button', { name: /^Accept/ }).click()
  await expect(box).not.toHaveValue('')
  const words = await box.inputValue()
  await box.press('Enter')
  await expect.poll(() => rated(accepted), { timeout: SOON }).toEqual([['accepted', undefined]])
  await expect.poll(() => said(app.factsOf(accepted), 'agent'), { timeout: SOON }).toEqual([words])
  const article = ofType(app.factsOf(accepted), 'suggestion.rated')[0]?.data.articleId
  expect(ofType(app.facts(), 'article.published').some((one) => one.data.articleId === article && one.data.say === words)).toBe(true)

  const edited = await takeChat(page, 'en-repayment-due')
  await open(page, edited)
  await pane.getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(box).not.toHaveValue('')
  await box.press('End')
  await box.pressSequentially(' Shall I look it up?')
  await box.press('Enter')
  await expect.poll(() => rated(edited), { timeout: SOON }).toEqual([['edited', undefined]])
  await expect.poll(() => said(app.factsOf(edited), 'agent').at(0) ?? '', { timeout: SOON }).toMatch(/ Shall I look it up\?$/)

  const rejected = await takeChat(page, 'en-loan-status')
  await open(page, rejected)
  await pane.getByRole('button', { name: /^Reject/ }).click()
  await page.getByRole('menuitem', { name: 'Out of date' }).click()
  await expect.poll(() => rated(rejected), { timeout: SOON }).toEqual([['rejected', 'out_of_date']])
  expect(said(app.factsOf(rejected), 'agent')).toEqual([])
})

test('a chat and then a call of the same customer are one timeline', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const chat = await takeChat(page, 'en-card-lost')
  await open(page, chat)
  const promise = 'May I have your full name? I will call you about reference 7788.'
  await reply(page, promise)
  await expect(entry(page, script('en-card-lost').steps[0]?.say.text ?? '')).toBeVisible({ timeout: SOON })
  await endConversation(page)
  await finish(page, 'Callback agreed')
  await expect.poll(() => ofType(app.factsOf(chat), 'conversation.closed').length, { timeout: SOON }).toBe(1)

  // Another errand of the same customer, by phone.
  expect(script('en-pin-reset').customerId).toBe(script('en-card-lost').customerId)
  const call = await takeCall(page, 'en-pin-reset')
  await open(page, call)
  await expect(entry(page, script('en-pin-reset').opening.text)).toBeVisible({ timeout: SOON })
  const lines = timeline(page)
  await lines.press('Home') // the list draws only what is in view
  await expect(lines.getByText(/Earlier\s*· Chat/)).toBeVisible({ timeout: SOON })
  await expect(entry(page, promise)).toBeVisible({ timeout: SOON })
  const { client, close } = await lever(page, app)
  const { rows } = await client.conversation.timeline({ conversationId: call })
  close()
  expect(new Set(rows.map((one) => one.channel))).toEqual(new Set(['chat', 'voice']))
  expect(rows.map((one) => one.at)).toEqual(rows.map((one) => one.at).toSorted((a, b) => a - b))
})

test('at the pace of a burst several customers wait at once, and a chat does not shut the door on the others', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Tom Becker')
  await setPace(page, 'Burst')
  await setPresence(page, 'Available')
  // A call takes the whole person, so calls are declined here: what is looked at are chats beside each other.
  const mine = () => page.getByRole('listbox', { name: 'Mine' }).getByRole('option').count()
  await expect
    .poll(
      async () => {
        for (const [channel, act] of [
          ['chat', 'accept'],
          ['voice', 'decline']
        ] as const) {
          const button = page.locator(`[data-testid=offer][data-channel=${channel}]`).first().getByTestId(act)
          if (await button.isVisible()) await button.click({ timeout: 2_000 }).catch(() => undefined) // it may just have gone
        }
        return mine()
      },
      { timeout: 120_000, intervals: [300] }
    )
    .toBeGreaterThanOrEqual(3)
  const own = ofType(app.facts(), 'conversation.assigned').filter((one) => one.data.personId === 'agent-tom')
  expect(new Set(own.map((one) => one.conversationId)).size).toBeGreaterThanOrEqual(3)
  expect(await askFor(page, 'en-fees', 'Chat').then((offer) => offer.isVisible())).toBe(true)
})
