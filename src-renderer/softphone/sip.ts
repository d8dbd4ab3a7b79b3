import { type Invitation, Registerer, RegistererState, SessionState, UserAgent, type UserAgentOptions, Web } from 'sip.js'
import type { Account, SipEffect, SipLine } from './line.ts'
import { type Microphone, MicrophoneError, type Taken } from './microphone.ts'
import { type Playback, playRemote } from './playback.ts'
import type { EndedBy, Input } from './state.ts'
import { confirmsHold, putsOnHold, readUserToUser } from './user-to-user.ts'

/**
 * The one place that knows SIP.js 0.21.2. It obeys effects, tells what came of them, and works around what that library does not do:
 * a Registerer stuck behind a cut socket is replaced, a half-open socket is found by OPTIONS, a BYE on a dead socket is sent again
 * later, and nothing it throws gets past this file.
 */

/** The same constraints every time: SIP.js asks for the microphone again when they differ. */
const withHold = (hold: boolean): Web.SessionDescriptionHandlerOptions => ({ constraints: { audio: true, video: false }, hold })
/** Without STUN the candidates are there at once; Chromium's TCP ones come 115 ms later and are not worth the wait. */
const GATHER_LOCAL_MS = 60
const GATHER_STUN_MS = 800

interface Leg {
  invitation: Invitation
  taken?: Taken | undefined
  playback?: Playback | undefined
  remote?: MediaStream | undefined
  open: boolean
  hold: boolean
  /** Hung up while the socket was away: BYE follows when it is back. */
  owesBye: boolean
  endedBy: EndedBy
  detail: string
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * SIP.js reads only the last challenge of a 401 or 407 and knows only MD5, so with RFC 8760's choice of algorithms it gives up. The
 * others are taken out of the message, unless nothing else is offered.
 */
export function withoutForeignChallenges(message: string): string {
  if (!/^SIP\/2\.0 40[17] /.test(message)) return message
  const challenge = /^(?:WWW|Proxy)-Authenticate[ \t]*:[^\r\n]*\r?\n/gim
  const isMd5 = (line: string) => !/\balgorithm\s*=\s*"?(?!MD5"?[\s,;]|MD5"?$)/i.test(line.trim())
  if (!(message.match(challenge) ?? []).some(isMd5)) return message
  return message.replace(challenge, (line) => (isMd5(line) ? line : ''))
}

export function openSipLine(account: Account, microphone: Microphone, emit: (input: Input) => void): SipLine {
  const legs = new Map<string, Leg>()
  let speaker = ''
  let registerer: Registerer | undefined

  const uri = UserAgent.makeURI(`sip:${account.user}@${account.domain}`)
  const registrar = UserAgent.makeURI(`sip:${account.domain}`)
  if (!uri || !registrar) throw new TypeError(`not a SIP address: ${account.user}@${account.domain}`)

  const options: UserAgentOptions = {
    uri,
    transportOptions: { server: account.servers[0] ?? '', connectionTimeout: 5, keepAliveInterval: 0 },
    authorizationUsername: account.user,
    authorizationPassword: account.secret,
    // The ring time is the centre's; this only catches a caller that never gives up.
    noAnswerTimeout: 300,
    logBuiltinEnabled: false,
    logLevel: 'warn',
    logConfiguration: false,
    logConnector: (level, category, _label, content) => {
      if (level === 'warn' || level === 'error') console.debug(`${category}: ${content}`)
    },
    sessionDescriptionHandlerFactory: (session, given) =>
      Web.defaultSessionDescriptionHandlerFactory(async () => {
        // Taken before the call was answered, so that a missing microphone is known while the caller still rings.
        const stream = [...legs.values()].find((leg) => leg.invitation === session)?.taken?.stream
        if (!stream) throw new MicrophoneError('microphone-missing', 'no microphone was taken for this call')
        return stream
      })(session, given),
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: account.iceServers.length > 0 ? GATHER_STUN_MS : GATHER_LOCAL_MS,
      peerConnectionConfiguration: { iceServers: account.iceServers }
    },
    delegate: {
      onConnect: () => emit({ type: 'connected' }),
      onDisconnect: (error) => emit({ type: 'disconnected', reason: error ? words(error) : 'closed' }),
      onInvite: (invitation) => arrive(invitation)
    }
  }
  const agent = new UserAgent(options)
  const deliver = agent.transport.onMessage
  // SIP.js throws out of its parser for some malformed messages (unknown URI schemes); one bad message must not end the phone.
  agent.transport.onMessage = (message) => guard('a message', () => deliver?.(withoutForeignChallenges(message)))

  function guard(what: string, act: () => unknown): void {
    try {
      const result = act()
      if (result instanceof Promise) result.catch((error: unknown) => console.warn(`${what}: ${words(error)}`))
    } catch (error) {
      console.warn(`${what}: ${words(error)}`)
    }
  }

  function arrive(invitation: Invitation): void {
    const callId = invitation.request.callId
    const leg: Leg = { invitation, open: false, hold: false, owesBye: false, endedBy: 'network', detail: 'lost' }
    legs.set(callId, leg)
    invitation.stateChange.addListener((state) => {
      if (state === SessionState.Established) emit({ type: 'established', callId })
      if (state === SessionState.Terminated) {
        release(leg)
        emit({ type: 'terminated', callId, by: leg.endedBy, detail: leg.detail })
      }
    })
    invitation.delegate = {
      onBye: (bye) => {
        leg.endedBy = 'far'
        leg.detail = bye.request.getHeader('reason') ?? 'hung up'
        guard('BYE', () => bye.accept())
      },
      onCancel: (cancel) => {
        leg.endedBy = 'far'
        leg.detail = cancel.request.getHeader('reason') ?? 'the caller stopped ringing'
      },
      onInvite: (request) => emit({ type: 'far-hold', callId, on: putsOnHold(request.body) }),
      onInfo: (info) => guard('INFO', () => info.accept()),
      onNotify: (notification) => guard('NOTIFY', () => notification.accept()),
      onRefer: (referral) => guard('REFER', () => referral.reject({ statusCode: 603 })),
      onSessionDescriptionHandler: () => watchMedia(callId, leg)
    }
    const from = invitation.remoteIdentity
    emit({
      type: 'invite',
      callId,
      conversationId: readUserToUser(invitation.request.getHeader(account.conversationHeader)),
      name: from.displayName,
      number: from.uri.user ?? ''
    })
  }

  const connectionOf = (leg: Leg): RTCPeerConnection | undefined => {
    const handler = leg.invitation.sessionDescriptionHandler
    return handler instanceof Web.SessionDescriptionHandler ? handler.peerConnection : undefined
  }

  function watchMedia(callId: string, leg: Leg): void {
    const connection = connectionOf(leg)
    if (!connection) return
    connection.addEventListener('track', (event) => {
      leg.playback?.stop()
      leg.remote = new MediaStream([event.track])
      leg.playback = playRemote(leg.remote, speaker)
    })
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'connected') emit({ type: 'media', callId, state: 'flowing' })
      if (connection.connectionState === 'failed') emit({ type: 'media', callId, state: 'lost' })
    })
  }

  function release(leg: Leg): void {
    leg.playback?.stop()
    leg.playback = undefined
    leg.taken?.release()
    leg.taken = undefined
    leg.remote = undefined
  }

  async function accept(callId: string, leg: Leg): Promise<void> {
    try {
      leg.taken ??= await microphone.take((track) => {
        for (const sender of connectionOf(leg)?.getSenders() ?? []) guard('replacing the microphone', () => sender.replaceTrack(track))
      })
    } catch (error) {
      const problem = error instanceof MicrophoneError ? error.problem : 'microphone-missing'
      emit({ type: 'accept-failed', callId, problem, detail: words(error) })
      return
    }
    gate(leg)
    try {
      // What becomes of it comes by stateChange: this promise sometimes never settles when a CANCEL crosses it.
      await leg.invitation.accept({ sessionDescriptionHandlerOptions: withHold(false) })
    } catch (error) {
      release(leg)
      const gone = leg.invitation.state === SessionState.Terminated
      emit({ type: 'accept-failed', callId, problem: gone ? 'caller-gone' : 'media-failed', detail: words(error) })
      if (!gone) reject(leg, 488)
    }
  }

  function gate(leg: Leg): void {
    for (const track of leg.taken?.stream.getAudioTracks() ?? []) track.enabled = leg.open
  }

  function reject(leg: Leg, statusCode: number): void {
    leg.endedBy = 'self'
    leg.detail = `rejected ${statusCode}`
    const { state } = leg.invitation
    if (state === SessionState.Initial || state === SessionState.Establishing)
      guard('rejecting', () => leg.invitation.reject({ statusCode }))
  }

  function bye(leg: Leg): void {
    leg.endedBy = 'self'
    leg.detail = 'hung up'
    if (leg.invitation.state !== SessionState.Established) return // `established` will ask again
    if (agent.isConnected()) {
      leg.owesBye = false
      guard('BYE', () => leg.invitation.bye())
      return
    }
    // bye() on a dead socket says Terminated while the far end never hears of it.
    leg.owesBye = true
    release(leg)
  }

  function reinvite(callId: string, leg: Leg, hold: boolean): void {
    const before = leg.hold
    const refused = (status: number) => {
      // Options stick in SIP.js and answer later re-INVITEs of the far end; they must say what is, not what was wished.
      leg.hold = before
      leg.invitation.sessionDescriptionHandlerOptionsReInvite = withHold(before)
      emit({ type: 'reinvite-refused', callId, status })
    }
    if (!agent.isConnected()) {
      refused(503)
      return
    }
    leg.hold = hold
    const asked = leg.invitation.invite({
      sessionDescriptionHandlerOptions: withHold(hold),
      requestDelegate: {
        onAccept: (response) => emit({ type: 'reinvite-answered', callId, confirmed: confirmsHold(response.message.body) }),
        onReject: (response) => refused(response.message.statusCode ?? 500)
      }
    })
    // A re-INVITE of the far end is under way: SIP.js throws where a 491 would have come.
    asked.catch((error: unknown) => refused(error instanceof Error && /pending|state/i.test(`${error.name} ${error.message}`) ? 491 : 500))
  }

  function digit(callId: string, leg: Leg, key: string): void {
    const sender = connectionOf(leg)
      ?.getSenders()
      .find((one) => one.dtmf)?.dtmf
    if (sender?.canInsertDTMF) {
      // Inserting replaces what is still to be played, so fast typing has to carry it along.
      guard('digit', () => sender.insertDTMF(sender.toneBuffer + key, 120, 60))
      return
    }
    // The far end negotiated no telephone-event: say it in signalling instead.
    const failed = () => emit({ type: 'digit-failed', callId })
    leg.invitation
      .info({
        requestOptions: {
          body: { contentDisposition: 'render', contentType: 'application/dtmf-relay', content: `Signal=${key}\r\nDuration=120\r\n` }
        },
        requestDelegate: { onReject: failed }
      })
      .catch(failed)
  }

  function register(): void {
    const mine = new Registerer(agent, { expires: 120, refreshFrequency: 90, regId: 1 })
    registerer = mine
    const unregistered = (reason: string, status?: number) => {
      if (registerer === mine) emit({ type: 'unregistered', status, reason })
    }
    mine.stateChange.addListener((state) => {
      if (registerer !== mine) return
      if (state === RegistererState.Registered) {
        for (const leg of legs.values()) if (leg.owesBye) bye(leg)
        emit({ type: 'registered' })
      }
      // Later in this turn the delegate below says why, where the far end did.
      if (state === RegistererState.Unregistered) queueMicrotask(() => unregistered('registration ended'))
    })
    try {
      mine
        .register({ requestDelegate: { onReject: ({ message }) => unregistered(message.reasonPhrase ?? 'refused', message.statusCode) } })
        .catch((error: unknown) => unregistered(words(error)))
    } catch (error) {
      unregistered(words(error))
    }
  }

  function ping(): void {
    guard('OPTIONS', () => {
      const core = agent.userAgentCore
      const request = core.makeOutgoingRequestMessage(
        'OPTIONS',
        registrar ?? agent.configuration.uri,
        agent.configuration.uri,
        agent.configuration.uri,
        {}
      )
      const answered = ({ message }: { message: { statusCode?: number | undefined } }) => {
        // 408 and 503 may be SIP.js's own invention for "nothing came".
        if (message.statusCode !== 408 && message.statusCode !== 503) emit({ type: 'pong' })
      }
      core.request(request, { onAccept: answered, onReject: answered, onRedirect: answered })
    })
  }

  function connect(): void {
    // Only the registration was lost: no news of a connection will come.
    if (agent.isConnected()) {
      emit({ type: 'connected' })
      return
    }
    const failed = (error: unknown) => emit({ type: 'disconnected', reason: words(error) })
    try {
      // `start` only once; after that the same agent comes back, so that its dialogs live on.
      ;(agent.state === 'Started' ? agent.reconnect() : agent.start()).catch(failed)
    } catch (error) {
      failed(error)
    }
  }

  return {
    perform(effect: SipEffect) {
      switch (effect.type) {
        case 'connect':
          return connect()
        case 'disconnect':
          return guard('disconnecting', () => agent.transport.disconnect())
        case 'register':
          return register()
        case 'unregister':
          return guard('unregistering', () => registerer?.unregister())
        case 'ping':
          return ping()
        case 'probe':
        case 'mix':
        case 'dial':
        case 'take-back':
          return
      }
      const leg = legs.get(effect.callId)
      if (!leg) return
      const { callId } = effect
      switch (effect.type) {
        case 'accept':
          void accept(callId, leg)
          return
        case 'reject':
          return reject(leg, effect.status)
        case 'bye':
          return bye(leg)
        case 'reinvite':
          return reinvite(callId, leg, effect.hold)
        case 'microphone':
          leg.open = effect.open
          return gate(leg)
        case 'digit':
          return digit(callId, leg, effect.digit)
        case 'forget':
          if (leg.owesBye) return // kept until the far end could be told
          legs.delete(callId)
          if (leg.invitation.state === SessionState.Established) bye(leg)
          else reject(leg, 480)
          return release(leg)
        default:
          return
      }
    },
    chooseSpeaker(deviceId) {
      speaker = deviceId
      for (const leg of legs.values()) leg.playback?.choose(deviceId)
    },
    streams: (callId) => ({ local: legs.get(callId)?.taken?.stream, remote: legs.get(callId)?.remote }),
    stats: async (callId) => {
      const leg = legs.get(callId)
      return leg && connectionOf(leg)?.getStats()
    },
    async close() {
      registerer = undefined
      for (const leg of legs.values()) release(leg)
      await agent.stop().catch((error: unknown) => console.warn(`stopping: ${words(error)}`))
    }
  }
}
