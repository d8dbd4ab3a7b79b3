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

/** What a page hears and makes sound with. */
export interface Audio {
  /** The one that lasts, made when first needed. */
  context(): AudioContext
  meterOf(stream: MediaStream): Meter
  close(): void
}

/**
 * The page's AudioContexts, woken by the first touch where the browser wants one. Meters have one that ends with the last of them: Chromium
 * (156) never lets go of a stream's node in a context that runs, and with it of the sound of a call that is long over.
 */
export function createAudio(): Audio {
  let lasting: AudioContext | undefined
  let metering: AudioContext | undefined
  let meters = 0
  const wake = () => {
    for (const context of [lasting, metering])
      if (context?.state === 'suspended') void context.resume().catch((error: unknown) => console.warn('sound stays off', error))
  }
  const events = ['pointerdown', 'keydown'] as const
  for (const event of events) window.addEventListener(event, wake, { capture: true, passive: true })
  return {
    context() {
      lasting ??= new AudioContext()
      wake()
      return lasting
    },
    meterOf(stream) {
      metering ??= new AudioContext()
      wake()
      const meter = meterOf(metering, stream)
      meters++
      let stopped = false
      return {
        read: meter.read,
        stop() {
          if (stopped) return
          stopped = true
          meter.stop()
          if (--meters > 0) return
          void metering?.close()
          metering = undefined
        }
      }
    },
    close() {
      for (const event of events) window.removeEventListener(event, wake, { capture: true })
      for (const context of [lasting, metering]) void context?.close()
      lasting = metering = undefined
    }
  }
}
