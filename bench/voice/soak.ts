import { join } from 'node:path'
import type { Lab } from '../../test/sip/lab/lab.ts'
import type { BenchRow } from '../row.ts'
import { type Held, heldBy, objectsOf, perHundredCalls } from './held.ts'
import type { MeasuredPhone } from './phones.ts'
import { oneCall } from './setup-times.ts'

const MINUTES = Number(process.env['BENCH_VOICE_MINUTES'] ?? 30)
/** A folder for what the page's heap holds before and after, to be compared in Chromium's developer tools when a figure grows. */
const HEAPS = process.env['BENCH_VOICE_HEAPS']
/** Calls before the first look: caches, compiled code and the transactions of the last half minute belong to every long run. */
const WARM_UP = 50
/** Calls from one look to the next. */
const STEP = 25

const snapshot = (name: string) => (HEAPS ? join(HEAPS, `${name}.heapsnapshot`) : undefined)

const rounded = (held: Held): string =>
  Object.entries(held)
    .map(([name, value]) => `${name} ${Number(value).toFixed(1)}`)
    .join(', ')

/** Call after call for half an hour: what the page, its host and the network still hold at the end, beside what they held early on. */
export async function soak(lab: Lab, phone: MeasuredPhone): Promise<BenchRow[]> {
  for (let call = 0; call < WARM_UP; call++) await oneCall(lab, phone)
  const before = await heldBy(phone)
  const objectsBefore = await objectsOf(phone.page, snapshot('before'))
  const seen = [{ calls: 0, held: before }]
  console.error(`  0 calls: ${rounded(before)}`)
  const until = Date.now() + MINUTES * 60_000
  let calls = 0
  while (Date.now() < until) {
    try {
      await oneCall(lab, phone)
    } catch (error) {
      // What was seen until here is worth as much as before.
      console.error(`  call ${calls + 1} failed, so this is the end:`, error)
      if (HEAPS) await phone.page.screenshot({ path: join(HEAPS, 'failed.png') })
      process.exitCode = 1
      break
    }
    calls++
    if (calls % STEP !== 0) continue
    const held = await heldBy(phone)
    seen.push({ calls, held })
    console.error(`  ${calls} calls: ${rounded(held)}`)
  }
  const after = await heldBy(phone)
  seen.push({ calls, held: after })
  const objectsAfter = await objectsOf(phone.page, snapshot('after'))
  console.error(`  ${calls} calls in all: ${rounded(after)}`)
  // Of a type that has exactly these names.
  for (const name of Object.keys(before) as (keyof Held)[])
    console.error(`  ${name}: ${perHundredCalls(seen.map(({ calls, held }) => ({ calls, value: held[name] }))).toFixed(3)} per 100 calls`)

  const row = (name: string, [start, end]: readonly [number, number], unit: string, most: number): BenchRow => {
    // One more than none at all, since nothing divides by none.
    const [value, baseline] = start === 0 ? [end + 1, 1] : [end, start]
    return { name: `soak-${name}`, value, unit, baseline, ratio: value / baseline, goal: `ratio <= ${most}`, ok: value / baseline <= most }
  }
  const of = (what: keyof Held) => [before[what], after[what]] as const
  return [
    row('page-memory', [objectsBefore, objectsAfter], 'MB of objects', 1.1),
    row('page-resident', of('pageResident'), 'MB', 1.2),
    row('audio-nodes', of('audioNodes'), 'open', 1),
    row('host-memory', of('hostHeap'), 'MB', 1.2),
    row('host-resident', of('hostResident'), 'MB', 1.2),
    row('host-handles', of('hostHandles'), 'open', 1.1),
    row('sockets', of('sockets'), 'open', 1),
    row('peer-connections', of('connections'), 'open, and one', 1)
  ]
}
