import { expect } from '@playwright/test'
import type { App } from './app.ts'
import { ofType, test } from './app.ts'
import { listen } from './audio.ts'
import {
  askFor,
  callIs,
  choosePresence,
  conversationOf,
  entry,
  finish,
  lever,
  presenceIs,
  SOON,
  script,
  setPace,
  setPresence,
  strip,
  takeCall,
  takeSeat,
  wrapUp
} from './desk.ts'

/** A customer calls: the whole way from the offer to the next call, with the sound measured at both ends. */

test.setTimeout(240_000)

/** Under this nobody hears a voice; a speaking one is far above. RMS 0..1. */
const SILENCE = 0.002

/** How loud the far end measured the agent, oldest first, since a moment. */
const heardSince = (app: App, conversationId: string, at: number): number[] =>
  ofType(app.deskLog('agent-lin'), 'call.quality').flatMap((event) =>
    event.conversationId === conversationId && event.at >= at && event.data.heardRms !== undefined ? [event.data.heardRms] : []
  )

test('a call is offered, answered and heard at both ends; mute, hold, keypad, hang-up and wrap-up do what they say', async ({
  app,
  tab
}) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const id = await takeCall(page, 'en-transactions')
  const { opening } = script('en-transactions')
  const types = () => app.factsOf(id).map((fact) => fact.type)

  await test.step('the customer is heard here, and read', async () => {
    await expect(entry(page, opening.text)).toBeVisible({ timeout: SOON })
    await expect.poll(async () => (await listen(page)).rms, { timeout: SOON }).toBeGreaterThan(0.01)
    expect((await listen(page)).packets).toBeGreaterThan(25)
  })

  await test.step('the agent is heard there', async () => {
    await expect(page.getByTestId('heard')).toHaveText('The customer hears you', { timeout: SOON })
    await expect.poll(() => Math.min(...heardSince(app, id, 0).slice(-3)), { timeout: SOON }).toBeGreaterThan(0.005)
  })

  await test.step('muted: silence arrives there; unmuted: the voice is back', async () => {
    await page.getByTestId('mute').click()
    await expect(strip(page).getByText('Muted', { exact: true })).toBeVisible()
    // What was on its way is heard first; then three seconds of nothing but silence.
    await expect
      .poll(
        () =>
          heardSince(app, id, 0)
            .slice(-3)
            .every((rms) => rms < SILENCE),
        { timeout: SOON }
      )
      .toBe(true)
    const unmutedAt = Date.now()
    await page.getByTestId('mute').click()
    await expect.poll(() => Math.max(0, ...heardSince(app, id, unmutedAt)), { timeout: SOON }).toBeGreaterThan(0.005)
  })

  await test.step('on hold: said when the far end agreed, and its sound stops; resumed: it is back', async () => {
    await page.getByTestId('hold').click()
    await callIs(page, 'held')
    await expect(page.getByTestId('call-words')).toHaveText(/^On hold/)
    expect(types()).toContain('call.held')
    await expect.poll(async () => (await listen(page)).packets, { timeout: SOON }).toBeLessThan(5)
    const heldAt = Date.now()
    await expect.poll(() => heardSince(app, id, heldAt + 1_000).length, { timeout: SOON }).toBeGreaterThan(1)
    expect(Math.max(...heardSince(app, id, heldAt + 1_000))).toBeLessThan(SILENCE)
    await page.getByTestId('hold').click()
    await callIs(page, 'up')
    await expect.poll(() => types(), { timeout: SOON }).toContain('call.resumed')
    await expect.poll(async () => (await listen(page)).packets, { timeout: SOON }).toBeGreaterThan(25)
  })

  await test.step('digits arrive in order', async () => {
    await page.getByTestId('keypad-toggle').click()
    const pad = page.getByTestId('keypad')
    for (const digit of ['4', '2', '#']) await pad.getByRole('button', { name: `Digit ${digit}`, exact: true }).click()
    await expect(page.getByTestId('digits')).toHaveText('42#')
    const digits = () =>
      ofType(app.factsOf(id), 'call.digit')
        .map((fact) => fact.data.digit)
        .join('')
    await expect.poll(digits, { timeout: SOON }).toBe('42#')
    const { client, close } = await lever(page, app)
    await expect.poll(async () => (await client.conversation.get({ conversationId: id })).call?.digits, { timeout: SOON }).toBe('42#')
    close()
    await page.getByTestId('keypad-toggle').click()
  })

  await test.step('hanging up leads to wrap-up, and wrap-up to the next call', async () => {
    await page.getByTestId('hang-up').click()
    await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
    await expect(wrapUp(page).getByRole('timer')).toBeVisible()
    await presenceIs(page, 'Wrap-up')
    const [ended] = ofType(app.factsOf(id), 'call.ended')
    expect(ended?.data.by).toBe('agent')
    expect(ended?.data.talkMs).toBeGreaterThan(5_000)
    expect(ended?.data.holdMs).toBeGreaterThan(500)
    await finish(page, 'Resolved', 'Refund found.')
    await expect.poll(types, { timeout: SOON }).toContain('conversation.closed')
    const [wrapped] = ofType(app.factsOf(id), 'conversation.wrapped')
    expect(wrapped?.data).toMatchObject({ personId: 'agent-lin', disposition: 'resolved', note: 'Refund found.' })
    await presenceIs(page, 'Available')
    const next = await takeCall(page, 'en-balance')
    expect(next).not.toBe(id)
  })
})

test('who turns available is offered a customer within 15 seconds', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPresence(page, 'Available')
  await expect(page.getByTestId('offer')).toBeVisible({ timeout: SOON })
  const facts = app.facts()
  const available = ofType(facts, 'presence.changed').find((one) => one.data.personId === 'agent-lin' && one.data.presence === 'available')
  const offered = ofType(facts, 'conversation.offered').find((one) => one.data.personId === 'agent-lin')
  expect((offered?.at ?? Number.POSITIVE_INFINITY) - (available?.at ?? 0)).toBeLessThanOrEqual(15_000)
})

test('a declined call goes back to the queue and to somebody else, or comes again', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const offer = await askFor(page, 'en-balance', 'Call')
  const id = await conversationOf(offer)
  await offer.getByTestId('decline').click()
  await expect(page.locator(`[data-testid=offer][data-conversation="${id}"]`)).toBeHidden({ timeout: SOON })
  // The offer leaves the screen with the click; the centre hears of it a moment later.
  await expect.poll(() => ofType(app.factsOf(id), 'conversation.queued').at(-1)?.data.reason, { timeout: SOON }).toBe('declined')
  const [first] = ofType(app.factsOf(id), 'conversation.offered')
  expect(ofType(app.factsOf(id), 'conversation.offer-ended')).toEqual([
    expect.objectContaining({ data: { offerId: first?.data.offerId, personId: 'agent-lin', outcome: 'declined' } })
  ])
  // Declining is no fault: one stays available, and the customer is asked for again.
  await presenceIs(page, 'Available')
  await expect.poll(() => ofType(app.factsOf(id), 'conversation.offered').length, { timeout: 60_000 }).toBeGreaterThan(1)
  expect(ofType(app.factsOf(id), 'conversation.abandoned')).toEqual([])
})

test('a missed call makes one not responding, the customer waits again, and choosing Available ends it', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const id = await conversationOf(await askFor(page, 'en-balance', 'Call'))
  await expect
    .poll(() => ofType(app.factsOf(id), 'conversation.offer-ended').map((one) => one.data.outcome), { timeout: 60_000 })
    .toEqual(['timeout'])
  await presenceIs(page, 'Not responding')
  await expect(page.getByText('You did not answer an offer')).toBeVisible({ timeout: SOON })
  expect(ofType(app.factsOf(id), 'conversation.queued').at(-1)?.data.reason).toBe('timeout')
  await choosePresence(page, 'Available')
  await presenceIs(page, 'Available')
  await expect(page.getByText('You did not answer an offer')).toBeHidden({ timeout: SOON })
})
