import { createPhone, type Phone } from '../../src-renderer/softphone/driver.ts'
import type { Microphone } from '../../src-renderer/softphone/microphone.ts'
import { openSipLine } from '../../src-renderer/softphone/sip.ts'
import { REALM, secretOf } from '../../test/sip/lab/kamailio.ts'
import { openLab } from '../../test/sip/lab/lab.ts'
import { until } from '../../test/sip/lab/until.ts'
import type { BenchRow } from '../row.ts'

const DESKS = Number(process.env['BENCH_STORM_DESKS'] ?? 500)
const WINDOW_MS = 100
/** How long the server is down: longer than a retry, shorter than the longest. */
const DOWN_MS = 3_000
const noMicrophone: Microphone = {
  take: () => Promise.reject(new Error('nobody speaks here')),
  choose: () => undefined,
  close: () => undefined
} as unknown as Microphone // registering needs none; what else a microphone can do is not asked

/** Five hundred phones lose their registrar at one moment: how long until all are back, and how evenly they come. */
export async function storm(): Promise<BenchRow[]> {
  const lab = await openLab()
  const phones: Phone[] = []
  const backAt = new Map<Phone, number>()
  try {
    for (let i = 0; i < DESKS; i++) {
      const user = `desk${i}`
      const phone: Phone = createPhone({
        open: (emit) =>
          openSipLine(
            {
              servers: [`ws://127.0.0.1:${lab.proxy.wsPort}`],
              domain: REALM,
              user,
              secret: secretOf(user),
              iceServers: [],
              conversationHeader: 'User-to-User'
            },
            noMicrophone,
            emit
          ),
        onState(state) {
          if (state.line.registration === 'registered') backAt.set(phone, Date.now())
          else backAt.delete(phone)
        },
        sound: () => undefined,
        report: () => undefined,
        now: () => Date.now(),
        random: () => Math.random(),
        after(ms, run) {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        }
      })
      phones.push(phone)
      phone.send({ type: 'go-online' })
    }
    await until(`${DESKS} desks are registered`, () => backAt.size === DESKS, { withinMs: 60_000, seen: () => backAt.size })
    await lab.proxy.kill()
    await until('all desks know it', () => backAt.size === 0, { withinMs: 60_000, seen: () => backAt.size })
    await new Promise((done) => setTimeout(done, DOWN_MS))
    await lab.proxy.start()
    const startedAt = Date.now()
    await until(`${DESKS} desks are back`, () => backAt.size === DESKS, { withinMs: 120_000, seen: () => backAt.size })
    const times = [...backAt.values()].map((at) => at - startedAt).sort((a, b) => a - b)
    const last = times.at(-1) ?? 0
    const windows = new Map<number, number>()
    for (const at of times) windows.set(Math.floor(at / WINDOW_MS), (windows.get(Math.floor(at / WINDOW_MS)) ?? 0) + 1)
    const peak = Math.max(...windows.values())
    return [
      // Beside the longest that one phone may wait for its next try (15 s and half of it again).
      { name: 'storm-last-back', value: last, unit: 'ms', baseline: 22_500, ratio: last / 22_500, goal: 'ratio <= 1', ok: last <= 22_500 },
      // Beside all of them coming in one such window.
      {
        name: 'storm-peak',
        value: peak,
        unit: `in ${WINDOW_MS} ms`,
        baseline: DESKS,
        ratio: peak / DESKS,
        goal: 'ratio <= 0.2',
        ok: peak <= DESKS * 0.2
      }
    ]
  } finally {
    for (const phone of phones) await phone.close()
    await lab.close()
  }
}
