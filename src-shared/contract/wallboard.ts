import { z } from 'zod'
import { MoodCell, QueueInterval, QueueNow } from '../events.ts'
import { PRESENCES } from '../taxonomy.ts'
import { base } from './base.ts'

const localText = z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })

export const WallboardView = z.object({
  /** When the centre last sent figures, on the centre's clock; absent when it never did. */
  at: z.number().optional(),
  queues: z.array(QueueNow),
  people: z.array(
    z.object({ personId: z.string(), name: localText, presence: z.enum(PRESENCES), reason: z.string().optional(), since: z.number() })
  ),
  /** Quarter hours of today, oldest first. */
  intervals: z.array(QueueInterval),
  cells: z.array(MoodCell),
  /** Is the line to the centre up: else the figures are as old as `at`. */
  live: z.boolean()
})
export type WallboardView = z.infer<typeof WallboardView>

export const wallboard = {
  view: base.input(z.object({ since: z.number().optional() })).output(WallboardView)
}
