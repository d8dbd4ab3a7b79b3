import { oc } from '@orpc/contract'
import { z } from 'zod'
import { REFUSALS } from '../errors.ts'

/** Every procedure can be refused; the screen switches over `data.code`. */
export const base = oc.errors({
  REFUSED: {
    status: 409,
    data: z.object({ code: z.enum(REFUSALS), field: z.string().optional(), detail: z.string().optional() })
  }
})

/** A command was stored in the outbox: it survives a crash and is on its way. */
export const Stored = z.object({ commandId: z.string() })

/** Where a line of the timeline or a command stands: on its way, accepted by the centre, or refused by it. */
export const DELIVERY = ['waiting', 'sent', 'refused'] as const
