import { createSocket } from 'node:dgram'
import { decodeUlaw } from '../../../src-main/practice/pbx/ulaw.ts'
import { type Sound, soundOf } from './pitch.ts'
import { toneUlaw } from './tones.ts'

const FRAME = 160
const FRAME_MS = 20
/** What is judged: the last 200 ms. */
const WINDOW = 1_600
const SILENT = new Float32Array(WINDOW)
const EVENT_KEYS = '0123456789*#ABCD'

/** Mouth and ear of a peer whose signalling SIPp does: RTP (RFC 3550) with G.711 mu-law and telephone events (RFC 4733). */
export interface RtpPort {
  readonly port: number
  /** What arrived within the last 200 ms; silence when nothing did. */
  hears(): Sound
  samples(): Float32Array
  /** Keys arrived as RFC 4733 events, in order. */
  readonly digits: string
  /** Packets received so far. */
  readonly packets: number
  /** Speaks its tone towards whoever speaks to it, or stays quiet. Starts speaking. */
  speak(on: boolean): void
  /** From now on each says to its partner what the other's partner says, instead of its tone: two legs that became one call. */
  join(other: RtpPort): void
  /** Takes 20 ms of mu-law to say instead of the tone. */
  pass(frame: Uint8Array): void
  /** Of its packets this share, 0..1, is sent and never arrives. */
  lose(ratio: number): void
  close(): void
}

export async function openRtpPort(port: number, hz: number, eventPayload = 101): Promise<RtpPort> {
  const socket = createSocket('udp4')
  const tone = toneUlaw(hz)
  let partner: { port: number; address: string } | undefined
  let heard: { at: number; samples: Float32Array }[] = []
  let digits = ''
  let lastEvent = -1
  let packets = 0
  let speaking = true
  let sequence = 1
  let frame = 0
  let closed = false
  let listener: RtpPort | undefined
  let joined = false
  let lostRatio = 0
  let lost = 0

  const say = (frame: Uint8Array, timestamp: number): void => {
    if (!partner || closed) return
    lost += lostRatio
    if (lost >= 1) {
      lost--
      sequence++
      return
    }
    const packet = Buffer.alloc(12 + frame.length)
    packet.writeUInt8(0x80, 0)
    packet.writeUInt16BE(sequence++ & 0xffff, 2)
    packet.writeUInt32BE((timestamp * FRAME) >>> 0, 4)
    packet.writeUInt32BE(hz, 8)
    packet.set(frame, 12)
    socket.send(packet, partner.port, partner.address)
  }

  socket.on('message', (packet, from) => {
    if (packet.length < 12 || packet.readUInt8(0) >> 6 !== 2) return
    partner = from
    const payload = packet.readUInt8(1) & 0x7f
    const body = packet.subarray(12)
    packets++
    if (payload === eventPayload && body.length >= 4) {
      // The packets of one event share their time stamp; its end is sent three times.
      const started = packet.readUInt32BE(4)
      if (started === lastEvent) return
      lastEvent = started
      digits += EVENT_KEYS[body.readUInt8(0)] ?? '?'
      return
    }
    if (payload !== 0) return
    listener?.pass(body)
    heard.push({ at: Date.now(), samples: Float32Array.from(body, decodeUlaw) })
    if (heard.length > WINDOW / FRAME) heard = heard.slice(-WINDOW / FRAME)
  })
  socket.on('error', () => {}) // ICMP of a partner that has gone
  await new Promise<void>((done) => socket.bind(port, '127.0.0.1', done))
  const begun = Date.now()
  const clock = setInterval(() => {
    // As many frames as are due: the event loop of a busy machine is late, and a gap would be heard.
    for (const due = Math.floor((Date.now() - begun) / FRAME_MS); frame < due; frame++) {
      if (!speaking || joined) continue
      const from = (frame * FRAME) % tone.length
      say(tone.subarray(from, from + FRAME), frame)
    }
  }, FRAME_MS)

  const samples = (): Float32Array => {
    const recent = heard.filter(({ at }) => at > Date.now() - 2 * (WINDOW / 8))
    if (recent.length === 0) return SILENT
    const all = new Float32Array(recent.reduce((sum, one) => sum + one.samples.length, 0))
    let at = 0
    for (const one of recent) {
      all.set(one.samples, at)
      at += one.samples.length
    }
    return all
  }
  let next = 0
  const here: RtpPort = {
    port,
    samples,
    hears: () => soundOf(samples()),
    get digits() {
      return digits
    },
    get packets() {
      return packets
    },
    speak(on) {
      speaking = on
    },
    join(other) {
      if (listener === other) return
      listener = other
      next = frame
      joined = true
      other.join(here)
    },
    lose(ratio) {
      lostRatio = ratio
    },
    pass: (said) => say(said, next++),
    close() {
      if (closed) return
      closed = true
      clearInterval(clock)
      socket.close()
    }
  }
  return here
}
