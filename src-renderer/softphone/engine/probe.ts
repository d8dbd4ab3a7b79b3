import type { ReadinessCause } from '../../../src-shared/contract/phone.ts'
import { letGo, runs } from '../media/levels.ts'
import { type Microphone, MicrophoneError } from '../media/microphone.ts'

/** Whether an agent could be heard and could hear now. */
export type ProbeResult = { live: true } | { live: false; problem: ReadinessCause; detail?: string }

/** Whether anything at all is heard of a stream. */
export interface Ear {
  /** True from the first sample on that is not digital silence. */
  hears(): boolean
  stop(): void
}

export interface ProbeDeps {
  microphone: Pick<Microphone, 'take'>
  devices: Pick<MediaDevices, 'enumerateDevices'> | undefined
  /** Where outputs cannot be chosen, browsers do not list them: then there is one as far as we know. */
  canChooseOutput: boolean
  /** @throws when the page may not listen yet */
  listen(stream: MediaStream): Promise<Ear>
  after(ms: number, run: () => void): () => void
}

/**
 * How long nothing but digital silence proves a dead microphone. A live one is never silent to the last bit: even in a quiet room its
 * converter rustles, so most probes are over with the first look.
 */
const SILENCE_MS = 1_200
const LOOK_MS = 40

/**
 * Opens the microphone for a moment and closes it again, whatever comes of it: is it allowed, there, not muted by a switch or the system,
 * and does it give a signal? Is there something to hear with? Never rejects.
 */
export async function probe({ microphone, devices, canChooseOutput, listen, after }: ProbeDeps): Promise<ProbeResult> {
  const releases: (() => void)[] = []
  try {
    const taken = await microphone.take(() => {})
    releases.push(() => taken.release())
    // Asked only now: before the microphone was allowed some browsers list no outputs.
    const all = (await devices?.enumerateDevices()) ?? []
    if (canChooseOutput && !all.some((device) => device.kind === 'audiooutput')) return { live: false, problem: 'no-output' }
    const ear = await listen(taken.stream)
    releases.push(() => ear.stop())
    for (let waited = 0; waited <= SILENCE_MS; waited += LOOK_MS) {
      const track = taken.stream.getAudioTracks()[0]
      if (!track || track.readyState === 'ended') return { live: false, problem: 'microphone-missing' }
      if (!track.muted && ear.hears()) return { live: true }
      await new Promise<void>((resolve) => after(LOOK_MS, resolve))
    }
    return { live: false, problem: 'microphone-silent' }
  } catch (error) {
    if (error instanceof MicrophoneError) return { live: false, problem: error.problem, detail: error.message }
    return { live: false, problem: 'probe-failed', detail: error instanceof Error ? error.message : String(error) }
  } finally {
    for (const release of releases.toReversed()) release()
  }
}

/**
 * Listens through WebAudio, each time in a context of its own, which it closes.
 * @throws when the page was not touched yet, so that nothing could be heard either way
 */
export function webEar(context: () => AudioContext): (stream: MediaStream) => Promise<Ear> {
  return async (stream) => {
    const audio = context()
    if (!(await runs(audio))) {
      letGo(audio)
      throw new Error('the page may not use sound until it is touched')
    }
    const analyser = new AnalyserNode(audio, { fftSize: 2048, smoothingTimeConstant: 0 })
    const source = audio.createMediaStreamSource(stream)
    source.connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    let heard = false
    return {
      hears() {
        analyser.getFloatTimeDomainData(samples)
        heard ||= samples.some((sample) => sample !== 0)
        return heard
      },
      stop: () => letGo(audio)
    }
  }
}
