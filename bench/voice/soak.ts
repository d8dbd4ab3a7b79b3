import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Lab } from '../../test/sip/lab/lab.ts'
import type { BenchRow } from '../row.ts'
import type { MeasuredPhone } from './phones.ts'
import { oneCall } from './setup-times.ts'

const MINUTES = Number(process.env['BENCH_VOICE_MINUTES'] ?? 30)
/** A folder for what the page's heap holds before and after, to be compared in Chromium's developer tools when a figure grows. */
const HEAPS = process.env['BENCH_VOICE_HEAPS']
/** Calls before the first look: caches, compiled code and the transactions of the last half minute belong to every long run. */
const WARM_UP = 50

interface Held {
  pageMb: number
  hostMb: number
  connections: number
  sockets: number
}

async function heldBy({ page, hostPid }: { page: Page; hostPid?: number | undefined }): Promise<Held> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  const status = hostPid === undefined ? '' : readFileSync(`/proc/${hostPid}/status`, 'utf8')
  return {
    pageMb: usedSize / 1024 / 1024,
    hostMb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
    ...(await page.evaluate(() => window.voiceProbe.open()))
  }
}

async function keepHeap(page: Page, name: string): Promise<void> {
  if (!HEAPS) return
  const session = await page.context().newCDPSession(page)
  const file = createWriteStream(join(HEAPS, `${name}.heapsnapshot`))
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => file.write(chunk))
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await new Promise<void>((done) => file.end(done))
  await session.detach()
}

/** Call after call for half an hour: what the page, its host and the network still hold at the end, beside what they held early on. */
export async function soak(lab: Lab, phone: MeasuredPhone): Promise<BenchRow[]> {
  for (let call = 0; call < WARM_UP; call++) await oneCall(lab, phone)
  const before = await heldBy(phone)
  await keepHeap(phone.page, 'before')
  const until = Date.now() + MINUTES * 60_000
  let calls = 0
  while (Date.now() < until) {
    await oneCall(lab, phone)
    calls++
    if (calls % 50 === 0) console.error(`  ${calls} calls, ${JSON.stringify(await heldBy(phone))}`)
  }
  const after = await heldBy(phone)
  await keepHeap(phone.page, 'after')
  const row = (name: string, value: number, baseline: number, unit: string, most: number): BenchRow => ({
    name: `soak-${name}`,
    value,
    unit,
    baseline,
    ratio: value / baseline,
    goal: `ratio <= ${most}`,
    ok: value / baseline <= most
  })
  console.error(`  ${calls} calls in ${MINUTES} minutes`)
  return [
    row('page-memory', after.pageMb, before.pageMb, 'MB', 1.2),
    row('host-memory', after.hostMb, before.hostMb, 'MB', 1.2),
    row('sockets', after.sockets, before.sockets, 'open', 1),
    // One more than none at all, since nothing divides by none.
    row('peer-connections', after.connections + 1, before.connections + 1, 'open, and one', 1)
  ]
}
