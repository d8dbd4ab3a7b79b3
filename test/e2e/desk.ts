import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { expect, type Locator, type Page } from '@playwright/test'
import { WebSocket } from 'ws'
import type { Contract } from '../../src-shared/contract/contract.ts'
import { type App, resource } from './app.ts'

/** What a person does at a desk, in the words of the screen (English). Waits are for conditions, with room for a busy machine. */
export const SOON = 30_000

/** Picks a face and puts the first-start guide aside. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click({ timeout: SOON })
  const skip = page.getByRole('button', { name: 'Skip the guide' })
  const room = page.getByRole('navigation', { name: 'Rooms' })
  await expect(room.or(skip).first()).toBeAttached({ timeout: SOON })
  // The guide comes with the settings, a moment after the frame.
  await expect(skip).toBeVisible({ timeout: SOON })
  await skip.click()
  await expect(skip).toBeHidden({ timeout: SOON })
}

/** Signs in, and waits until the line is up and, for those who have one, the phone is ready. */
export async function takeSeat(page: Page, name: string): Promise<void> {
  await signIn(page, name)
  await lineIs(page, 'Centre connected')
  await phoneReady(page)
}

export const lineIs = (page: Page, words: string) =>
  expect(page.getByRole('status').filter({ hasText: words })).toBeVisible({ timeout: SOON })
export const phoneReady = (page: Page) => lineIs(page, 'Phone ready')

const presenceButton = (page: Page) => page.getByRole('button', { name: /^Your status:/ })

/** Chooses a presence in the menu. Whether the centre took it is another question: see {@link presenceIs}. */
export async function choosePresence(page: Page, name: string): Promise<void> {
  await presenceButton(page).click()
  await page
    .getByRole('menuitemradio', { name: new RegExp(`^${name}`) })
    .first()
    .click()
}
export const presenceIs = (page: Page, name: string) =>
  expect(page.getByRole('button', { name: `Your status: ${name}` })).toBeVisible({ timeout: SOON })
export async function setPresence(page: Page, name: string): Promise<void> {
  await choosePresence(page, name)
  await presenceIs(page, name)
}

export const goTo = (page: Page, room: 'Inbox' | 'Phone' | 'Knowledge' | 'Wallboard' | 'Settings') =>
  page.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: room, exact: true }).click()

async function toPractice(page: Page): Promise<void> {
  await goTo(page, 'Settings')
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Practice', exact: true }).click()
}

/** Cuts or mends the line with the switch of Settings > Practice, and goes back to the inbox. */
export async function switchLine(page: Page, up: boolean): Promise<void> {
  await toPractice(page)
  const line = page.getByRole('switch', { name: 'Line to the centre' })
  await expect(line).toHaveAttribute('aria-checked', String(!up), { timeout: SOON })
  await line.click()
  await expect(line).toHaveAttribute('aria-checked', String(up), { timeout: SOON })
  await goTo(page, 'Inbox')
}

/** Chooses how often customers come. */
export async function setPace(page: Page, pace: 'Calm' | 'Normal' | 'Busy' | 'Burst'): Promise<void> {
  await toPractice(page)
  const choice = page.getByRole('radio', { name: new RegExp(`^${pace}`) })
  await choice.check({ timeout: SOON })
  await expect(choice).toBeChecked({ timeout: SOON })
  await goTo(page, 'Inbox')
}

/** What a test needs to know of a scripted customer. */
export interface Script {
  id: string
  title: string
  customerId: string
  opening: { id: string; text: string }
  steps: { expects: string[]; say: { id: string; text: string } }[]
  agentPrompts: string[]
}
// The file was read through its schema when the app was built; a test only looks at it.
export const script = (scenarioId: string): Script => JSON.parse(resource(`practice/scenarios/${scenarioId}.json`)) as Script
export const customerName = (customerId: string): string => {
  const all = JSON.parse(resource('practice/customers.json')) as { customerId: string; name: string }[] // as above
  return all.find((one) => one.customerId === customerId)?.name ?? customerId
}

/** Asks for a customer in Settings > Practice; resolves with the offer that comes of it. */
export async function askFor(page: Page, scenarioId: string, channel: 'Call' | 'Chat'): Promise<Locator> {
  const { title, customerId } = script(scenarioId)
  await toPractice(page)
  await page.getByRole('button', { name: `${channel}: ${title}`, exact: true }).click({ timeout: SOON })
  const offer = page.getByTestId('offer').filter({ hasText: customerName(customerId) })
  await expect(offer).toBeVisible({ timeout: SOON })
  await goTo(page, 'Inbox')
  return offer
}

/** The conversation an offer is about. */
export async function conversationOf(offer: Locator): Promise<string> {
  const id = await offer.getAttribute('data-conversation')
  if (!id) throw new Error('an offer without a conversation')
  return id
}

/** Asks for a chat and accepts it; resolves with the conversation's id. */
export async function takeChat(page: Page, scenarioId: string): Promise<string> {
  const offer = await askFor(page, scenarioId, 'Chat')
  const id = await conversationOf(offer)
  await offer.getByTestId('accept').click()
  await expect(row(page, id)).toBeVisible({ timeout: SOON })
  return id
}

/** Asks for a call and answers it; resolves when it is up. */
export async function takeCall(page: Page, scenarioId: string): Promise<string> {
  const offer = await askFor(page, scenarioId, 'Call')
  const id = await conversationOf(offer)
  await offer.getByTestId('accept').click()
  await callIs(page, 'up')
  return id
}

export const strip = (page: Page) => page.getByTestId('call-strip')
export const callIs = (page: Page, phase: string) => expect(strip(page)).toHaveAttribute('data-phase', phase, { timeout: SOON })

/** A conversation's row in the inbox. */
export const row = (page: Page, conversationId: string) => page.locator(`[data-row="${conversationId}"]`)
/** Opens a conversation from the list. */
export async function open(page: Page, conversationId: string): Promise<void> {
  await row(page, conversationId).click()
  await expect(row(page, conversationId)).toHaveAttribute('aria-selected', 'true')
}
export const timeline = (page: Page) => page.getByRole('log', { name: 'Timeline of the customer, all channels' })
/** One line of the timeline, by its words. */
export const entry = (page: Page, words: string) => timeline(page).getByRole('article').filter({ hasText: words })

/** Writes to the customer (on a call: what was said), with Enter. */
export async function reply(page: Page, words: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /^(Reply to the customer|What you said on the call)$/ })
  await box.fill(words)
  await box.press('Enter')
  await expect(entry(page, words)).toHaveCount(1, { timeout: SOON })
}
/** Leaves a note for colleagues. */
export async function note(page: Page, words: string): Promise<void> {
  const modes = page.getByRole('radiogroup', { name: 'What you write' })
  await modes.getByText('Note', { exact: true }).click()
  const box = page.getByRole('textbox', { name: 'Note for colleagues' })
  await box.fill(words)
  await box.press('Enter')
  await expect(entry(page, words)).toHaveCount(1, { timeout: SOON })
  await modes
    .getByText('Reply', { exact: true })
    .or(modes.getByText('Said', { exact: true }))
    .click()
}
export const deliveryIs = (page: Page, words: string, delivery: 'Waiting to be sent' | 'Sent') =>
  expect(entry(page, words).getByText(delivery, { exact: true })).toBeAttached({ timeout: SOON })

/** Ends the conversation that is open. */
export async function endConversation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await page.getByRole('dialog', { name: 'End this conversation?' }).getByRole('button', { name: 'End', exact: true }).click()
}

export const wrapUp = (page: Page) => page.getByRole('form', { name: 'Finish the conversation' })
/** Chooses what came of it, and finishes. */
export async function finish(page: Page, disposition: string, words?: string): Promise<void> {
  const form = wrapUp(page)
  await expect(form).toBeVisible({ timeout: SOON })
  await form.getByText(disposition, { exact: true }).click()
  if (words !== undefined) await form.getByRole('textbox', { name: 'Note for the record' }).fill(words)
  await form.getByRole('button', { name: /^Finish/ }).click()
}

export type Lever = ContractRouterClient<Contract>

/** The API of a tab's own desk beside the tab: the same seat and cookie, another connection. Close it when done. */
export async function lever(page: Page, app: App): Promise<{ client: Lever; close(): void }> {
  const seat = await page.evaluate(() => sessionStorage.getItem('sidetone.seat'))
  if (!seat) throw new Error('this tab has no seat')
  const cookies = await page.context().cookies(app.origin)
  const socket = new WebSocket(`${app.origin.replace(/^http/, 'ws')}/rpc?seat=${encodeURIComponent(seat)}`, {
    headers: { cookie: cookies.map((one) => `${one.name}=${one.value}`).join('; '), origin: app.origin }
  })
  await new Promise<void>((done, fail) => socket.once('open', done).once('error', fail))
  // The link asks for a browser's WebSocket; ws has the members it uses, with types of its own.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { client: createORPCClient(link), close: () => socket.close() }
}
