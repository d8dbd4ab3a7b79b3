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
  /** The one that lasts, made when first needed. For sounds: whoever listens to a stream takes one of {@link Audio.own}. */
  context(): AudioContext
  /** A new one, which whoever asked for it closes. It may not run before the page is touched. */
  own(): AudioContext
  meterOf(stream: MediaStream): Meter
  close(): void
}

/** A resume that waits for a touch never settles; one that may go ahead takes some tens of milliseconds. */
const START_MS = 300

/** Does it run, or does it as soon as it is asked to? Without, nothing is heard through it. */
export async function runs(context: AudioContext): Promise<boolean> {
  if (context.state === 'suspended') await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, START_MS))])
  return context.state === 'running'
}

/** Frees a context and the streams it held. Once closed it may be closed again. */
export function letGo(context: AudioContext): void {
  if (context.state !== 'closed') context.close().catch((error: unknown) => console.warn('a sound context did not close', error))
}

/**
 * The page's AudioContexts, woken by the first touch where the browser wants one. Whoever listens to a stream has one of its own, and the
 * meters one that ends with the last of them: Chromium (156) never lets go of a stream's node in a context that runs, and with it of the
 * sound of a call that is long over.
 */
export function createAudio(): Audio {
  let lasting: AudioContext | undefined
  let metering: AudioContext | undefined
  let meters = 0
  const owned = new Set<AudioContext>()
  const wake = () => {
    for (const context of owned) if (context.state === 'closed') owned.delete(context)
    for (const context of [lasting, metering, ...owned])
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
    own() {
      const context = new AudioContext()
      owned.add(context)
      wake()
      return context
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
          if (metering) letGo(metering)
          metering = undefined
        }
      }
    },
    close() {
      for (const event of events) window.removeEventListener(event, wake, { capture: true })
      for (const context of [lasting, metering, ...owned]) if (context) letGo(context)
      lasting = metering = undefined
      owned.clear()
    }
  }
}
