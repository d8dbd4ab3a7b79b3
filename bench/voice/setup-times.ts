import type { Lab } from '../../test/sip/lab/lab.ts'
import { until } from '../../test/sip/lab/until.ts'
import { caller } from '../../test/sip/peers/scenarios.ts'
import { startSipp } from '../../test/sip/peers/sipp.ts'
import { percentile } from '../corpus.ts'
import type { BenchRow } from '../row.ts'
import type { MeasuredPhone } from './phones.ts'

/** From seeing that it rings to pressing the button. */
const REACTION_MS = 500
const RUNS = Number(process.env['BENCH_VOICE_RUNS'] ?? 20)

/** When SIPp sent its first INVITE, epoch ms, from its trace. */
export function inviteSentAt(trace: string): number | undefined {
  const head = /-+ (\d{4}-\d\d-\d\d)[\sT](\d\d:\d\d:\d\d\.\d+)[\s\S]*?message sent[^\n]*\n\s*\nINVITE /.exec(trace)
  return head ? new Date(`${head[1]}T${head[2]}`).getTime() : undefined
}

/** One call of a phone: INVITE to the bell on its screen, button to the first sound, ms. */
export async function oneCall(lab: Lab, phone: MeasuredPhone): Promise<{ ringMs: number; audioMs: number }> {
  const { page } = phone
  await page.evaluate(([ringing, accept]) => window.voiceProbe.arm(ringing, accept), [phone.ringing, phone.accept] as const)
  const peer = await startSipp(lab, (media) => caller(media), { to: phone.user })
  try {
    await page.locator(phone.accept).waitFor({ timeout: 15_000 })
    // Nobody answers in no time.
    await new Promise((done) => setTimeout(done, REACTION_MS))
    await page.locator(phone.accept).click({ timeout: 15_000 })
    await page.waitForFunction(() => window.voiceProbe.audioAt !== undefined, undefined, { timeout: 15_000, polling: 50 })
    const { ringingAt, acceptedAt, audioAt } = await page.evaluate(() => ({ ...window.voiceProbe }))
    const sentAt = await until('SIPp wrote its trace', () => inviteSentAt(peer.messages()))
    if (ringingAt === undefined || acceptedAt === undefined || audioAt === undefined) throw new Error(`${phone.name} was not measured`)
    await phone.hangUp()
    await peer.done()
    await page.locator(phone.ringing).waitFor({ state: 'detached' })
    await phone.wrapUp?.()
    return { ringMs: ringingAt - sentAt, audioMs: audioAt - acceptedAt }
  } catch (error) {
    throw new Error(`${phone.name}: ${String(error)}; ${JSON.stringify(await page.evaluate(() => window.voiceProbe))}`)
  } finally {
    await peer.stop()
  }
}

/** The same call again and again, each round on every phone in turn, so that the noise of the machine is shared. */
export async function setupTimes(lab: Lab, phones: readonly MeasuredPhone[]): Promise<BenchRow[]> {
  const seen = new Map(phones.map((phone) => [phone.name, { ring: [] as number[], audio: [] as number[] }]))
  for (let round = -1; round < RUNS; round++)
    for (const phone of phones) {
      const { ringMs, audioMs } = await oneCall(lab, phone)
      if (round < 0) continue // warms up
      seen.get(phone.name)?.ring.push(ringMs)
      seen.get(phone.name)?.audio.push(audioMs)
    }
  const median = (name: string, what: 'ring' | 'audio') => percentile(seen.get(name)?.[what] ?? [], 0.5)
  return (['ring', 'audio'] as const).map((what) => {
    const baseline = Math.min(...phones.filter(({ name }) => name !== 'sidetone').map(({ name }) => median(name, what)))
    const value = median('sidetone', what)
    const ratio = value / baseline
    for (const { name } of phones) console.error(`  ${name} ${what}: ${median(name, what).toFixed(1)} ms`)
    return {
      name: what === 'ring' ? 'voice-invite-to-ringing' : 'voice-accept-to-audio',
      value,
      unit: 'ms',
      baseline,
      ratio,
      goal: 'ratio <= 1.1',
      ok: ratio <= 1.1
    }
  })
}
