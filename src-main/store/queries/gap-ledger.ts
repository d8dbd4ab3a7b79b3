import type { z } from 'zod'
import type { PauseReason, RecordingGap as RecordingGapSchema } from '../../../src-shared/contract/phone.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'

type RecordingGap = z.infer<typeof RecordingGapSchema>

/** Every stretch of a call that its recorder confirmed not to have recorded, oldest first. */
export const gapsOf = (desk: ReadDb, callId: string): RecordingGap[] =>
  desk
    .all<{ fromAt: number; toAt: number | null; reason: PauseReason; endedBy: NonNullable<RecordingGap['endedBy']> | null }>(
      'select fromAt, toAt, reason, endedBy from recording_gap where callId = ? order by fromAt',
      callId
    )
    .map(({ fromAt, toAt, reason, endedBy }) => ({
      from: fromAt,
      ...(toAt === null ? {} : { to: toAt }),
      reason,
      ...(endedBy === null ? {} : { endedBy })
    }))
