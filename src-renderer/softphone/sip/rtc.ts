/**
 * One call's RTCPeerConnection behind offers and answers (RFC 3264, 8829). It is its own session description handler instead of SIP.js's,
 * because that one keeps the hold of one re-INVITE for the next, takes an offer that crosses ours for the answer, and cannot apply an
 * early answer that is not the last word.
 */
export interface Rtc {
  readonly connection: RTCPeerConnection
  /** What the next offer or answer says: may the far end send sound to us? */
  hold: boolean
  /** The next offer starts ICE anew (RFC 8839 4.4.1.1.1). */
  restartIce: boolean
  /** The SDP of the 2xx, which SIP.js may not hand on when an early one came before. */
  finalAnswer: string | undefined
  /** The final answer did not fit what an earlier fork had said: a fresh offer is needed. */
  readonly stale: boolean
  /** What is sent from now on. */
  send(track: MediaStreamTrack): Promise<void>
  /** Takes an offer in before it is answered; SIP.js hands the same one in again with the answer. */
  offered(sdp: string): Promise<void>
  /** Sound before the answer: the SDP of a provisional response. */
  early(sdp: string): Promise<void>
  /** Starts over with a new connection, sending what was sent. */
  renew(): void

  // What SIP.js asks for.
  getDescription(): Promise<{ body: string; contentType: string }>
  setDescription(sdp: string): Promise<void>
  hasDescription(contentType: string): boolean
  rollbackDescription(): Promise<void>
  sendDtmf(tones: string): boolean
  close(): void
}

export interface RtcOptions {
  iceServers: RTCIceServer[]
  /** SDP names, the most wanted first; empty: the browser's order. */
  codecs: readonly string[]
  track: MediaStreamTrack
  /** Is the description that arrives an offer? Only the SIP dialog knows when both sides offer at once. */
  isOffer(): boolean
  onConnection(connection: RTCPeerConnection): void
}

/** Candidates come in a burst; so long after the last one it is over. Chromium's TCP ones come 115 ms later and are not worth it. */
const QUIET_MS = 20
const GATHER_MOST_MS = 800

/** Codecs in the order given, with the events of the keypad; unknown names are said and left out. */
export function orderedCodecs<C extends { mimeType: string }>(wanted: readonly string[], able: readonly C[]): C[] {
  const nameOf = (codec: C) => codec.mimeType.replace(/^audio\//i, '').toLowerCase()
  const found = wanted.flatMap((name) => {
    const same = able.filter((codec) => nameOf(codec) === name.toLowerCase())
    if (same.length === 0) console.warn(`this browser has no codec "${name}"`)
    return same
  })
  return found.length === 0 ? [] : [...found, ...able.filter((codec) => nameOf(codec) === 'telephone-event')]
}

export function createRtc(options: RtcOptions): Rtc {
  let track = options.track
  let stale = false
  let closed = false
  /** An offer that was taken in before SIP.js gave it. */
  let taken: string | undefined
  /** The hold of the last description that both sides have. */
  let agreedHold = false
  let connection = open()

  function open(): RTCPeerConnection {
    // Candidates are gathered before anybody asks for them.
    const fresh = new RTCPeerConnection({ iceServers: options.iceServers, iceCandidatePoolSize: 1 })
    options.onConnection(fresh)
    return fresh
  }

  const audio = () => connection.getTransceivers().find((one) => one.receiver.track.kind === 'audio' && one.direction !== 'stopped')

  /**
   * Our voice joins what the far end offered, or opens what we offer. Not addTrack as soon as there is a connection: a call that was
   * answered so loses all sound in Chromium (156) when a later offer of ours is rolled back.
   */
  async function join(): Promise<void> {
    const place = audio()
    if (!place) {
      connection.addTransceiver(track, { direction: 'sendrecv', streams: [new MediaStream([track])] })
      return
    }
    if (place.sender.track === track) return
    place.sender.setStreams(new MediaStream([track]))
    await place.sender.replaceTrack(track)
  }

  function direct(): void {
    if (connection.signalingState === 'closed') return
    for (const one of connection.getTransceivers()) {
      if (one.receiver.track.kind === 'audio') one.direction = rtc.hold ? 'sendonly' : 'sendrecv'
      // Offered video is neither sent nor taken.
      else if (one.direction !== 'stopped') one.direction = 'inactive'
    }
    const codecs = orderedCodecs(options.codecs, RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [])
    if (codecs.length > 0) audio()?.setCodecPreferences(codecs)
  }

  /** Until candidates stop coming; with a STUN server until it has answered. */
  function gathered(from: RTCPeerConnection): Promise<void> {
    if (from.iceGatheringState === 'complete') return Promise.resolve()
    return new Promise((resolve) => {
      let quiet: ReturnType<typeof setTimeout> | undefined
      const most = setTimeout(done, GATHER_MOST_MS)
      let reflexive = options.iceServers.length === 0
      function done(): void {
        clearTimeout(quiet)
        clearTimeout(most)
        from.removeEventListener('icecandidate', heard)
        from.removeEventListener('icegatheringstatechange', changed)
        resolve()
      }
      function heard({ candidate }: RTCPeerConnectionIceEvent): void {
        if (candidate?.type === 'srflx' || candidate?.type === 'relay') reflexive = true
        clearTimeout(quiet)
        if (reflexive) quiet = setTimeout(done, QUIET_MS)
      }
      function changed(): void {
        if (from.iceGatheringState === 'complete') done()
      }
      from.addEventListener('icecandidate', heard)
      from.addEventListener('icegatheringstatechange', changed)
      if (reflexive && /^a=candidate:/m.test(from.localDescription?.sdp ?? '')) quiet = setTimeout(done, QUIET_MS)
    })
  }

  /**
   * Our offer was refused: what both sides had agreed on goes on. Chromium (156) has a rollback, and no sound after it where the far end's
   * SDP names no SSRC; so what the far end said last is taken for its answer, to our offer and then to one that is as it was before.
   */
  async function takeOfferBack(): Promise<void> {
    const [mine, theirs] = [connection.currentLocalDescription, connection.currentRemoteDescription]
    if (!mine || !theirs) return connection.setLocalDescription({ type: 'rollback' })
    const setup = /^a=setup:active/m.test(mine.sdp) ? 'passive' : 'active'
    const sdp = theirs.sdp.replace(/^a=setup:actpass/gm, `a=setup:${setup}`)
    // Who is offered sendonly may not answer that it sends (RFC 3264 6.1).
    const held = sdp.replace(/^a=sendonly/gm, 'a=inactive').replace(/^a=sendrecv/gm, 'a=recvonly')
    const answerTo = (offer: string | undefined) => ({ type: 'answer', sdp: /^a=sendonly/m.test(offer ?? '') ? held : sdp }) as const
    await connection.setRemoteDescription(answerTo(connection.pendingLocalDescription?.sdp))
    const again = await connection.createOffer()
    await connection.setLocalDescription(again)
    await connection.setRemoteDescription(answerTo(again.sdp))
  }

  const rtc: Rtc = {
    get connection() {
      return connection
    },
    hold: false,
    restartIce: false,
    finalAnswer: undefined,
    get stale() {
      return stale
    },
    async send(next) {
      track = next
      await audio()?.sender.replaceTrack(next)
    },
    async offered(sdp) {
      await connection.setRemoteDescription({ type: 'offer', sdp })
      taken = sdp
    },
    async early(sdp) {
      const { signalingState } = connection
      if (signalingState !== 'have-local-offer' && signalingState !== 'have-remote-pranswer') return
      await connection.setRemoteDescription({ type: 'pranswer', sdp })
    },
    renew() {
      stale = false
      connection.close()
      connection = open()
    },
    async getDescription() {
      await join()
      direct()
      const restart = rtc.restartIce
      rtc.restartIce = false
      const answering = connection.signalingState === 'have-remote-offer'
      const description = answering ? await connection.createAnswer() : await connection.createOffer({ iceRestart: restart })
      await connection.setLocalDescription(description)
      if (answering) agreedHold = rtc.hold
      await gathered(connection)
      const sdp = connection.localDescription?.sdp
      if (sdp === undefined || (!answering && connection.signalingState !== 'have-local-offer')) throw new Error('our offer was overtaken')
      return { body: sdp, contentType: 'application/sdp' }
    },
    async setDescription(sdp) {
      if (taken === sdp && connection.signalingState === 'have-remote-offer') return
      taken = undefined
      if (connection.signalingState === 'stable') return connection.setRemoteDescription({ type: 'offer', sdp })
      if (connection.signalingState === 'have-local-offer' && options.isOffer()) {
        // Both offered at once and ours has not left yet: theirs goes first.
        await connection.setLocalDescription({ type: 'rollback' })
        return connection.setRemoteDescription({ type: 'offer', sdp })
      }
      const answer = rtc.finalAnswer ?? sdp
      rtc.finalAnswer = undefined
      const early = connection.signalingState === 'have-remote-pranswer'
      try {
        await connection.setRemoteDescription({ type: 'answer', sdp: answer })
        agreedHold = rtc.hold
      } catch (error) {
        if (!early) throw error
        // Another fork answered than the one that was heard ringing: the call is up, its sound needs a new offer.
        stale = true
      }
    },
    hasDescription: (contentType) => contentType.toLowerCase() === 'application/sdp',
    async rollbackDescription() {
      rtc.hold = agreedHold
      direct()
      const { signalingState } = connection
      try {
        if (signalingState === 'have-local-offer') await takeOfferBack()
        if (signalingState === 'have-remote-offer') await connection.setRemoteDescription({ type: 'rollback' })
      } catch (error) {
        // SIP.js ends the call when this fails; that somebody else was faster, or that all is over, is no reason.
        const now: RTCSignalingState = connection.signalingState
        if (now !== 'stable' && now !== 'closed') throw error
      }
    },
    sendDtmf(tones) {
      const sender = audio()?.sender.dtmf
      if (!sender?.canInsertDTMF) return false
      // Inserting replaces what is still to be played, so fast typing has to carry it along.
      sender.insertDTMF(sender.toneBuffer + tones, 120, 60)
      return true
    },
    close() {
      if (closed) return
      closed = true
      connection.close()
    }
  }
  return rtc
}
