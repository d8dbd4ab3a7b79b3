import { type Core, SIPExtension, UserAgent, type UserAgentOptions } from 'sip.js'
import { newId } from '../../../src-shared/ids.ts'
import { afterPicture, soon } from '../../ui/after-picture.ts'
import type { Account, SipEffect, SipLine } from '../call/line.ts'
import type { Input } from '../call/state.ts'
import type { Microphone } from '../media/microphone.ts'
import { createMixer } from '../media/mixer.ts'
import { withoutForeignChallenges } from './challenges.ts'
import { createEarlyRing } from './early-ring.ts'
import { withSipAddresses } from './foreign-addresses.ts'
import { abandonTransactions, answerUpdate, reinvite } from './in-dialog.ts'
import { accept, arrive, reject } from './incoming.ts'
import { gate, guard, isUp, type Leg, type LineParts, openRtc, release, words } from './leg.ts'
import { headOfMessage, screenHead } from './odd-messages.ts'
import { cancel, dial, takeBack } from './outgoing.ts'
import { watchPackets } from './proof.ts'
import { createRegistrar } from './registrar.ts'
import { notify, refer } from './transfer.ts'

/**
 * The one room (this file and `sip/`) that knows SIP.js 0.21.2. It obeys effects, tells what came of them, and works around what that
 * library does not do; KNOWN-ISSUES.md lists it. Nothing it throws gets past this room.
 */

/** Option tags that a request may require of us (RFC 3261 8.2.2.3); SIP.js does not look. */
const UNDERSTOOD = ['replaces', 'timer', 'outbound', 'gruu', 'path', '100rel', 'norefersub']

export function openSipLine(account: Account, microphone: Microphone, emit: (input: Input) => void): SipLine {
  const legs = new Map<string, Leg>()
  let speaker = ''
  let mixed: readonly string[] = []
  const mixer = createMixer(() => new AudioContext())

  const uri = UserAgent.makeURI(`sip:${account.user}@${account.domain}`)
  if (!uri) throw new TypeError(`not a SIP address: ${account.user}@${account.domain}`)

  const options: UserAgentOptions = {
    uri,
    ...(account.displayName ? { displayName: account.displayName } : {}),
    transportOptions: { server: account.servers[0] ?? '', connectionTimeout: 5, keepAliveInterval: 0 },
    authorizationUsername: account.authUser || account.user,
    authorizationPassword: account.secret,
    sipExtensionReplaces: SIPExtension.Supported,
    sipExtensionExtraSupported: ['timer'],
    // The ring time is the centre's; this only catches a caller that never gives up.
    noAnswerTimeout: 300,
    logBuiltinEnabled: false,
    logLevel: 'warn',
    logConfiguration: false,
    logConnector: (level, category, _label, content) => {
      if (level === 'warn' || level === 'error') console.debug(`${category}: ${content}`)
    },
    sessionDescriptionHandlerFactory: (session) => {
      const leg = [...legs.values()].find((one) => one.session === session)
      if (!leg) throw new Error('a session without a call')
      return openRtc(line, leg)
    },
    delegate: {
      onConnect: () => emit({ type: 'connected' }),
      onDisconnect: (error) => {
        for (const leg of legs.values()) abandonTransactions(leg)
        emit({ type: 'disconnected', reason: error ? words(error) : 'closed' })
      },
      onInvite: (invitation) => guard('INVITE', () => arrive(line, invitation))
    }
  }
  const agent = new UserAgent(options)
  const early = createEarlyRing({
    account,
    isOurs: (user) => user === account.user || user === agent.contact.uri.user,
    knows: (callId) => legs.has(callId),
    deliver: (message) => guard('a message', () => deliver?.(withoutForeignChallenges(withSipAddresses(message, account.domain)))),
    perform,
    emit,
    afterPicture: globalThis.document && afterPicture,
    soon
  })
  const line: LineParts = { account, agent, microphone, legs, emit: early.emit, speaker: () => speaker, remix: () => mix(mixed) }
  const registrar = createRegistrar(account, agent, emit, settleDebts)

  const deliver = agent.transport.onMessage
  const able = { extensions: UNDERSTOOD, newTag: () => newId().slice(-12) }
  // SIP.js throws out of its parser for some malformed messages; one bad message must not end the phone.
  agent.transport.onMessage = (message) => guard('a message', () => screen(message))
  const core = agent.userAgentCore
  const receiveRequest = core.receiveIncomingRequestFromTransport.bind(core)
  core.receiveIncomingRequestFromTransport = (message) => {
    if (message.method === 'UPDATE') answerUpdate(line, message)
    else receiveRequest(message)
  }
  const receiveResponse = core.receiveIncomingResponseFromTransport.bind(core)
  core.receiveIncomingResponseFromTransport = (message) => {
    noteAnswer(message)
    receiveResponse(message)
  }

  function screen(message: string): Promise<void> | undefined {
    const head = headOfMessage(message)
    const screened = screenHead(head, able)
    if ('answer' in screened) return agent.transport.send(screened.answer)
    if ('drop' in screened) console.debug(`ignored: ${screened.drop}`)
    else early.take(screened.pass, head)
    return undefined
  }

  /** SIP.js takes the first SDP of a forked or early-answered INVITE for the answer; the one in the 2xx is. */
  function noteAnswer(message: Core.IncomingResponseMessage): void {
    const status = message.statusCode ?? 0
    if (status < 200 || status >= 300 || !/\bINVITE$/.test(message.getHeader('cseq') ?? '') || !message.body) return
    const leg = legs.get(message.callId)
    if (leg?.rtc && leg.session && !leg.session.dialog) leg.rtc.finalAnswer = message.body
  }

  /** What could not be said while the socket was away. */
  function settleDebts(): void {
    for (const leg of legs.values()) {
      if (leg.owes === 'bye') bye(leg)
      if (leg.owes === 'cancel') cancel(line, leg)
    }
  }

  function bye(leg: Leg): void {
    leg.endedBy = 'self'
    leg.detail = 'hung up'
    const { session } = leg
    if (!session || !isUp(leg)) return // `established` will ask again
    if (agent.isConnected()) {
      leg.owes = undefined
      guard('BYE', () => session.bye())
      return
    }
    // bye() on a dead socket says Terminated while the far end never hears of it.
    leg.owes = 'bye'
    release(leg)
  }

  function digit(leg: Leg, key: string): void {
    const { callId, session } = leg
    if (account.dtmf !== 'info' && leg.rtc?.sendDtmf(key)) return
    // Wanted so, or the far end negotiated no telephone-event: say it in signalling.
    const failed = () => emit({ type: 'digit-failed', callId })
    if (!session || !isUp(leg) || !agent.isConnected()) {
      failed()
      return
    }
    session
      .info({
        requestOptions: {
          body: { contentDisposition: 'render', contentType: 'application/dtmf-relay', content: `Signal=${key}\r\nDuration=120\r\n` }
        },
        requestDelegate: { onReject: failed }
      })
      .catch(failed)
  }

  function record(callId: string, on: boolean): Promise<number> {
    const leg = legs.get(callId)
    const { session } = leg ?? {}
    if (!leg || !session || !isUp(leg)) return Promise.resolve(481)
    if (!agent.isConnected()) return Promise.resolve(503)
    return new Promise((resolve) => {
      const answered = ({ message }: { message: { statusCode?: number | undefined } }) => resolve(message.statusCode ?? 500)
      session
        .info({
          requestOptions: { extraHeaders: [`Record: ${on ? 'on' : 'off'}`] },
          requestDelegate: { onAccept: answered, onReject: answered, onRedirect: answered }
        })
        .catch(() => resolve(503))
    })
  }

  function mix(callIds: readonly string[]): void {
    mixed = callIds
    mixer.mix(
      callIds.flatMap((callId) => {
        const leg = legs.get(callId)
        if (!leg?.taken || !leg.remote) return []
        const send = (track: MediaStreamTrack) => guard('sending a mix', () => leg.rtc?.send(track))
        return [{ callId, microphone: leg.taken.stream, voice: leg.remote, send }]
      })
    )
  }

  function forget(leg: Leg): void {
    if (leg.owes) return // kept until the far end could be told
    legs.delete(leg.callId)
    if (isUp(leg)) bye(leg)
    else reject(leg, 480)
    release(leg)
  }

  function toLeg(leg: Leg, effect: Extract<SipEffect, { callId: string }>): void {
    switch (effect.type) {
      case 'accept':
        void accept(line, leg)
        return
      case 'reject':
        reject(leg, effect.status, effect.reason)
        return
      case 'cancel':
        cancel(line, leg)
        return
      case 'bye':
        bye(leg)
        return
      case 'reinvite':
        reinvite(line, leg, effect)
        return
      case 'prove':
        leg.stopProof?.()
        leg.stopProof = watchPackets(
          () => leg.rtc?.connection,
          (proof) => emit({ type: 'proof', callId: leg.callId, ...proof })
        )
        return
      case 'refer':
        refer(line, leg, effect.to, effect.partner === undefined ? undefined : legs.get(effect.partner))
        return
      case 'answer-refer':
        leg.answerRefer?.(effect.accept)
        return
      case 'refer-progress':
        notify(leg, effect.status)
        return
      case 'microphone':
        leg.open = effect.open
        gate(leg)
        return
      case 'digit':
        digit(leg, effect.digit)
        return
      case 'forget':
        forget(leg)
        return
      case 'dial':
      case 'take-back':
        return
      default: {
        const never: never = effect
        throw new TypeError(`no such effect: ${String(never)}`)
      }
    }
  }

  function perform(effect: SipEffect): void {
    switch (effect.type) {
      case 'connect':
        registrar.connect(effect.server)
        return
      case 'disconnect':
        registrar.disconnect()
        return
      case 'probe':
        registrar.probe(effect.server)
        return
      case 'register':
        registrar.register()
        return
      case 'unregister':
        registrar.unregister()
        return
      case 'ping':
        registrar.ping()
        return
      case 'mix':
        mix(effect.callIds)
        return
      case 'dial':
        dial(line, effect)
        return
      case 'take-back':
        takeBack(line, effect)
        return
      default: {
        const leg = legs.get(effect.callId)
        if (leg) toLeg(leg, effect)
        else early.hold(effect)
      }
    }
  }

  return {
    perform,
    chooseSpeaker(deviceId) {
      speaker = deviceId
      for (const leg of legs.values()) leg.playback?.choose(deviceId)
    },
    streams: (callId) => ({ local: legs.get(callId)?.taken?.stream, remote: legs.get(callId)?.remote }),
    record,
    stats: async (callId) => legs.get(callId)?.rtc?.connection.getStats(),
    async close() {
      early.close()
      registrar.close()
      mixer.close()
      for (const leg of legs.values()) release(leg)
      await agent.stop().catch((error: unknown) => console.warn(`stopping: ${words(error)}`))
    }
  }
}
