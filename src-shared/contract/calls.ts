import { z } from 'zod'
import { base, Stored } from './base.ts'
import { RecoverableCall } from './conversation.ts'

export const calls = {
  /** How the softphone reaches the PBX. The secret is for this seat only. `null` for roles without a phone. */
  account: base.output(
    z
      .object({
        server: z.string(),
        domain: z.string(),
        user: z.string(),
        secret: z.string(),
        iceServers: z.array(z.object({ urls: z.string(), username: z.string().optional(), credential: z.string().optional() })),
        /** The SIP header that carries the conversation id (RFC 7433 by default). */
        conversationHeader: z.string()
      })
      .nullable()
  ),
  /** What the softphone saw; stored first, then sent. */
  report: base
    .input(
      z.object({
        conversationId: z.string(),
        callId: z.string(),
        what: z.enum(['answered', 'held', 'resumed', 'ended', 'failed', 'quality']),
        heardRms: z.number().optional(),
        rttMs: z.number().optional(),
        jitterMs: z.number().optional(),
        lossRatio: z.number().optional(),
        detail: z.string().max(500).optional()
      })
    )
    .output(Stored),
  recoverable: base.output(z.array(RecoverableCall)),
  recover: base.input(z.object({ conversationId: z.string() })).output(Stored),
  /** I do not want it back: the call counts as ended and goes to wrap-up. */
  giveUp: base.input(z.object({ conversationId: z.string() })).output(Stored)
}
