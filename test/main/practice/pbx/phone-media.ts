import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'

/** The agent's end of the audio: loopback WebRTC that speaks what it is told and measures what it hears. */
export function createPhoneMedia() {
  const peer = new RTCPeerConnection({
    codecs: {
      audio: [
        new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8_000, channels: 1, payloadType: 0 }),
        new RTCRtpCodecParameters({
          mimeType: 'audio/telephone-event',
          clockRate: 8_000,
          channels: 1,
          payloadType: 101,
          parameters: '0-15'
        })
      ],
      video: []
    },
    iceServers: [],
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceUseTcp: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    bundlePolicy: 'max-bundle'
  })
  const track = new MediaStreamTrack({ kind: 'audio' })
  const transceiver = peer.addTransceiver(track, { direction: 'sendrecv' })
  for (const transport of peer.iceTransports) delete transport.connection.stunServer

  const heard: number[] = []
  let packets = 0
  let sequence = 100
  let timestamp = 1_000
  let voice: { timer: NodeJS.Timeout } | undefined
  transceiver.onTrack.subscribe((remote) => {
    remote.onReceiveRtp.subscribe(({ header, payload }) => {
      if (header.payloadType !== 0) return
      packets++
      heard.push(...payload)
      if (heard.length > 1_600) heard.splice(0, heard.length - 1_600)
    })
  })
  const describe = async (kind: 'offer' | 'answer'): Promise<string> => {
    await peer.setLocalDescription(kind === 'offer' ? await peer.createOffer() : await peer.createAnswer())
    if (peer.iceGatheringState !== 'complete') {
      await new Promise<void>((resolve) => peer.iceGatheringStateChange.subscribe((state) => state === 'complete' && resolve()))
    }
    return peer.localDescription?.sdp ?? ''
  }
  const next = (payload: Uint8Array, marker = false): void => {
    timestamp += 160
    track.writeRtp(new RtpPacket(new RtpHeader({ payloadType: 0, sequenceNumber: ++sequence, timestamp, marker }), Buffer.from(payload)))
  }

  return {
    get packets() {
      return packets
    },
    get connected() {
      return peer.connectionState === 'connected'
    },
    offer: () => describe('offer'),
    async answer(offer: string) {
      await peer.setRemoteDescription({ type: 'offer', sdp: offer })
      return describe('answer')
    },
    accept: (answer: string) => peer.setRemoteDescription({ type: 'answer', sdp: answer }),
    direction(direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive') {
      transceiver.setDirection(direction)
    },
    /** Says this mu-law again and again, a frame each 20 ms, until `hush`. */
    speak(ulaw: Uint8Array) {
      let at = 0
      clearInterval(voice?.timer)
      const timer = setInterval(() => {
        next(ulaw.subarray(at, at + 160))
        at = at + 160 >= ulaw.length ? 0 : at + 160
      }, 20)
      voice = { timer }
    },
    hush() {
      clearInterval(voice?.timer)
    },
    /** RFC 4733 packets of one press, with the given packets of it lost on the way. */
    async press(event: number, options: { lost?: readonly number[]; at?: number } = {}) {
      const startedAt = (timestamp = options.at ?? timestamp + 160)
      const shapes = [
        [0, 160],
        [0, 320],
        [0, 480],
        [0x80, 480],
        [0x80, 480],
        [0x80, 480]
      ] as const
      for (const [i, [flag, duration]] of shapes.entries()) {
        sequence++
        if (options.lost?.includes(i)) continue
        const header = new RtpHeader({
          payloadType: 101,
          sequenceNumber: sequence,
          timestamp: startedAt,
          marker: i === 0,
          ssrc: transceiver.sender.ssrc
        })
        await peer.dtlsTransports[0]?.sendRtp(Buffer.from([event, flag | 10, duration >> 8, duration & 255]), header)
      }
      timestamp = startedAt + 480
    },
    /** The last 200 ms heard. */
    recent: () => Uint8Array.from(heard),
    forget() {
      heard.length = 0
    },
    async close() {
      clearInterval(voice?.timer)
      await peer.close()
    }
  }
}
export type PhoneMedia = ReturnType<typeof createPhoneMedia>
