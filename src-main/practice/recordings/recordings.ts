import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { PAUSE_REASONS } from '../../../src-shared/taxonomy.ts'
import { type Chunk, createChunkWriter, readChunks } from './chunks.ts'
import { asRecordingError, RecordingError } from './errors.ts'
import { beginRecording, type Gap, PIECE, type Recording, type RecordingSubject, toMs } from './recording.ts'
import { stereoWav } from './wav.ts'

/** A recording that can be listened to. Left is the customer, right the agent; 8 kHz. */
export interface OpenedRecording extends RecordingSubject {
  recordingId: string
  startedAt: number
  /** How much audio there is, gaps not counted. */
  ms: number
  gaps: Gap[]
  /** False: its writer was killed or the disk was full, so its end is missing. */
  complete: boolean
  /**
   * A stretch of it as a WAV file of 16-bit PCM; the whole without arguments. The file is read anew.
   * @throws {RecordingError}
   */
  wav(fromMs?: number, toMs?: number): Buffer
}

/** The folder of all recordings, each one encrypted file. */
export interface Recordings {
  /** @throws {RecordingError} `disk_full`, `io` */
  begin(subject: RecordingSubject): Recording
  /** @throws {RecordingError} `missing`, `wrong_key`, `damaged`, `io` */
  open(recordingId: string): OpenedRecording
  /** Somebody knows of it now. */
  told(recordingId: string): void
  /** Those that are over and nobody was told of: their program was killed or closed. One that cannot be read is logged and left. */
  untold(): OpenedRecording[]
  /** Deletes every recording that is over and began before this time (epoch ms), readable or not; how many. */
  forget(before: number): number
}

export interface RecordingsOptions {
  dir: string
  /** The machine's key, 32 bytes. */
  key: Buffer
  now(): number
  newId(): string
  log(line: string): void
}

const Subject = z.object({ callId: z.string(), conversationId: z.string(), user: z.string(), startedAt: z.number() })
const GapBegan = z.object({ at: z.number(), reason: z.enum(PAUSE_REASONS) })
const GapEnded = z.object({ ms: z.number().nonnegative() })

/** A recording has the second ending until somebody was told of it. */
const TOLD = '.rec'
const UNTOLD = '.part'
/** `<when it began, base 36>-<id>`: what is too old is known without opening it. */
const NAME = /^([0-9a-z]{1,11})-[0-9A-Za-z-]{1,64}$/

export function openRecordings({ dir, key, now, newId, log }: RecordingsOptions): Recordings {
  const running = new Set<string>()
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw asRecordingError(error)
  }
  const path = (recordingId: string, ending: string): string => join(dir, recordingId + ending)
  const files = (ending: string): string[] =>
    readdirSync(dir).flatMap((name) =>
      name.endsWith(ending) && NAME.test(name.slice(0, -ending.length)) ? [name.slice(0, -ending.length)] : []
    )
  const chunksOf = (recordingId: string): Iterable<Chunk> => {
    const told = path(recordingId, TOLD)
    return readChunks(existsSync(told) ? told : path(recordingId, UNTOLD), key, recordingId)
  }
  /** A recording that is under way can be listened to as far as it is written. */
  const open = (recordingId: string): OpenedRecording => {
    if (!NAME.test(recordingId)) throw new RecordingError('missing', 'no such recording')
    return read(recordingId, () => chunksOf(recordingId))
  }
  return {
    begin(subject) {
      const recordingId = `${now().toString(36)}-${newId()}`
      const file = createChunkWriter(path(recordingId, UNTOLD), key, recordingId)
      running.add(recordingId)
      return beginRecording(file, recordingId, subject, now, () => {
        running.delete(recordingId)
      })
    },
    open,
    told(recordingId) {
      try {
        renameSync(path(recordingId, UNTOLD), path(recordingId, TOLD))
      } catch (error) {
        log(`recording ${recordingId}: ${String(error)}`)
      }
    },
    untold() {
      return files(UNTOLD).flatMap((recordingId) => {
        if (running.has(recordingId)) return []
        try {
          return [open(recordingId)]
        } catch (error) {
          log(`recording ${recordingId}: ${String(error)}`)
          return []
        }
      })
    },
    forget(before) {
      let forgotten = 0
      for (const ending of [TOLD, UNTOLD]) {
        for (const recordingId of files(ending)) {
          const began = Number.parseInt(NAME.exec(recordingId)?.[1] ?? '', 36)
          if (running.has(recordingId) || !(began < before)) continue
          rmSync(path(recordingId, ending), { force: true })
          forgotten++
        }
      }
      return forgotten
    }
  }
}

function read(recordingId: string, chunks: () => Iterable<Chunk>): OpenedRecording {
  const gaps: Gap[] = []
  let subject: z.infer<typeof Subject> | undefined
  let octets = 0
  let complete = false
  for (const { kind, data } of chunks()) {
    if (kind === PIECE.subject) subject = told(Subject, data)
    else if (kind === PIECE.audio) octets += data.length
    else if (kind === PIECE.gapBegan) gaps.push({ atMs: toMs(octets), ms: 0, reason: told(GapBegan, data).reason })
    else if (kind === PIECE.gapEnded) {
      const gap = gaps.at(-1)
      if (gap) gap.ms = told(GapEnded, data).ms
    } else if (kind === PIECE.end) complete = true
  }
  if (!subject) throw new RecordingError('damaged', 'it does not say what it is of')
  return {
    recordingId,
    ...subject,
    ms: toMs(octets),
    gaps,
    complete,
    wav(fromMs = 0, untilMs = Number.POSITIVE_INFINITY) {
      const [from, until] = [toOctets(fromMs, octets), toOctets(untilMs, octets)]
      const parts: Buffer[] = []
      let at = 0
      for (const { kind, data } of chunks()) {
        if (kind !== PIECE.audio) continue
        if (at + data.length > from && at < until) parts.push(data.subarray(Math.max(0, from - at), Math.max(0, until - at)))
        at += data.length
      }
      return stereoWav(Buffer.concat(parts))
    }
  }
}

/** 16 octets a millisecond: a place is always between two pairs of samples. */
const toOctets = (ms: number, limit: number): number => Math.min(limit, Math.max(0, Math.floor(ms)) * 16)

function told<T>(schema: z.ZodType<T>, data: Buffer): T {
  try {
    return schema.parse(JSON.parse(data.toString('utf8')))
  } catch (error) {
    throw new RecordingError('damaged', 'a piece that cannot be understood', { cause: error })
  }
}
