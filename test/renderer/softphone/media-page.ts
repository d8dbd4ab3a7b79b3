import type { Sound } from '../../../src-renderer/softphone/call/state.ts'
import { type CallQualityRecord, createCallQuality } from '../../../src-renderer/softphone/engine/call-quality.ts'
import { type ProbeResult, probe, webEar } from '../../../src-renderer/softphone/engine/probe.ts'
import { headsetDrivers } from '../../../src-renderer/softphone/headset/drivers.ts'
import { hidOf } from '../../../src-renderer/softphone/headset/hid.ts'
import type { HeadsetOrder, HeadsetStatus } from '../../../src-renderer/softphone/headset/port.ts'
import { createDevices, type DeviceChange, type DeviceSettings } from '../../../src-renderer/softphone/media/devices.ts'
import { createAudio, meterOf } from '../../../src-renderer/softphone/media/levels.ts'
import { createMicrophone } from '../../../src-renderer/softphone/media/microphone.ts'
import { canChooseOutput, playRemote } from '../../../src-renderer/softphone/media/playback.ts'
import type { QualitySample } from '../../../src-renderer/softphone/media/quality.ts'
import { createSounds } from '../../../src-renderer/softphone/media/sounds.ts'
import { createFakeHid, FakeHidDevice } from '../../fakes/hid-device.ts'

/** The softphone's media in a real page: its devices, its microphone, its sounds and a maker's headset library. */

const contexts: AudioContext[] = []
/** Sources of streams that were ever made, in contexts that are still open. */
const sources = new Map<AudioContext, number>()
window.AudioContext = class extends AudioContext {
  constructor(options?: AudioContextOptions) {
    super(options)
    contexts.push(this)
  }
  override createMediaStreamSource(stream: MediaStream): MediaStreamAudioSourceNode {
    sources.set(this, (sources.get(this) ?? 0) + 1)
    return super.createMediaStreamSource(stream)
  }
}
const audio = createAudio()
const microphone = createMicrophone(navigator.mediaDevices, { context: () => audio.own() })
const sounds = createSounds(() => audio.context())
const saves: DeviceChange[] = []
const clock = {
  now: () => Date.now(),
  random: () => 0,
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
}
const devices = createDevices({
  media: navigator.mediaDevices,
  microphone,
  sounds,
  clock,
  canChooseOutput: canChooseOutput(),
  meterOf: (stream) => meterOf(audio.context(), stream),
  chooseSpeaker() {},
  save: (change) => saves.push(change),
  changed() {},
  moved() {}
})

let call: { stream: MediaStream; release(): void } | undefined
let replaced = 0
const yealink = new FakeHidDevice('Yealink WH62', [
  { usagePage: 0x0b, usage: 5, inputReports: [{ reportId: 4 }], outputReports: [{ reportId: 4 }] }
])
const fakeHid = createFakeHid([yealink])
const pressed: unknown[] = []
const violations: string[] = []
document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`))

const lab = {
  violations,
  saves,
  pressed,
  devices: () => devices.view,
  chosen: () => devices.chosen,
  apply: (settings: DeviceSettings) => devices.apply(settings),
  refresh: () => devices.refresh(),
  probe: (): Promise<ProbeResult> =>
    probe({
      microphone,
      devices: navigator.mediaDevices,
      canChooseOutput: canChooseOutput(),
      listen: webEar(() => audio.own()),
      after: clock.after
    }),
  async take(): Promise<void> {
    call = await microphone.take(() => {
      replaced++
    })
  },
  release: () => call?.release(),
  /** Nodes of streams that the browser will not let go of, since their context runs. */
  kept: () => contexts.reduce((sum, context) => sum + (context.state === 'closed' ? 0 : (sources.get(context) ?? 0)), 0),
  /** What the call's track says of itself. */
  track() {
    const track = call?.stream.getAudioTracks()[0]
    return { replaced, state: track?.readyState, label: track?.label, settings: track?.getSettings() }
  },
  setGain: (gain: number) => microphone.setGain(gain),
  /** The loudest moment of the next while. */
  async loudest(ms: number): Promise<number> {
    if (!call) return 0
    const meter = meterOf(audio.context(), call.stream)
    let most = 0
    const until = Date.now() + ms
    while (Date.now() < until) {
      most = Math.max(most, meter.read())
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    meter.stop()
    return most
  },
  /** A call of this page with itself, looked at until it is known well. */
  async measure(looks: number, preferred?: string): Promise<{ samples: QualitySample[]; record: CallQualityRecord | undefined }> {
    const taken = await microphone.take(() => {})
    const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()]
    one.onicecandidate = ({ candidate }) => void other.addIceCandidate(candidate ?? undefined)
    other.onicecandidate = ({ candidate }) => void one.addIceCandidate(candidate ?? undefined)
    for (const track of taken.stream.getAudioTracks()) one.addTrack(track, taken.stream)
    // Chromium counts no energy of what nobody plays.
    one.ontrack = ({ track }) => void playRemote(new MediaStream([track]), '')
    const codecs = RTCRtpSender.getCapabilities('audio')?.codecs ?? []
    if (preferred) one.getTransceivers()[0]?.setCodecPreferences(codecs.filter(({ mimeType }) => mimeType === `audio/${preferred}`))
    await one.setLocalDescription()
    await other.setRemoteDescription(one.localDescription ?? { type: 'offer' })
    for (const track of taken.stream.getAudioTracks()) other.addTrack(track, taken.stream)
    await other.setLocalDescription()
    await one.setRemoteDescription(other.localDescription ?? { type: 'answer' })
    const call = createCallQuality()
    const samples: QualitySample[] = []
    while (samples.length < looks) {
      await new Promise((resolve) => setTimeout(resolve, 700))
      const stats = await one.getStats()
      const rows: Parameters<typeof call.look>[0]['stats'] = [...stats.values()]
      samples.push(call.look({ stats: rows, at: Date.now(), expectsIn: true, expectsOut: true }).sample)
    }
    one.close()
    other.close()
    taken.release()
    return { samples, record: call.record() }
  },
  play: (sound: Sound) => sounds.play(sound),
  chooseSpeaker: (id: string) => sounds.chooseSpeaker(id),
  chooseRinger: (id: string) => sounds.chooseRinger(id, 0.5),
  hasHid: () => hidOf(navigator) !== undefined,
  /** What the same library says of a headset that the user has not allowed: unasked, and asked and refused. */
  async unpermitted(): Promise<{ statuses: HeadsetStatus[]; requests: number }> {
    const none = createFakeHid([])
    Object.defineProperty(navigator, 'hid', { configurable: true, value: none.hid })
    const drivers = headsetDrivers()
    const openDriver = await drivers[0]?.load()
    const driver = openDriver?.({ press() {}, status() {} })
    const statuses: HeadsetStatus[] = []
    for (const asks of [false, true]) {
      const status = await driver?.connect('Headset (Yealink WH62)', asks)
      if (status) statuses.push(status)
    }
    return { statuses, requests: none.requests.length }
  },
  async headset(
    orders: readonly HeadsetOrder[],
    reports: readonly number[]
  ): Promise<{ suits: boolean[]; status: HeadsetStatus; sent: string[] }> {
    Object.defineProperty(navigator, 'hid', { configurable: true, value: fakeHid.hid })
    const openDriver = await headsetDrivers()[0]?.load()
    if (!openDriver) throw new Error('there is no WebHID here')
    const driver = openDriver({ press: (press) => pressed.push(press), status() {} })
    const suits = await Promise.all(
      ['Jabra Evolve2 65', 'Yealink WH62', 'VT9500', 'AC-304', 'Poly Voyager', 'Plantronics C320', 'EPOS Impact', 'HVTalk', ''].map(
        driver.suits
      )
    )
    const status = await driver.connect('Headset (Yealink WH62)', false)
    for (const order of orders) await driver.tell(order)
    for (const report of reports) yealink.report(4, report)
    const sent = [...yealink.sent]
    await driver.disconnect()
    return { suits, status, sent }
  }
}
export type MediaLab = typeof lab
declare global {
  interface Window {
    media: MediaLab
  }
}
window.media = lab
