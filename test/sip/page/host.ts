import type { EngineHost } from '../../../src-renderer/softphone/engine/host.ts'
import type { Settings } from '../../../src-shared/contract/desk.ts'
import { DialogRecord, type PhoneAccount } from '../../../src-shared/contract/phone.ts'

/** What the engine told its desk, in order, by the name of what it called. */
export interface Told {
  what: 'report' | 'transferred' | 'quality' | 'recorderConfirmed' | 'readiness' | 'open'
  with: unknown
}

const DIALOGS = 'dialogs'
/** Where each parked conversation waits. */
const SLOTS = 'slots'

const SETTINGS: Settings = {
  locale: 'en',
  theme: 'system',
  guide: 'done',
  microphoneId: '',
  speakerId: '',
  ringerId: '',
  ringVolume: 0,
  // A tone is not speech: what is made for voices would take it away.
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  microphoneGain: 1,
  deviceProfiles: [],
  doNotDisturb: false,
  writtenOnly: false,
  whisperHandoff: false,
  paneList: 300,
  paneCopilot: 300,
  viewingDistanceM: 1,
  keepClosedDays: 30
}

/**
 * The desk that the engine needs, as small as can be: an account, no offers, and dialogs that outlive the page. What it is told is kept
 * for the test.
 */
export function standInDesk(account: PhoneAccount, told: Told[]): EngineHost {
  const keep =
    (what: Told['what']) =>
    async (value: unknown): Promise<void> => {
      told.push({ what, with: value })
    }
  return {
    account: async () => account,
    settings: async () => SETTINGS,
    saveSettings: async () => {},
    offers: async () => [],
    acceptOffer: async () => {},
    declineOffer: async () => {},
    async callOf(conversationId) {
      // Written by a test, in this shape.
      const slots = JSON.parse(localStorage.getItem(SLOTS) ?? '{}') as Record<string, string>
      return slots[conversationId] === undefined ? undefined : { ended: false, slot: slots[conversationId] }
    },
    pauseRecording: async () => {},
    resumeRecording: async () => {},
    report: keep('report'),
    quality: keep('quality'),
    async open(call) {
      told.push({ what: 'open', with: call })
      return { conversationId: crypto.randomUUID() }
    },
    transferred: keep('transferred'),
    async saveDialogs(dialogs) {
      localStorage.setItem(DIALOGS, JSON.stringify(dialogs))
    },
    dialogs: async () => DialogRecord.array().parse(JSON.parse(localStorage.getItem(DIALOGS) ?? '[]')),
    recoverable: async () => [],
    recover: async () => {},
    giveUp: async () => {},
    recorderConfirmed: keep('recorderConfirmed'),
    heard: async () => {},
    readiness: keep('readiness'),
    lineDown: () => false,
    on: () => () => {},
    refused: () => false
  }
}
