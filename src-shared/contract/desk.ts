import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { INTENTS, LOCALES, PACES } from '../taxonomy.ts'
import type { Change } from '../topics.ts'
import { base } from './base.ts'

export const LineView = z.object({
  state: z.enum(['up', 'connecting', 'down']),
  /** Since when the line has been in this state. */
  since: z.number(),
  /** Commands stored and not yet answered by the centre. */
  waiting: z.number(),
  /** Refused commands in the tray. */
  refused: z.number(),
  /** A notice of the store: a damaged database was set aside and rebuilt. Absent after it was dismissed. */
  storeNotice: z.object({ kind: z.enum(['rebuilt']), at: z.number(), keptAs: z.string() }).optional()
})
export type LineView = z.infer<typeof LineView>

export const OutboxRow = z.object({
  commandId: z.string(),
  type: z.string(),
  conversationId: z.string().optional(),
  customerName: z.string().optional(),
  /** What the user entered, one line. */
  content: z.string(),
  /** Why, where a choice was made with a reason: the id of a presence's reason. */
  reason: z.string().optional(),
  at: z.number(),
  state: z.enum(['waiting', 'refused']),
  refusal: z.object({ code: z.string(), field: z.string().optional(), detail: z.string().optional() }).optional()
})
export type OutboxRow = z.infer<typeof OutboxRow>

/** Which devices go together, by the name of the headset or sound card they belong to; newest first. */
export const DeviceProfile = z.object({
  /** The label the system gives, without its "Default - " and USB id parts. */
  name: z.string().max(300),
  microphoneId: z.string().max(300),
  speakerId: z.string().max(300),
  ringerId: z.string().max(300),
  gain: z.number().min(0).max(2),
  usedAt: z.number()
})
export type DeviceProfile = z.infer<typeof DeviceProfile>

export const Settings = z.object({
  locale: z.enum(LOCALES),
  theme: z.enum(['system', 'light', 'dark']),
  /** First-start guide: which step comes next; 'done' never shows it again. */
  guide: z.enum(['who', 'headset', 'call', 'done']),
  microphoneId: z.string(),
  speakerId: z.string(),
  ringerId: z.string(),
  ringVolume: z.number().min(0).max(1),
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGainControl: z.boolean(),
  /** Strengthens or weakens my voice: 1 leaves it as it is. */
  microphoneGain: z.number().min(0).max(2),
  deviceProfiles: z.array(DeviceProfile).max(20),
  /** Calls are refused as busy. */
  doNotDisturb: z.boolean(),
  /** Serve written channels only: the phone is not used and no calls are offered. */
  writtenOnly: z.boolean(),
  /** What is handed over is spoken into the ear while its offer waits. */
  whisperHandoff: z.boolean(),
  paneList: z.number(),
  paneCopilot: z.number(),
  viewingDistanceM: z.number().min(0.5).max(20),
  /** Closed conversations leave this desk after so many days; the centre keeps them. */
  keepClosedDays: z.number().int().min(1).max(3_650)
})
export type Settings = z.infer<typeof Settings>

export const PracticeView = z.object({
  pace: z.enum(PACES),
  language: z.enum(['follow', 'en', 'zh', 'both']),
  /** Which channels of my customers the front desk answers before me. */
  frontDesk: z.enum(['off', 'chat', 'all']),
  lineUp: z.boolean(),
  scenarios: z.array(
    z.object({
      scenarioId: z.string(),
      language: z.enum(['en', 'zh']),
      intent: z.enum(INTENTS),
      title: z.string(),
      channels: z.array(z.enum(['voice', 'chat']))
    })
  )
})
export type PracticeView = z.infer<typeof PracticeView>

/** What the scenario gives me to say next to its customer. Absent while there is nothing: not on the line yet, or all is said. */
export const PracticePrompt = z.object({
  prompt: z
    .object({
      text: z.string(),
      /** Which one it is, from 1, and of how many. */
      place: z.number().int().positive(),
      of: z.number().int().positive()
    })
    .optional()
})
export type PracticePrompt = z.infer<typeof PracticePrompt>

const ChangeBatch = z.array(z.custom<Change>())

export const desk = {
  line: base.output(LineView),
  outbox: base.output(z.array(OutboxRow)),
  /** Send a refused command again, with the text changed where one is given. */
  retry: base.input(z.object({ commandId: z.string(), text: z.string().optional() })).output(z.object({ commandId: z.string() })),
  /** Take a refused command out of the tray; it stays restorable for `undo` until the desk stops. */
  discard: base.input(z.object({ commandId: z.string() })).output(z.object({})),
  undoDiscard: base.input(z.object({ commandId: z.string() })).output(z.object({})),
  dismissStoreNotice: base.output(z.object({})),
  settings: base.output(Settings),
  saveSettings: base.input(Settings.partial()).output(Settings)
}

export const live = {
  /** Coalesced changes; the first batch says where the revisions stand. */
  changes: base.output(eventIterator(ChangeBatch))
}

/** Only while the practice centre is embedded; refused with `practice_only` otherwise. */
export const practice = {
  view: base.output(PracticeView),
  setPace: base.input(z.object({ pace: z.enum(PACES) })).output(z.object({})),
  setFrontDesk: base.input(z.object({ frontDesk: z.enum(['off', 'chat', 'all']) })).output(z.object({})),
  setLanguage: base.input(z.object({ language: z.enum(['follow', 'en', 'zh', 'both']) })).output(z.object({})),
  /** Ask for one scenario now; it is offered to me. `frontDesk`: after the front desk, which the customer leaves for a person in the end. */
  start: base
    .input(z.object({ scenarioId: z.string(), channel: z.enum(['voice', 'chat']), frontDesk: z.boolean().optional() }))
    .output(z.object({ conversationId: z.string() })),
  /** A line to read aloud, for a conversation that I serve; empty for any other. */
  prompt: base.input(z.object({ conversationId: z.string() })).output(PracticePrompt),
  /** Cut or mend my desk's line to the centre. */
  setLine: base.input(z.object({ up: z.boolean() })).output(z.object({}))
}
