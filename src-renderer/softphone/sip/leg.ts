import { Core, type Invitation, type Inviter, type Session, SessionState, type UserAgent } from 'sip.js'
import type { Account } from '../call/line.ts'
import type { DialogIds, EndedBy, Input } from '../call/state.ts'
import { type Microphone, MicrophoneError, type Taken } from '../media/microphone.ts'
import { type Playback, playRemote } from '../media/playback.ts'
import { createRtc, type Rtc } from './rtc.ts'

/** One call as this line has it: a SIP session, its sound, and what is still owed to the far end. */
export interface Leg {
  readonly callId: string
  /** Absent until an outbound call has its microphone. */
  session: Invitation | Inviter | undefined
  rtc: Rtc | undefined
  taken: Taken | undefined
  /** The microphone on its way: whoever asks meanwhile gets the same one. */
  taking: Promise<void> | undefined
  /** The microphone and the offer, while it rings: the answer is at hand when the agent gives it. */
  preparing: Promise<void> | undefined
  /** What came of it, until SIP.js asks. */
  prepared: Rtc | undefined
  playback: Playback | undefined
  remote: MediaStream | undefined
  /** May the far end hear the agent? */
  open: boolean
  /** Sound of an early answer is played. */
  early: boolean
  /** Not wanted any more, whatever is still under way. */
  dropped: boolean
  /** Ended while the socket was away: said when it is back. */
  owes: 'bye' | 'cancel' | undefined
  endedBy: EndedBy
  detail: string
  /** The final answer to our INVITE was told already. */
  told: boolean
  /** Session timer in seconds, 0 for none, and who refreshes. */
  expiresS: number
  refresher: 'us' | 'them' | undefined
  /** The re-INVITE under way; answers to older ones are no news. */
  asking: symbol | undefined
  /** What waits for the ACK of our answer. */
  afterAck: (() => void) | undefined
  /** A REFER of the far end that waits for our answer. */
  answerRefer: ((accept: boolean) => void) | undefined
  /** Ends the watch over packets. */
  stopProof: (() => void) | undefined
}

/** What all parts of the line share. */
export interface LineParts {
  readonly account: Account
  readonly agent: UserAgent
  readonly microphone: Microphone
  readonly legs: Map<string, Leg>
  emit(input: Input): void
  speaker(): string
  /** Mixes anew: somebody's voice is another track now. */
  remix(): void
}

export const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Runs what may throw or reject; one bad message must not end the phone. */
export function guard(what: string, act: () => unknown): void {
  try {
    const result = act()
    if (result instanceof Promise) result.catch((error: unknown) => console.warn(`${what}: ${words(error)}`))
  } catch (error) {
    console.warn(`${what}: ${words(error)}`)
  }
}

export const newLeg = (callId: string, expiresS: number): Leg => ({
  callId,
  session: undefined,
  rtc: undefined,
  taken: undefined,
  taking: undefined,
  preparing: undefined,
  prepared: undefined,
  playback: undefined,
  remote: undefined,
  open: false,
  early: false,
  dropped: false,
  owes: undefined,
  endedBy: 'network',
  detail: 'lost',
  told: false,
  expiresS,
  refresher: undefined,
  asking: undefined,
  afterAck: undefined,
  answerRefer: undefined,
  stopProof: undefined
})

export const isUp = (leg: Leg): boolean => leg.session?.state === SessionState.Established

/** SIP.js hands its dialogs out as less than they are. */
export function dialogOf(session: Session | undefined): Core.SessionDialog | undefined {
  const dialog = session?.dialog
  return dialog instanceof Core.SessionDialog ? dialog : undefined
}

/** A call has one microphone, however many ask for it at once: a second one could be neither muted nor closed. @throws MicrophoneError */
export async function takeMicrophone(line: LineParts, leg: Leg): Promise<void> {
  if (!leg.taken) {
    leg.taking ??= line.microphone
      .take((track) => {
        guard('replacing the microphone', () => leg.rtc?.send(track))
        gate(leg)
        line.remix()
      })
      .then((taken) => {
        leg.taken = taken
      })
      .finally(() => {
        leg.taking = undefined
      })
    await leg.taking
  }
  gate(leg)
}

/** The microphone's problem in the phone's words. */
export function microphoneFailed(line: LineParts, callId: string, error: unknown): void {
  const problem = error instanceof MicrophoneError ? error.problem : 'microphone-missing'
  line.emit({ type: 'accept-failed', callId, problem, detail: words(error) })
}

export function gate(leg: Leg): void {
  for (const track of leg.taken?.stream.getAudioTracks() ?? []) track.enabled = leg.open
}

/** The sound of a session, made when SIP.js asks for it or while it rings. @throws MicrophoneError without a microphone */
export function openRtc(line: LineParts, leg: Leg): Rtc {
  const { prepared } = leg
  leg.prepared = undefined
  if (prepared) return prepared
  const [track] = leg.taken?.stream.getAudioTracks() ?? []
  if (!track) throw new MicrophoneError('microphone-missing', 'no microphone was taken for this call')
  const { session } = leg
  leg.rtc = createRtc({
    iceServers: line.account.iceServers,
    codecs: line.account.codecs ?? [],
    track,
    isOffer: () => session?.dialog?.signalingState === 'HaveRemoteOffer',
    onConnection: (connection) => watch(line, leg, connection)
  })
  return leg.rtc
}

function watch(line: LineParts, leg: Leg, connection: RTCPeerConnection): void {
  const { callId } = leg
  connection.addEventListener('track', ({ track }) => {
    if (track.kind !== 'audio') return
    leg.playback?.stop()
    leg.remote = new MediaStream([track])
    leg.playback = playRemote(leg.remote, line.speaker())
    line.remix()
  })
  connection.addEventListener('connectionstatechange', () => {
    if (leg.rtc?.connection !== connection) return
    const state = connection.connectionState
    if (state === 'connected') line.emit({ type: 'media', callId, state: 'flowing' })
    if (state === 'failed' || state === 'disconnected') line.emit({ type: 'media', callId, state: 'lost' })
  })
}

export function release(leg: Leg): void {
  leg.stopProof?.()
  leg.stopProof = undefined
  leg.playback?.stop()
  leg.playback = undefined
  leg.taken?.release()
  leg.taken = undefined
  leg.remote = undefined
  leg.rtc?.close()
}

/** What is needed to take this dialog back later; undefined until there is one. */
export function idsOf(leg: Leg): DialogIds | undefined {
  const dialog = dialogOf(leg.session)
  if (!dialog) return undefined
  return {
    sipCallId: dialog.callId,
    ours: leg.session !== undefined && 'cancel' in leg.session,
    localTag: dialog.localTag,
    remoteTag: dialog.remoteTag,
    localUri: dialog.localURI.toString(),
    remoteUri: dialog.remoteURI.toString(),
    remoteTarget: dialog.remoteTarget.toString(),
    routeSet: [...dialog.routeSet],
    localSeq: dialog.localSequenceNumber ?? 0
  }
}

export function tellDialog(line: LineParts, leg: Leg): void {
  const dialog = idsOf(leg)
  if (dialog) line.emit({ type: 'dialog', callId: leg.callId, dialog })
}

/** A timer that was agreed (or not: 0) with an answer. */
export function tellTimer(line: LineParts, leg: Leg, timer: { expiresS: number; refresher: 'us' | 'them' }): void {
  leg.refresher = timer.expiresS > 0 ? timer.refresher : undefined
  line.emit({ type: 'session-timer', callId: leg.callId, ...timer })
}
