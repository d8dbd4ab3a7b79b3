/** How loud a stream is now. */
export interface Meter {
  /** RMS 0..1 of the last 40 ms or so. */
  read(): number
  stop(): void
}

/** Root mean square of samples in -1..1. */
export function rms(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length)
}

/** Loudness as the eye expects it: 0 at -60 dB and below, 1 at full scale. */
export const barOf = (level: number): number => (level <= 0 ? 0 : Math.min(1, Math.max(0, 1 + Math.log10(level) / 3)))

export function meterOf(context: AudioContext, stream: MediaStream): Meter {
  const analyser = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 })
  const source = context.createMediaStreamSource(stream)
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    read() {
      analyser.getFloatTimeDomainData(samples)
      return rms(samples)
    },
    stop() {
      source.disconnect()
    }
  }
}

/** One AudioContext for the page, made when first needed and woken by the first touch where the browser wants one. */
export function createAudio(): { context(): AudioContext; close(): void } {
  let made: AudioContext | undefined
  const wake = () => {
    if (made?.state === 'suspended') void made.resume().catch((error: unknown) => console.warn('sound stays off', error))
  }
  const events = ['pointerdown', 'keydown'] as const
  for (const event of events) window.addEventListener(event, wake, { capture: true, passive: true })
  return {
    context() {
      made ??= new AudioContext()
      wake()
      return made
    },
    close() {
      for (const event of events) window.removeEventListener(event, wake, { capture: true })
      void made?.close()
    }
  }
}
