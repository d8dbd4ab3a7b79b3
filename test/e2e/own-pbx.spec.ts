import { expect, type Page } from '@playwright/test'
import { REALM, secretOf } from '../sip/lab/kamailio.ts'
import { type Lab, openLab } from '../sip/lab/lab.ts'
import { called, caller, cancelling } from '../sip/peers/scenarios.ts'
import { type Sipp, startSipp } from '../sip/peers/sipp.ts'
import { ofType, test as withApp } from './app.ts'
import { listen } from './audio.ts'
import { callIs, finish, goTo, lineIs, phoneReady, SOON, takeSeat, wrapUp } from './desk.ts'

/**
 * The desk at a PBX of the house's own, all of it set up on the screen: Kamailio with digest and rtpengine on loopback, and SIPp as a
 * caller whom the centre knows nothing of. What must be installed for it is what `npm test -- sip` needs.
 */

const test = withApp.extend<{ lab: Lab }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  lab: async ({}, use, info) => {
    const lab = await openLab()
    await use(lab)
    if (info.status !== info.expectedStatus) await info.attach('Kamailio', { body: lab.proxy.log(), contentType: 'text/plain' })
    await lab.close()
  }
})

test.setTimeout(180_000)

/** Over this somebody speaks; the peer's own measure, RMS 0..1. */
const VOICE = 0.02

async function setUp(page: Page, lab: Lab, user: string, echoNumber = ''): Promise<void> {
  await goTo(page, 'Settings')
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Phone' }).click()
  const form = page.getByTestId('phone-setup')
  await form.getByRole('radio', { name: 'Our PBX' }).check({ timeout: SOON })
  await form.getByLabel('Server 1', { exact: true }).fill(`ws://127.0.0.1:${lab.proxy.wsPort}`)
  await form.getByLabel('Domain').fill(REALM)
  await form.getByLabel('User', { exact: true }).fill(user)
  await form.getByLabel('Password', { exact: true }).fill(secretOf(user))
  await form.getByLabel('Echo number').fill(echoNumber)
  await form.getByRole('button', { name: 'Save' }).click()
  // The page's security policy names the servers that it may reach, and was given with the page.
  await page.getByRole('button', { name: 'Load the page again' }).click({ timeout: SOON })
}

/** The peer's own ears: the agent's voice, or nothing. */
const heardThere = (peer: Sipp) => expect.poll(() => peer.rtp.hears().rms, { timeout: SOON, intervals: [25] }).toBeGreaterThan(VOICE)

test('a desk set up for its own PBX: registered, called directly, heard at both ends, and kept with its quality', async ({
  app,
  tab,
  lab
}) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')

  await test.step('the settings make it register there', async () => {
    await setUp(page, lab, 'agent1')
    await lineIs(page, 'Centre connected')
    await expect.poll(() => lab.proxy.contacts('agent1'), { timeout: SOON }).toHaveLength(1)
    await phoneReady(page)
  })

  const peer = await startSipp(lab, (media) => caller(media), { to: 'agent1' })
  await test.step('somebody calls whom the centre did not offer, and is answered', async () => {
    const call = page.getByTestId('direct-call')
    await expect(call).toContainText('Ann Lee', { timeout: SOON })
    await expect(call).toContainText('customer1')
    await call.getByTestId('answer').click()
    await callIs(page, 'up')
    await expect(call).toBeHidden()
  })

  await test.step('each hears the other; muted, nothing is heard there', async () => {
    await expect.poll(async () => (await listen(page)).rms, { timeout: SOON }).toBeGreaterThan(0.01)
    expect((await listen(page)).packets).toBeGreaterThan(25)
    await heardThere(peer)
    await page.getByTestId('mute').click()
    await peer.hearsNothing()
    await page.getByTestId('mute').click()
    await heardThere(peer)
  })

  await test.step('hung up here, ended there; then wrap-up', async () => {
    await page.getByTestId('hang-up').click()
    await peer.done()
    await goTo(page, 'Inbox')
    await expect(wrapUp(page)).toBeVisible({ timeout: SOON })
    await finish(page, 'Information given', 'Asked for the opening hours.')
  })

  await test.step('the centre has it as one contact, talked by this agent, with the quality of the whole call', async () => {
    const facts = () => app.facts()
    await expect.poll(() => ofType(facts(), 'call.quality-recorded').length, { timeout: SOON }).toBe(1)
    const [record] = ofType(facts(), 'call.quality-recorded')
    expect(record?.data.mos?.average).toBeGreaterThan(3)
    const ofCall = app.factsOf(record?.conversationId ?? '')
    expect(ofType(ofCall, 'call.started').map(({ data }) => [data.personId, data.callId])).toEqual([['agent-lin', record?.data.callId]])
    expect(ofType(ofCall, 'call.ended').map(({ data }) => data.by)).toEqual(['agent'])
    await expect
      .poll(() => ofType(app.factsOf(record?.conversationId ?? ''), 'conversation.wrapped').map(({ data }) => data.note), { timeout: SOON })
      .toEqual(['Asked for the opening hours.'])
  })

  await test.step('the history has it', async () => {
    await goTo(page, 'Phone')
    const row = page.getByTestId('history-row')
    await expect(row).toHaveCount(1, { timeout: SOON })
    await expect(row).toHaveAttribute('data-outcome', 'talked')
    await expect(row).toContainText('Ann Lee')
    await expect(row.getByText(/MOS/)).toBeAttached()
  })

  const gone = await startSipp(lab, (media) => cancelling(media, 1_500), { to: 'agent1', from: 'customer2', name: 'Bo Chen' })
  await test.step('somebody else gives up before the answer: the bell stops, and the history has the call as missed', async () => {
    const call = page.getByTestId('direct-call')
    await expect(call).toContainText('Bo Chen', { timeout: SOON })
    await gone.done()
    await expect(call).toBeHidden({ timeout: SOON })
    const row = page.getByTestId('history-row').filter({ hasText: 'Bo Chen' })
    await expect(row).toHaveAttribute('data-outcome', 'missed', { timeout: SOON })
    await expect(row).toContainText('customer2')
    await expect(row).toContainText('Missed')
    // Nobody talked, so nothing is to be wrapped up.
    await goTo(page, 'Inbox')
    await expect(wrapUp(page)).toBeHidden()
  })
})

test('the test call of a desk at its own PBX: line, microphone, speaker, ringer, and what the echo of another system sends back', async ({
  tab,
  lab
}) => {
  const echo = await startSipp(lab, (media) => called(media))
  echo.rtp.join(echo.rtp) // says what it hears
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setUp(page, lab, 'agent1', echo.number)
  await expect.poll(() => lab.proxy.contacts('agent1'), { timeout: SOON }).toHaveLength(1)
  await phoneReady(page)
  await goTo(page, 'Settings')
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Phone' }).click()
  const tried = page.getByTestId('test-call')
  const step = (name: string) => tried.locator(`[data-step="${name}"]`)
  await tried.getByRole('button', { name: 'Start the test' }).click({ timeout: SOON })
  for (const asks of ['speaker', 'ringer']) {
    await expect(step(asks)).toHaveAttribute('data-state', 'asking', { timeout: SOON })
    await step(asks).getByRole('button').first().click()
  }
  for (const name of ['registration', 'microphone', 'speaker', 'ringer'])
    await expect(step(name)).toHaveAttribute('data-state', 'passed', { timeout: SOON })
  await expect(step('echo')).toHaveAttribute('data-state', /passed|failed/, { timeout: SOON })
  const figure = async (name: string) => (await step('echo').locator('dl > div', { hasText: name }).locator('dd').textContent()) ?? ''
  expect(await figure('Codec')).toMatch(/^PCMU/)
  expect(await figure('Round trip')).toMatch(/^\d+ ms$/)
  expect(await figure('Lost')).toMatch(/^[\d.]+ %$/)
  // It came back, and a machine that is too busy for good sound is told so: what the test says is what was measured.
  const mos = Number(await figure('MOS'))
  expect(mos).toBeGreaterThan(1)
  if (mos > 3.1) await expect(step('echo')).toHaveAttribute('data-state', 'passed')
  if (mos < 3.1) await expect(step('echo').getByRole('alert')).toContainText('You hear each other badly')
  expect(echo.rtp.packets).toBeGreaterThan(100)
  await echo.done()
})
