import { createFramer } from './framing.ts'
import { SAMPLE_RATE } from './port.ts'

// AudioWorkletGlobalScope (Web Audio API 1.32) is not part of TypeScript's DOM library.
declare const sampleRate: number
declare const currentTime: number
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void

/** Samples of one rendering quantum. */
const QUANTUM = 128

/** Runs on the audio thread: posts `{ pcm: ArrayBuffer, time }` for every 100 ms, `time` in seconds of the context's clock. */
class PcmProcessor extends AudioWorkletProcessor {
  readonly #framer = createFramer(sampleRate)
  #startedAt: number | undefined
  #over = false

  constructor() {
    super()
    this.port.onmessage = () => {
      this.#over = true
    }
  }

  process(inputs: Float32Array[][]): boolean {
    this.#startedAt ??= currentTime
    const [channels = []] = inputs
    // Nothing connected is silence: the frames go on, so that their times stay right.
    for (const { pcm, position } of this.#framer.push(channels, channels[0]?.length ?? QUANTUM))
      this.port.postMessage({ pcm: pcm.buffer, time: this.#startedAt + position / SAMPLE_RATE }, [pcm.buffer])
    return !this.#over
  }
}

registerProcessor('sidetone-pcm', PcmProcessor)
