import { randomInt } from 'node:crypto'
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'
import { createDigitReader } from './digits.ts'
import { type AudioDescription, readAudio, stampOrigin, withoutForeignEvents } from './sdp.ts'
import { energyOf, FRAME_SAMPLES } from './ulaw.ts'

/** The description the other side sent cannot be used. */
export class UnusableSdpError extends Error {}

export interface Heard {
  /** RMS 0..1 of the audio that came since the last look; 0 when none came. */
  rms: number
  /** Audio packets since the call began. */
  packets: number
}

/** The PBX's end of one call's audio: PCMU and RFC 4733 digits over DTLS-SRTP, on one loopback address only. */
export interface Media {
  readonly connected: boolean
  /** Our own direction lets us send. */
  readonly sends: boolean
  /** An offer; with a direction, our audio goes that way from then on. */
  offer(direction?: AudioDescription['direction']): Promise<string>
  /** The same for an offer that the other side will make. */
  turn(direction?: AudioDescription['direction']): void
  /** Answers an offer; on {@link UnusableSdpError} the session stays as it was. */
  answer(offer: string): Promise<{ sdp: string; remote: AudioDescription }>
  /** Takes the answer to our offer. */
  accept(answer: string): Promise<AudioDescription>
  /** Takes an unanswered offer of ours back, and the turn that came with it. */
  withdrawOffer(): Promise<void>
  /** Sends 20 ms. Nothing is sent before the transport is up or while `paused`; the media clock runs on. */
  send(frame: Uint8Array, paused: boolean): void
  heard(): Heard
  close(): Promise<void>
}

export interface MediaOptions {
  address: string
  onDigit(digit: string): void
  onAudio(payload: Uint8Array): void
  onConnection(connected: boolean): void
}

const codecs = (): RTCRtpCodecParameters[] => [
  new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8_000, channels: 1, payloadType: 0 }),
  new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', clockRate: 8_000, channels: 1, payloadType: 101, parameters: '0-15' })
]

export function createMedia({ address, onDigit, onAudio, onConnection }: MediaOptions): Media {
  const peer = new RTCPeerConnection({
    codecs: { audio: codecs(), video: [] },
    iceServers: [],
    // With both families off, the one address given is all that is gathered.
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceUseTcp: false,
    iceAdditionalHostAddresses: [address],
    iceInterfaceAddresses: { udp4: address },
    bundlePolicy: 'max-bundle'
  })
  const track = new MediaStreamTrack({ kind: 'audio' })
  const transceiver = peer.addTransceiver(track, { direction: 'sendrecv' })
  // Without servers werift 0.25.2 falls back to a public STUN server, which costs five seconds without a network.
  for (const transport of peer.iceTransports) delete transport.connection.stunServer

  const sessionId = randomInt(1, 2 ** 31)
  let version = 0
  let sequence = randomInt(0, 65_536)
  let timestamp = randomInt(0, 2 ** 31)
  let pausedBefore = true
  let digitTypes: readonly number[] = [101]
  let energy = 0
  let samples = 0
  let packets = 0
  let closed = false
  let direction: AudioDescription['direction'] = 'sendrecv'
  let directionBefore: AudioDescription['direction'] = direction

  const digit = createDigitReader(onDigit)
  transceiver.onTrack.subscribe((remote) => {
    remote.onReceiveRtp.subscribe(({ header, payload }) => {
      if (digitTypes.includes(header.payloadType)) digit(header.timestamp, payload)
      else if (header.payloadType === 0) {
        packets++
        samples += payload.length
        energy += energyOf(payload)
        onAudio(payload)
      }
    })
  })
  peer.connectionStateChange.subscribe((state) => onConnection(state === 'connected'))

  const turn = (wanted: AudioDescription['direction'] = direction): void => {
    directionBefore = direction
    direction = wanted
    transceiver.setDirection(wanted)
  }
  const describe = async (kind: 'offer' | 'answer'): Promise<string> => {
    await peer.setLocalDescription(kind === 'offer' ? await peer.createOffer() : await peer.createAnswer())
    if (peer.iceGatheringState !== 'complete') {
      await new Promise<void>((resolve) => {
        peer.iceGatheringStateChange.subscribe((state) => {
          if (state === 'complete') resolve()
        })
      })
    }
    const sdp = peer.localDescription?.sdp
    if (sdp === undefined) throw new UnusableSdpError('no local description')
    return stampOrigin(sdp, sessionId, version++)
  }
  const remoteAudio = (sdp: string): AudioDescription => {
    const audio = readAudio(sdp)
    if (!audio) throw new UnusableSdpError('no audio that we can take')
    return audio
  }
  const attempt = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action()
    } catch (error) {
      throw new UnusableSdpError(error instanceof Error ? error.message : String(error))
    }
  }

  return {
    get connected() {
      return !closed && peer.connectionState === 'connected'
    },
    get sends() {
      return direction === 'sendrecv' || direction === 'sendonly'
    },
    offer(wanted) {
      turn(wanted)
      return attempt(() => describe('offer'))
    },
    turn,
    async answer(offered) {
      const offer = withoutForeignEvents(offered)
      const remote = remoteAudio(offer)
      const sdp = await attempt(async () => {
        try {
          await peer.setRemoteDescription({ type: 'offer', sdp: offer })
          return await describe('answer')
        } catch (error) {
          if (peer.signalingState === 'have-remote-offer') await peer.setRemoteDescription({ type: 'rollback', sdp: '' })
          throw error
        }
      })
      digitTypes = remote.digitTypes
      return { sdp, remote }
    },
    async accept(answer) {
      const remote = remoteAudio(answer)
      await attempt(() => peer.setRemoteDescription({ type: 'answer', sdp: answer }))
      digitTypes = remote.digitTypes
      return remote
    },
    async withdrawOffer() {
      turn(directionBefore)
      if (peer.signalingState === 'have-local-offer') await attempt(() => peer.setLocalDescription({ type: 'rollback', sdp: '' }))
    },
    send(frame, paused) {
      timestamp = (timestamp + FRAME_SAMPLES) >>> 0
      const sending = direction === 'sendrecv' || direction === 'sendonly'
      if (paused || closed || !sending || peer.connectionState !== 'connected') {
        pausedBefore = true
        return
      }
      sequence = (sequence + 1) & 0xffff
      const header = new RtpHeader({ payloadType: 0, sequenceNumber: sequence, timestamp, marker: pausedBefore })
      pausedBefore = false
      track.writeRtp(new RtpPacket(header, Buffer.from(frame)))
    },
    heard() {
      const rms = samples === 0 ? 0 : Math.sqrt(energy / samples)
      energy = 0
      samples = 0
      return { rms, packets }
    },
    async close() {
      if (closed) return
      closed = true
      await peer.close()
    }
  }
}
