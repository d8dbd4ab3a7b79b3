import { RefusalError } from '../../src-shared/errors.ts'
import type { RecordingArchive } from '../desk/desk.ts'
import { RecordingError } from '../practice/recordings/errors.ts'
import type { Recordings } from '../practice/recordings/recordings.ts'

/** A minute of two channels is 2 MB: soon there, and few enough. */
const PIECE_MS = 60_000
const DAY_MS = 86_400_000
const BETWEEN_MS = 6 * 3_600_000

/** The recordings of this machine for those who may listen, in pieces of a minute. */
export function createArchive(recordings: Pick<Recordings, 'open'>): RecordingArchive {
  return {
    async piece(recordingId, piece) {
      try {
        const opened = recordings.open(recordingId)
        const pieces = Math.max(1, Math.ceil(opened.ms / PIECE_MS))
        if (piece >= pieces) throw new RefusalError('not_found', `the recording has ${pieces} pieces`, 'piece')
        return { wav: opened.wav(piece * PIECE_MS, (piece + 1) * PIECE_MS), pieces }
      } catch (error) {
        if (!(error instanceof RecordingError)) throw error
        throw new RefusalError(error.kind === 'missing' ? 'not_found' : 'not_available', `recording: ${error.kind}`, 'recordingId')
      }
    }
  }
}

/** Recordings leave with the conversations they are of: as old as the seat keeps them that keeps them longest. */
export function startForgetting(options: {
  recordings: Pick<Recordings, 'forget'>
  keptDays: () => number
  now: () => number
  after: (ms: number, work: () => void) => () => void
  log: (event: string, detail: Record<string, unknown>) => void
}): { close(): void } {
  let cancel = () => {}
  const pass = () => {
    try {
      const forgotten = options.recordings.forget(options.now() - options.keptDays() * DAY_MS)
      if (forgotten > 0) options.log('recordings.forgotten', { forgotten })
    } catch (error) {
      options.log('recordings', { error: String(error) })
    }
    cancel = options.after(BETWEEN_MS, pass)
  }
  cancel = options.after(60_000, pass)
  return { close: () => cancel() }
}
