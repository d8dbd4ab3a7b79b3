import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { REALM, secretOf } from '../../test/sip/lab/kamailio.ts'
import type { Lab } from '../../test/sip/lab/lab.ts'
import { until } from '../../test/sip/lab/until.ts'
import { startWebHost, type WebHost } from '../web-host.ts'
import type { BareAccount } from './bare-screen.ts'
import type {} from './probe.ts'

/** A phone on a page, as the bench works it: by what stands on its screen. */
export interface MeasuredPhone {
  name: string
  user: string
  page: Page
  /** What is on the screen when it rings, and what answers. */
  ringing: string
  accept: string
  hangUp(): Promise<void>
  /** What the agent does after a call, where that is asked. */
  wrapUp?(): Promise<void>
  /** The process behind it, where there is one. */
  host?: WebHost
  close(): Promise<void>
}

/** A page with nothing but a SIP library. */
export async function openBare(
  browser: Browser,
  origin: string,
  lab: Lab,
  probe: string,
  name: string,
  user: string
): Promise<MeasuredPhone> {
  const context = await browser.newContext({ permissions: ['microphone'] })
  await context.addInitScript(probe)
  const page = await context.newPage()
  const account: BareAccount = { server: `ws://127.0.0.1:${lab.proxy.wsPort}`, domain: REALM, user, secret: secretOf(user) }
  await page.goto(`${origin}/${name}#${encodeURIComponent(JSON.stringify(account))}`)
  await page.locator('#registered').waitFor()
  return {
    name,
    user,
    page,
    ringing: '#ringing',
    accept: '#accept',
    hangUp: () => page.locator('#hang-up').click(),
    close: () => context.close()
  }
}

/** The whole desk, registered at the same proxy through its own settings. */
export async function openDesk(browser: Browser, app: string, lab: Lab, probe: string, user: string): Promise<MeasuredPhone> {
  const data = mkdtempSync(join(tmpdir(), 'sidetone-bench-voice-'))
  const host = await startWebHost(app, data, 0, ['--inspect=127.0.0.1:0'])
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ['microphone'] })
  await context.addInitScript(probe)
  const page = await context.newPage()
  await page.goto(host.url)
  await page.getByText('Lin Yue').first().click()
  await page.getByRole('button', { name: /skip/i }).click()
  await page.goto(`${host.origin}/#/settings`)
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Phone' }).click()
  const setup = page.getByTestId('phone-setup')
  await setup.getByRole('radio', { name: 'Our PBX' }).check()
  await setup.getByLabel('Server 1', { exact: true }).fill(`ws://127.0.0.1:${lab.proxy.wsPort}`)
  await setup.getByLabel('Domain').fill(REALM)
  await setup.getByLabel('User', { exact: true }).fill(user)
  await setup.getByLabel('Password', { exact: true }).fill(secretOf(user))
  await setup.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Load the page again' }).click()
  await page.goto(`${host.origin}/#/inbox`)
  await until(`${user} is registered`, async () => (await lab.proxy.contacts(user)).length > 0, { withinMs: 20_000 })
  await page.getByRole('status').filter({ hasText: 'Centre connected' }).waitFor()
  return {
    name: 'sidetone',
    user,
    page,
    ringing: '[data-testid="direct-call"]',
    accept: '[data-testid="direct-call"] [data-testid="answer"]',
    hangUp: () => page.getByTestId('hang-up').click(),
    async wrapUp() {
      const form = page.getByRole('form', { name: 'Finish the conversation' })
      await form.getByText('Information given', { exact: true }).click({ timeout: 30_000 })
      await form.getByRole('button', { name: /^Finish/ }).click()
      await form.waitFor({ state: 'detached' })
    },
    host,
    async close() {
      await context.close()
      await host.stop()
      rmSync(data, { recursive: true, force: true })
    }
  }
}
