import { createMicrophone } from '../../../src-renderer/softphone/media/microphone.ts'
import { playRemote } from '../../../src-renderer/softphone/media/playback.ts'
import { type CallTranscript, transcribeCall } from '../../../src-renderer/softphone/transcriber/call-transcript.ts'
import type { LiveTranscript, Utterance } from '../../../src-renderer/softphone/transcriber/live-transcript.ts'
import type { Speaker } from '../../../src-renderer/softphone/transcriber/port.ts'
import { createTranscriber, type TranscriberSettings } from '../../../src-renderer/softphone/transcriber/transcriber.ts'
import { WORKLET_URL } from '../../../src-renderer/softphone/transcriber/worklet-url.ts'

/** A call as the transcriber meets it: the microphone of this browser, and a far end whose voice comes over WebRTC. */
export interface VoiceLab {
  readonly workletUrl: string
  finals: Utterance[]
  /** Partials of each side, as they came. */
  partials: string[]
  transcript(): LiveTranscript
  pause(): void
  resume(): void
  stop(): Promise<void>
  mute(muted: boolean): void
  /** The microphone's track is replaced by a tone's, as when a headset is plugged in. */
  replaceMicrophone(): void
  /** The state of every context that the transcript was given. */
  contexts(): AudioContextState[]
  /** Is the far end's voice still to be heard? Loudest sample of the next 200 ms. */
  remotePeak(): Promise<number>
}

export interface VoiceOptions {
  settings: TranscriberSettings
  /** Empty: the bundled one. */
  workletUrl: string
  /** Of the AudioContext; 0: the device's. */
  rate: number
  /** Who is listened to. */
  sides: Speaker[]
}

declare global {
  interface Window {
    startVoice(options: VoiceOptions): Promise<VoiceLab['workletUrl']>
    voice: VoiceLab
  }
}

/** What the customer says, over a real RTCPeerConnection: coded, sent, buffered, decoded. */
async function farEnd(context: AudioContext): Promise<{ stream: MediaStream; begin(): void }> {
  const speech = await context.decodeAudioData(await (await fetch('customer.wav')).arrayBuffer())
  const voice = new AudioBufferSourceNode(context, { buffer: speech })
  const out = context.createMediaStreamDestination()
  voice.connect(out)
  const [there, here] = [new RTCPeerConnection(), new RTCPeerConnection()]
  there.onicecandidate = ({ candidate }) => void here.addIceCandidate(candidate ?? undefined)
  here.onicecandidate = ({ candidate }) => void there.addIceCandidate(candidate ?? undefined)
  const arrived = new Promise<MediaStream>((resolve) => {
    here.ontrack = ({ streams: [stream] }) => stream && resolve(stream)
  })
  for (const track of out.stream.getTracks()) there.addTrack(track, out.stream)
  await there.setLocalDescription()
  await here.setRemoteDescription(there.localDescription ?? { type: 'offer' })
  await here.setLocalDescription()
  await there.setRemoteDescription(here.localDescription ?? { type: 'answer' })
  const stream = await arrived
  await new Promise<void>((done) => {
    const look = () => here.connectionState === 'connected' && done()
    here.onconnectionstatechange = look
    look()
  })
  return { stream, begin: () => voice.start() }
}

window.startVoice = async ({ settings, workletUrl, rate, sides }) => {
  const context = new AudioContext(rate > 0 ? { sampleRate: rate } : {})
  const { stream: remote, begin } = await farEnd(context)
  playRemote(remote, '')
  const local = (await createMicrophone(navigator.mediaDevices).take(() => {})).stream
  const contexts: AudioContext[] = []
  const finals: Utterance[] = []
  const partials: string[] = []
  const transcriber = createTranscriber(settings, {
    open: (url, protocols) => new WebSocket(url, [...protocols]),
    now: Date.now,
    random: Math.random,
    after
  })
  if (!transcriber) throw new Error('the settings name no recogniser')
  const call: CallTranscript = transcribeCall({
    transcriber,
    context() {
      const own = new AudioContext(rate > 0 ? { sampleRate: rate } : {})
      contexts.push(own)
      return own
    },
    workletUrl: workletUrl || WORKLET_URL,
    streams: () => ({ local, remote }),
    sides,
    onFinal: (said) => finals.push(said),
    onChange: ({ partials: now }) => {
      for (const speaker of ['agent', 'customer'] as const) {
        const text = `${speaker}: ${now[speaker]?.text ?? ''}`
        if (partials.findLast((one) => one.startsWith(speaker)) !== text) partials.push(text)
      }
    },
    now: Date.now,
    after
  })
  begin()
  const analyser = new AnalyserNode(context, { fftSize: 8_192 })
  context.createMediaStreamSource(remote).connect(analyser)
  window.voice = {
    workletUrl: WORKLET_URL,
    finals,
    partials,
    transcript: () => call.transcript,
    pause: () => call.pause(),
    resume: () => call.resume(),
    stop: () => call.stop(),
    mute(muted) {
      for (const track of local.getAudioTracks()) track.enabled = !muted
    },
    replaceMicrophone() {
      const tone = context.createMediaStreamDestination()
      const oscillator = new OscillatorNode(context, { frequency: 440 })
      oscillator.connect(tone)
      oscillator.start()
      for (const track of local.getAudioTracks()) {
        track.stop()
        local.removeTrack(track)
      }
      for (const track of tone.stream.getAudioTracks()) local.addTrack(track)
    },
    contexts: () => contexts.map(({ state }) => state),
    async remotePeak() {
      const samples = new Float32Array(analyser.fftSize)
      await new Promise((done) => setTimeout(done, (samples.length / context.sampleRate) * 1_000))
      analyser.getFloatTimeDomainData(samples)
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    }
  }
  return WORKLET_URL
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
