import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { silence, tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { RecordingError } from '../../../../src-main/practice/recordings/errors.ts'
import type { Recording } from '../../../../src-main/practice/recordings/recording.ts'
import { amplitudeAt, channel, folder, KEY, SUBJECT } from './folder.ts'

/** `ms` of a conversation: the customer says `left`, the agent `right`. */
function talk(recording: Recording, ms: number, left: Uint8Array, right: Uint8Array, clock: { at: number }): void {
  for (let at = 0; at < ms; at += 20) {
    recording.heard(right)
    recording.tick(left)
    clock.at += 20
  }
}
const LOW = tone(400, 20, 0.5)
const HIGH = tone(1_000, 20, 0.5)
const PAYMENT = tone(1_500, 20, 0.5)
const kindOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return error instanceof RecordingError ? error.kind : String(error)
  }
  return 'fine'
}
const onlyFile = (dir: string): string => join(dir, readdirSync(dir)[0] ?? '')

describe('a recording', () => {
  test('has the customer on the left and the agent on the right', () => {
    const { recordings, clock } = folder()
    const recording = recordings.begin(SUBJECT)
    talk(recording, 2_500, LOW, HIGH, clock)
    recording.end()
    const opened = recordings.open(recording.recordingId)
    expect(opened).toMatchObject({ ...SUBJECT, startedAt: 1_700_000_000_000, ms: 2_500, gaps: [], complete: true })
    const wav = opened.wav()
    expect(wav.subarray(0, 4).toString()).toBe('RIFF')
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
    expect([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([2, 8_000, 16])
    expect(wav.length).toBe(44 + 2_500 * 8 * 4)
    expect(amplitudeAt(400, channel(wav, 'left'))).toBeCloseTo(0.5, 1)
    expect(amplitudeAt(1_000, channel(wav, 'left'))).toBeLessThan(0.01)
    expect(amplitudeAt(1_000, channel(wav, 'right'))).toBeCloseTo(0.5, 1)
    expect(amplitudeAt(400, channel(wav, 'right'))).toBeLessThan(0.01)
  })

  test('is silent on the right while the agent sends nothing, and does not echo what came late', () => {
    const { recordings, clock } = folder()
    const recording = recordings.begin(SUBJECT)
    recording.heard(tone(1_000, 5_000, 0.5))
    talk(recording, 1_000, silence(), new Uint8Array(), clock)
    recording.end()
    const right = channel(recordings.open(recording.recordingId).wav(), 'right')
    expect(amplitudeAt(1_000, right.slice(0, 2_000))).toBeCloseTo(0.5, 1)
    expect(amplitudeAt(1_000, right.slice(2_100))).toBeLessThan(0.001)
  })

  test('can be taken in stretches that make up the whole', () => {
    const { recordings, clock } = folder()
    const recording = recordings.begin(SUBJECT)
    talk(recording, 3_300, LOW, HIGH, clock)
    recording.end()
    const opened = recordings.open(recording.recordingId)
    const parts = [opened.wav(0, 1_234), opened.wav(1_234, 2_000), opened.wav(2_000)]
    expect(Buffer.concat(parts.map((part) => part.subarray(44)))).toEqual(opened.wav().subarray(44))
    expect(opened.wav(9_000)).toHaveLength(44)
  })

  test('can be listened to while it goes on, as far as it is written', () => {
    const { recordings, clock } = folder()
    const recording = recordings.begin(SUBJECT)
    talk(recording, 1_500, LOW, HIGH, clock)
    expect(recordings.open(recording.recordingId)).toMatchObject({ ms: 1_000, complete: false })
  })

  test('lies on the disk encrypted: neither its words nor who was on the phone can be read', () => {
    const { recordings, clock, dir } = folder()
    const recording = recordings.begin(SUBJECT)
    talk(recording, 1_000, LOW, HIGH, clock)
    recording.end()
    const bytes = readFileSync(onlyFile(dir))
    for (const secret of ['conversation-7', 'agent-lin', 'call-7']) expect(bytes.includes(secret)).toBe(false)
    expect(bytes.includes(Buffer.from(LOW.subarray(0, 16)))).toBe(false)
    const again = recordings.begin(SUBJECT)
    talk(again, 1_000, LOW, HIGH, clock)
    again.end()
    const [first, second] = readdirSync(dir).map((name) => readFileSync(join(dir, name)))
    expect(first?.subarray(60, 200)).not.toEqual(second?.subarray(60, 200))
  })
})

describe('a pause', () => {
  test('leaves nothing of what was said in it, and its place and length in the ledger', () => {
    const { recordings, clock } = folder()
    const recording = recordings.begin(SUBJECT)
    talk(recording, 1_700, LOW, HIGH, clock)
    recording.heard(PAYMENT)
    recording.pause('payment')
    talk(recording, 4_000, PAYMENT, PAYMENT, clock)
    expect(recording.resume()).toBe(4_000)
    talk(recording, 800, LOW, HIGH, clock)
    recording.end()
    const opened = recordings.open(recording.recordingId)
    expect(opened).toMatchObject({ ms: 2_500, gaps: [{ atMs: 1_700, ms: 4_000, reason: 'payment' }], complete: true })
    for (const side of ['left', 'right'] as const) {
      const samples = channel(opened.wav(), side)
      // Any window that held a piece of that tone would show it.
      for (let at = 0; at < samples.length; at += 160) expect(amplitudeAt(1_500, samples.slice(at, at + 160))).toBeLessThan(0.02)
    }
    expect(amplitudeAt(400, channel(opened.wav(1_700), 'left'))).toBeCloseTo(0.5, 1)
  })

  test('that the call ends is ended with it; one that the program ended is known to have begun', () => {
    const { recordings, clock } = folder()
    const recording = recordings.begin(SUBJECT)
    recording.pause('personal')
    clock.at += 700
    recording.end()
    expect(recordings.open(recording.recordingId)).toMatchObject({ ms: 0, gaps: [{ atMs: 0, ms: 700, reason: 'personal' }] })
    const other = recordings.begin(SUBJECT)
    talk(other, 200, LOW, HIGH, clock)
    other.pause('request')
    expect(recordings.open(other.recordingId)).toMatchObject({ ms: 200, gaps: [{ atMs: 200, ms: 0, reason: 'request' }], complete: false })
  })
})

describe('what cannot be opened', () => {
  test('is said to be missing, of another key, or damaged', () => {
    const { recordings, clock, dir } = folder()
    expect(kindOf(() => recordings.open('lqz0-none'))).toBe('missing')
    expect(kindOf(() => recordings.open('../key'))).toBe('missing')
    const recording = recordings.begin(SUBJECT)
    talk(recording, 3_000, LOW, HIGH, clock)
    recording.end()
    expect(kindOf(() => folder({ dir, key: Buffer.alloc(32, 8) }).recordings.open(recording.recordingId))).toBe('wrong_key')
    const file = onlyFile(dir)
    const good = readFileSync(file)
    for (const at of [0, 20, 41, 44, 60, 1_000, 20_000, 40_000, good.length - 3]) {
      const bad = Buffer.from(good)
      bad[at] = (bad[at] ?? 0) ^ 1
      writeFileSync(file, bad)
      const kind = kindOf(() => recordings.open(recording.recordingId).wav())
      expect([at, kind]).toEqual([at, at === 20 ? 'wrong_key' : 'damaged'])
    }
    writeFileSync(file, 'no recording at all')
    expect(kindOf(() => recordings.open(recording.recordingId))).toBe('damaged')
  })

  test('is one whose pieces were swapped, or that has the name of another', () => {
    const { recordings, clock, dir } = folder()
    const [one, two] = [0, 1].map(() => {
      const recording = recordings.begin(SUBJECT)
      talk(recording, 3_000, LOW, HIGH, clock)
      recording.end()
      recordings.told(recording.recordingId)
      return recording.recordingId
    })
    const file = (id: string | undefined) => join(dir, `${id}.rec`)
    const good = readFileSync(file(one))
    const pieces: Buffer[] = []
    for (let at = 40; at < good.length; at += pieces.at(-1)?.length ?? good.length) {
      pieces.push(good.subarray(at, at + 5 + good.readUInt32BE(at) + 16))
    }
    const [subject, first, second, ...rest] = pieces
    expect([first?.length, second?.length, pieces.length]).toEqual([16_021, 16_021, 5])
    const swapped = Buffer.concat([good.subarray(0, 40), ...[subject, second, first, ...rest].flatMap((piece) => piece ?? [])])
    expect(swapped).toHaveLength(good.length)
    writeFileSync(file(one), swapped)
    expect(kindOf(() => recordings.open(one ?? ''))).toBe('damaged')
    renameSync(file(two), file(one))
    expect(kindOf(() => recordings.open(one ?? ''))).toBe('damaged')
  })

  test('is none that was cut off anywhere: what is whole of it can be heard', () => {
    const { recordings, clock, dir } = folder()
    const recording = recordings.begin(SUBJECT)
    talk(recording, 3_000, LOW, HIGH, clock)
    recording.end()
    const file = onlyFile(dir)
    for (let length = readFileSync(file).length - 1; length > 200; length -= 997) {
      truncateSync(file, length)
      const opened = recordings.open(recording.recordingId)
      expect(opened.complete).toBe(false)
      expect(opened.ms).toBe(Math.min(3_000, 1_000 * Math.floor((length - 180) / 16_021)))
      expect(opened.wav()).toHaveLength(44 + opened.ms * 32)
    }
  })
})

test('a writer that is killed loses what was not written yet, and nothing else', async () => {
  const { dir, recordings } = folder()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer-child.ts'), dir, KEY.toString('hex')], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const lines: string[] = []
  const dead = new Promise((resolve) => child.once('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length === 20) child.kill('SIGKILL')
  }
  await dead
  const [recordingId = '', ...told] = lines
  const [untold] = recordings.untold()
  expect(untold).toMatchObject({ ...SUBJECT, recordingId, complete: false })
  expect(untold?.ms).toBeGreaterThanOrEqual(Number(told.at(-1)))
  const left = channel(untold?.wav() ?? Buffer.alloc(0), 'left')
  expect(amplitudeAt(500, left)).toBeCloseTo(0.5, 1)
})

test('a disk that takes no more ends the recording with a word about it; what was written can be heard', async () => {
  const { dir, recordings } = folder()
  // A limit on the size of files is met like a full disk, and needs no disk to fill.
  const node = [process.execPath, join(import.meta.dirname, 'writer-child.ts'), dir, KEY.toString('hex')]
  const child = spawn('sh', ['-c', 'ulimit -f 100; exec "$@"', 'sh', ...node], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) lines.push(line)
  expect(lines.at(-1)).toBe('disk_full')
  const opened = recordings.open(lines[0] ?? '')
  expect(opened).toMatchObject({ complete: false })
  expect(opened.ms).toBeGreaterThanOrEqual(2_000)
})

describe('the folder', () => {
  test('tells what nobody was told of, once, and not what is under way', () => {
    const { recordings, clock, dir, lines } = folder()
    const over = recordings.begin(SUBJECT)
    talk(over, 1_000, LOW, HIGH, clock)
    over.end()
    const running = recordings.begin({ ...SUBJECT, callId: 'call-8' })
    writeFileSync(join(dir, 'zzz-broken.part'), 'nothing')
    writeFileSync(join(dir, 'README'), 'not ours')
    const untold = recordings.untold()
    expect(untold.map(({ recordingId }) => recordingId)).toEqual([over.recordingId])
    expect(lines.join()).toContain('zzz-broken')
    recordings.told(over.recordingId)
    expect(untold[0]?.wav().length).toBe(44 + 32_000)
    expect(
      folder({ dir })
        .recordings.untold()
        .map(({ recordingId }) => recordingId)
    ).toEqual([running.recordingId])
  })

  test('forgets what began before a time, readable or not, but nothing that is under way', () => {
    const { recordings, clock, dir } = folder()
    const make = () => {
      const recording = recordings.begin(SUBJECT)
      talk(recording, 1_000, LOW, HIGH, clock)
      return recording
    }
    const old = make()
    old.end()
    recordings.told(old.recordingId)
    const running = make()
    const broken = make()
    broken.end()
    writeFileSync(join(dir, `${broken.recordingId}.part`), 'broken')
    const before = clock.at
    const fresh = make()
    fresh.end()
    expect(recordings.forget(before)).toBe(2)
    expect(kindOf(() => recordings.open(old.recordingId))).toBe('missing')
    expect(kindOf(() => recordings.open(fresh.recordingId))).toBe('fine')
    running.end()
    expect(recordings.forget(before)).toBe(1)
    expect(readdirSync(dir)).toHaveLength(1)
  })
})
