import { z } from 'zod'
import { PAUSE_REASONS, QUEUES, type READINESS_CAUSES } from '../taxonomy.ts'

/** How a desk's softphone is set up, and what of a call outlives its page. Shapes only; the procedures are in calls.ts. */

/** Audio codecs by their SDP names (RFC 7587, RFC 3551), any order. */
export const CODECS = ['opus', 'G722', 'PCMA', 'PCMU'] as const

/** How the digits of the keypad travel: as RTP events (RFC 4733) or as SIP INFO `application/dtmf-relay`. */
export const DTMF_METHODS = ['rfc4733', 'info'] as const

/**
 * Who records calls, and so who confirms a pause: the centre's recorder by the centre's word, a PBX that obeys in-dialog INFO with
 * `Record: on|off`, or nobody that we know of.
 */
export const RECORDERS = ['centre', 'info', 'none'] as const

export const TRANSCRIBERS = ['off', 'vosk', 'funasr'] as const

const sipServer = z
  .string()
  .trim()
  .max(300)
  .regex(/^wss?:\/\/[^\s/]+(\/\S*)?$/i, 'must be a ws: or wss: address')
const hostName = z
  .string()
  .trim()
  .max(253)
  .regex(/^[A-Za-z0-9.\-[\]:]*$/, 'must be a host name')
const sipUser = z
  .string()
  .trim()
  .max(100)
  .regex(/^[^\s@<>"]*$/, 'must be a SIP user name')

const fields = {
  /** `practice`: the built-in telephone system; `own`: the PBX described here. */
  source: z.enum(['practice', 'own']),
  /** In fail-over order (RFC 7118). */
  servers: z.array(sipServer).max(5),
  domain: hostName,
  user: sipUser,
  /** The digest user where it is not `user`. */
  authUser: sipUser,
  displayName: z.string().trim().max(100),
  codecs: z.array(z.enum(CODECS)).max(CODECS.length),
  dtmf: z.enum(DTMF_METHODS),
  /** The header of an INVITE that carries the conversation id. */
  conversationHeader: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{1,60}$/, 'must be the name of a header'),
  /** Session timer (RFC 4028) in seconds; 0 switches it off. */
  sessionExpiresS: z
    .number()
    .int()
    .min(0)
    .max(86_400)
    .refine((value) => value === 0 || value >= 90, 'RFC 4028 wants 90 seconds at least'),
  /** Calls at once. */
  lines: z.number().int().min(1).max(6),
  autoAnswer: z.object({
    /** Obey `Call-Info: ;answer-after=` and `Alert-Info`. */
    headers: z.boolean(),
    queues: z.array(z.enum(QUEUES)).max(QUEUES.length)
  }),
  park: z.object({ park: z.string().trim().max(40), retrieve: z.string().trim().max(40) }),
  /** A number that sends back what it hears, for the test call; empty: the PBX has none. */
  echoNumber: z.string().trim().max(40),
  recorder: z.enum(RECORDERS),
  /** ISO 3166 country that numbers without a country code belong to. */
  country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two letters'),
  /** Put before numbers outside the centre, e.g. `0`; empty for none. */
  outsidePrefix: z
    .string()
    .trim()
    .regex(/^[0-9*#]{0,6}$/, 'must be digits'),
  transcriber: z.object({
    protocol: z.enum(TRANSCRIBERS),
    url: z
      .string()
      .trim()
      .max(300)
      .regex(/^(wss?:\/\/\S+)?$/i, 'must be a ws: or wss: address')
  })
}

/** What a person or IT sets. Secrets go in and never come out again: absent keeps the one there is, empty forgets it. */
export const PhoneSettingsInput = z
  .object({
    ...fields,
    secret: z.string().max(300).optional(),
    iceServers: z
      .array(
        z.object({
          urls: z.string().regex(/^(stun|stuns|turn|turns):\S+$/i, 'must be a stun: or turn: address'),
          username: z.string().max(200).optional(),
          credential: z.string().max(300).optional()
        })
      )
      .max(6)
  })
  .refine((one) => one.source === 'practice' || one.servers.length > 0, { message: 'a PBX of your own needs a server', path: ['servers'] })
  .refine((one) => one.source === 'practice' || one.domain !== '', { message: 'a PBX of your own needs a domain', path: ['domain'] })
  .refine((one) => one.source === 'practice' || one.user !== '', { message: 'a PBX of your own needs a user', path: ['user'] })
  .refine((one) => one.transcriber.protocol === 'off' || one.transcriber.url !== '', {
    message: 'the recogniser needs an address',
    path: ['transcriber', 'url']
  })
export type PhoneSettingsInput = z.infer<typeof PhoneSettingsInput>

/** The same without secrets. */
export const PhoneSettings = z.object({
  ...fields,
  hasSecret: z.boolean(),
  iceServers: z.array(z.object({ urls: z.string(), username: z.string().optional(), hasCredential: z.boolean() })),
  /** Told when they are saved: the page was loaded before it was allowed to speak to these servers, so it has to be loaded again. */
  reloadNeeded: z.boolean().optional()
})
export type PhoneSettings = z.infer<typeof PhoneSettings>

/** All that the softphone of one seat needs, with its secret. */
export const PhoneAccount = z.object({
  ...fields,
  secret: z.string(),
  iceServers: z.array(z.object({ urls: z.string(), username: z.string().optional(), credential: z.string().optional() }))
})
export type PhoneAccount = z.infer<typeof PhoneAccount>

export type PauseReason = (typeof PAUSE_REASONS)[number]

/** What is needed to take an established SIP dialog (RFC 3261 12) back after its page is gone (RFC 3891). */
export const DialogRecord = z.object({
  /** The SIP Call-ID. */
  callId: z.string().max(300),
  localTag: z.string().max(300),
  remoteTag: z.string().max(300),
  localUri: z.string().max(500),
  remoteUri: z.string().max(500),
  remoteTarget: z.string().max(500),
  routeSet: z.array(z.string().max(500)).max(20),
  localSeq: z.number().int().nonnegative(),
  direction: z.enum(['in', 'out']),
  conversationId: z.string().optional(),
  name: z.string().max(300),
  number: z.string().max(300),
  state: z.enum(['up', 'held']),
  answeredAt: z.number(),
  muted: z.boolean(),
  /** The call that this one was dialled to consult about. */
  consultFor: z.string().optional(),
  conferenced: z.boolean(),
  /** The PBX confirmed that it does not record now; the phone resumes it then, in whichever page. */
  recordingPause: z.object({ until: z.number(), reason: z.enum(PAUSE_REASONS) }).optional(),
  savedAt: z.number()
})
export type DialogRecord = z.infer<typeof DialogRecord>

/** Thresholds and names of Twilio's voice quality warnings. */
export const QUALITY_WARNINGS = [
  'high-rtt',
  'high-jitter',
  'high-packet-loss',
  'low-mos',
  'constant-audio-input-level',
  'constant-audio-output-level',
  'low-bytes-received',
  'low-bytes-sent',
  'ice-connectivity-lost'
] as const
export type QualityWarning = (typeof QUALITY_WARNINGS)[number]

const averageAndHighest = z.object({ average: z.number(), highest: z.number() })
/** One call's media as this phone measured it. MOS 1..4.5 by the E-model (ITU-T G.107). */
export const CallQuality = z.object({
  codec: z.string().max(60).optional(),
  /** How long was measured. */
  seconds: z.number().nonnegative(),
  mos: z.object({ average: z.number(), lowest: z.number() }).optional(),
  rttMs: averageAndHighest.optional(),
  jitterMs: averageAndHighest.optional(),
  lossRatio: z.number().min(0).max(1).optional(),
  warnings: z.array(z.object({ kind: z.enum(QUALITY_WARNINGS), raisedAt: z.number(), clearedAt: z.number().optional() })).max(100)
})
export type CallQuality = z.infer<typeof CallQuality>

export type ReadinessCause = (typeof READINESS_CAUSES)[number]

/** A stretch that the recorder confirmed not to have recorded. `to` is absent while it lasts. */
export const RecordingGap = z.object({
  from: z.number(),
  to: z.number().optional(),
  reason: z.enum(PAUSE_REASONS),
  /** What ended it. */
  endedBy: z.enum(['agent', 'timer', 'step-closed', 'call-ended']).optional()
})
export type RecordingGap = z.infer<typeof RecordingGap>
