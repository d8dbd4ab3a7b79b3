import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { ofType, test } from './app.ts'
import { goTo, lever, reply, SOON, setPace, setPresence, takeSeat, timeline } from './desk.ts'

/** The front desk answers first; whoever takes over sees all of it, and nobody asks the customer twice. */

test.setTimeout(240_000)

const SCENARIO = 'en-card-lost'
/** It went between the look and the click. */
const notThere = (): void => {}

test('a chat that the front desk has served comes to a person with everything it learnt', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const desk = await lever(page, app)
  const { conversationId: id } = await desk.client.practice.start({ scenarioId: SCENARIO, channel: 'chat', frontDesk: true })
  desk.close()

  const offer = page.locator(`[data-testid="offer"][data-conversation="${id}"]`)
  // Others come meanwhile: an offer that nobody answers would take Lin out of the queue.
  const others = page.locator(`[data-testid="offer"]:not([data-conversation="${id}"])`)
  const shown = async () => {
    for (const other of await others.all()) await other.getByTestId('decline').click({ timeout: 2_000 }).catch(notThere)
    return offer.isVisible()
  }
  await expect.poll(shown, { timeout: 120_000 }).toBe(true)
  const facts = app.factsOf(id)
  const handoff = ofType(facts, 'handoff.prepared')[0]?.data
  if (!handoff) throw new Error('nothing was handed over')

  await test.step('the offer says who comes and why', async () => {
    await expect(offer.getByTestId('offer-handoff')).toContainText('Verified')
    await expect(offer.getByTestId('offer-handoff')).toContainText('Asked for a person')
    await expect(offer).toContainText(handoff.spoken)
  })

  await offer.getByTestId('accept').click()
  await goTo(page, 'Inbox')
  const panel = page.getByTestId('handoff')
  await test.step('the panel on top of the conversation holds all of it', async () => {
    await expect(panel.getByRole('heading', { name: 'Handed over by the front desk' })).toBeVisible({ timeout: SOON })
    await expect(panel.getByTestId('handoff-identity')).toContainText('Verified: one-time code')
    for (const { name, value } of handoff.gathered.filter((one) => one.name === 'tail'))
      await expect(panel.getByRole('button', { name: `Copy ${value}` }), name).toBeVisible()
    expect(handoff.tried).toContainEqual(expect.objectContaining({ what: 'card_block', outcome: 'done' }))
    await expect(panel.getByText('Card block, done')).toBeVisible()
    for (const { text } of handoff.promised) await expect(panel).toContainText(text)
    await expect(panel).toContainText(handoff.nextStep)
    expect((await new AxeBuilder({ page }).include('[data-testid=handoff]').analyze()).violations).toEqual([])
  })

  await test.step('it folds and opens by key', async () => {
    const summary = panel.locator('summary')
    await summary.focus()
    await page.keyboard.press('Enter')
    await expect(panel.getByTestId('handoff-identity')).toBeHidden()
    await page.keyboard.press('Enter')
    await expect(panel.getByTestId('handoff-identity')).toBeVisible()
  })

  await test.step('the timeline tells it, the co-pilot does not ask again', async () => {
    await expect(timeline(page)).toContainText('The front desk handed over: Asked for a person')
    await expect(timeline(page)).toContainText('Front desk (AI)')
    await expect(page.getByText('“front desk: one-time code”')).toBeVisible({ timeout: SOON })
  })

  await test.step('the customer was asked for each thing once, and the code stands nowhere', async () => {
    const asked = ofType(facts, 'entry.added').filter(({ data }) => data.speaker === 'ai' && data.text.includes('last four digits'))
    expect(asked).toHaveLength(1)
    expect(ofType(facts, 'verification.changed').filter(({ data }) => data.state === 'started')).toHaveLength(1)
    await reply(page, 'I have read it all. Your new card is on its way.')
    expect(ofType(app.factsOf(id), 'conversation.assigned').at(-1)?.data.personId).toBe('agent-lin')
  })
})
