import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../../src-shared/contract/contract.ts'
import type { ConversationView, RecoverableCall } from '../../../src-shared/contract/conversation.ts'
import type { Settings } from '../../../src-shared/contract/desk.ts'
import type { OfferView } from '../../../src-shared/contract/inbox.ts'
import type { DialogRecord, PhoneAccount } from '../../../src-shared/contract/phone.ts'
import type { Topic } from '../../../src-shared/topics.ts'
import { type Client, refusalOf } from '../../connect.ts'
import type { Live } from '../../live-query.svelte.ts'

type Calls = ContractRouterClient<Contract>['calls']
type InputOf<Name extends keyof Calls> = Parameters<Calls[Name]>[0]

type RecordingState = NonNullable<NonNullable<ConversationView['call']>['recording']>

/** All that the phone needs of its desk. Every call may fail when the host cannot be reached; what it refuses is told by `refused`. */
export interface EngineHost {
  account(): Promise<PhoneAccount | null>
  settings(): Promise<Settings>
  saveSettings(change: Partial<Settings>): Promise<unknown>
  offers(): Promise<OfferView[]>
  acceptOffer(offer: { conversationId: string; offerId: string }): Promise<unknown>
  declineOffer(offer: { conversationId: string; offerId: string }): Promise<unknown>
  /** How the desk knows the last call of a conversation: ended, parked, or neither, and what its recorder does. */
  callOf(conversationId: string): Promise<{ ended: boolean; slot?: string | undefined; recording?: RecordingState | undefined } | undefined>
  pauseRecording(what: InputOf<'pauseRecording'>): Promise<unknown>
  resumeRecording(what: InputOf<'resumeRecording'>): Promise<unknown>
  report(report: InputOf<'report'>): Promise<unknown>
  quality(quality: InputOf<'quality'>): Promise<unknown>
  open(call: InputOf<'open'>): Promise<{ conversationId: string }>
  transferred(what: InputOf<'transferred'>): Promise<unknown>
  saveDialogs(dialogs: DialogRecord[]): Promise<unknown>
  dialogs(): Promise<DialogRecord[]>
  recoverable(): Promise<RecoverableCall[]>
  recover(conversationId: string): Promise<unknown>
  giveUp(conversationId: string): Promise<unknown>
  recorderConfirmed(what: InputOf<'recorderConfirmed'>): Promise<unknown>
  heard(what: InputOf<'heard'>): Promise<unknown>
  readiness(what: InputOf<'readiness'>): Promise<unknown>
  /** Is the desk cut off from the centre? Then what passes need not be stored. */
  lineDown(): boolean
  /** Calls back when something about the topic may have changed. Returns what ends it. */
  on(topic: Topic, listener: () => void): () => void
  /** The host said no: asking again would not change it. */
  refused(error: unknown): boolean
}

/** The desk over the API. `lineDown` tells what the page knows of the line to the centre. */
export function hostOf(client: Client, live: Pick<Live, 'on'>, lineDown: () => boolean): EngineHost {
  return {
    account: () => client.calls.account(),
    settings: () => client.desk.settings(),
    saveSettings: (change) => client.desk.saveSettings(change),
    offers: () => client.inbox.offers(),
    acceptOffer: (offer) => client.inbox.accept(offer),
    declineOffer: (offer) => client.inbox.decline(offer),
    async callOf(conversationId) {
      const { call } = await client.conversation.get({ conversationId })
      return call && { ended: call.state === 'ended', slot: call.slot, recording: call.recording }
    },
    pauseRecording: (what) => client.calls.pauseRecording(what),
    resumeRecording: (what) => client.calls.resumeRecording(what),
    report: (report) => client.calls.report(report),
    quality: (quality) => client.calls.quality(quality),
    open: (call) => client.calls.open(call),
    transferred: (what) => client.calls.transferred(what),
    saveDialogs: (dialogs) => client.calls.saveDialogs({ dialogs }),
    dialogs: () => client.calls.dialogs(),
    recoverable: () => client.calls.recoverable(),
    recover: (conversationId) => client.calls.recover({ conversationId }),
    giveUp: (conversationId) => client.calls.giveUp({ conversationId }),
    recorderConfirmed: (what) => client.calls.recorderConfirmed(what),
    heard: (what) => client.calls.heard(what),
    readiness: (what) => client.calls.readiness(what),
    lineDown,
    on: (topic, listener) => live.on(topic, listener),
    refused: (error) => refusalOf(error) !== undefined
  }
}
