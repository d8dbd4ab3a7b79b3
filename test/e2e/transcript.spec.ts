import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { type Recogniser, startPocketSphinx } from '../voice/pocketsphinx.ts'
import { joined, quiet, spoken, wavOf } from '../voice/speech.ts'
import { wordErrorRatio } from '../voice/word-error.ts'
import { test as desk, said } from './app.ts'
import { listen } from './audio.ts'
import { callIs, entry, lever, SOON, setPace, setPresence, takeCall, takeSeat } from './desk.ts'

/** The app as it is delivered, a recogniser of the centre's own, and an agent who really speaks. */

const WORDS = 'i would like to pay my credit card bill'

/** What a microphone gives in a quiet room. Nothing at all would be a broken one, with which nobody can be available. */
const hiss = (ms: number) => Int16Array.from(quiet(ms), (_, i) => ((i * 7_919) % 61) - 30)

const test = desk.extend<object, { voice: string; recogniser: Recogniser }>({
  voice: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const dir = mkdtempSync(join(tmpdir(), 'sidetone-voice-'))
      const file = join(dir, 'agent.wav')
      writeFileSync(file, wavOf(joined([hiss(2_000), spoken(WORDS).pcm, hiss(3_000)])))
      await use(file)
      rmSync(dir, { recursive: true })
    },
    { scope: 'worker' }
  ],
  recogniser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const recogniser = await startPocketSphinx()
      await use(recogniser)
      await recogniser.kill()
    },
    { scope: 'worker' }
  ],
  launchOptions: [
    async ({ launchOptions, voice }, use) =>
      use({ ...launchOptions, args: [...(launchOptions.args ?? []), `--use-file-for-fake-audio-capture=${voice}`] }),
    { scope: 'worker' }
  ]
})

test.setTimeout(240_000)

test('what the agent says in a call comes into the conversation as text; without the recogniser the call goes on', async ({
  app,
  tab,
  recogniser
}) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  const { client, close } = await lever(page, app)
  const { hasSecret: _, reloadNeeded: __, iceServers: ___, ...settings } = await client.calls.phoneSettings()
  await client.calls.savePhoneSettings({ ...settings, iceServers: [], transcriber: { protocol: 'vosk', url: recogniser.url } })
  close()
  // The page's policy names the recogniser from its next load on.
  await page.reload()
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const id = await takeCall(page, 'en-transactions')

  const spokenTexts = () => said(app.factsOf(id), 'agent', 'utterance')
  await expect.poll(() => spokenTexts().length, { timeout: 90_000 }).toBeGreaterThan(0)
  // The microphone repeats itself; what it was saying when the call began may be cut. How well it is understood is measured in test/voice.
  await expect
    .poll(() => Math.min(...spokenTexts().map((text) => wordErrorRatio(WORDS, text))), { timeout: 90_000 })
    .toBeLessThanOrEqual(0.5)
  const best = spokenTexts().toSorted((a, b) => wordErrorRatio(WORDS, a) - wordErrorRatio(WORDS, b))[0] ?? ''
  await expect(entry(page, best).first()).toBeVisible({ timeout: SOON })

  await recogniser.kill()
  await expect(page.getByTestId('recogniser-lost')).toBeVisible({ timeout: SOON })
  await expect.poll(async () => (await listen(page)).packets, { timeout: SOON }).toBeGreaterThan(25)
  await callIs(page, 'up')
})
