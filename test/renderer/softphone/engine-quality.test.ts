import { expect, it } from 'vitest'
import { newCall } from '../../../src-renderer/softphone/call/call.ts'
import { createQualityWatch } from '../../../src-renderer/softphone/engine/call-media.ts'
import { createFakeTimers } from '../../fakes/timers.ts'
import { settle } from './engine-bench.ts'

it('a call that ends while it is being measured is recorded once and shown no more', async () => {
  const timers = createFakeTimers()
  const up = {
    ...newCall({ callId: 'a', direction: 'in', conversationId: 'k1', name: '', number: '', phase: 'up' }, timers.now()),
    answeredAt: timers.now()
  }
  let calls = [up]
  let answer = () => {}
  const records: unknown[] = []
  const shown: string[][] = []
  const report = () =>
    new Map([
      ['in', { type: 'inbound-rtp', kind: 'audio', packetsReceived: 50, packetsLost: 0, jitter: 0.01 }]
    ]) as unknown as RTCStatsReport
  const quality = createQualityWatch({
    clock: { now: timers.now, random: () => 0.5, after: timers.after },
    line: () => ({
      stats: () =>
        new Promise((resolve) => {
          answer = () => resolve(report())
        })
    }),
    calls: () => calls,
    show: (looks) => void shown.push(Object.keys(looks)),
    report: () => {},
    record: (_call, record) => void records.push(record)
  })
  for (let i = 0; i < 2; i++) {
    timers.advance(2_000)
    answer()
    await settle()
  }
  expect(shown.at(-1)).toEqual(['a'])
  timers.advance(2_000)
  calls = [{ ...up, phase: 'ended' }]
  quality.settle(calls)
  answer()
  await settle()
  quality.settle(calls)
  expect(records).toHaveLength(1)
  expect(shown.at(-1)).toEqual([])
  quality.close()
})
