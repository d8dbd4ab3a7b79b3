/** An element that can play on a chosen device; `setSinkId` is missing in some browsers, then the default device plays. */
async function playOn(element: HTMLAudioElement, deviceId: string): Promise<void> {
  if (typeof element.setSinkId !== 'function') return
  try {
    await element.setSinkId(deviceId)
  } catch (error) {
    // The remembered device is gone or not allowed: being heard on the default one is better than silence.
    console.warn('the chosen speaker cannot be used', error)
    if (deviceId !== '') await element.setSinkId('')
  }
}

/** Is choosing an output device possible at all here? */
export const canChooseOutput = (): boolean => typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype

/** The far end's voice of one call. */
export interface Playback {
  choose(deviceId: string): void
  stop(): void
}

/** Chromium gives WebAudio no samples of a remote stream that no element plays, so the element is needed for the meter too. */
export function playRemote(stream: MediaStream, deviceId: string): Playback {
  const element = document.createElement('audio')
  element.autoplay = true
  element.srcObject = stream
  element.hidden = true
  document.body.append(element)
  const start = () => element.play().catch((error: unknown) => console.warn('the call is silent until the page is touched', error))
  void playOn(element, deviceId).then(start, start)
  return {
    choose: (id) => void playOn(element, id).catch((error: unknown) => console.warn('no output device', error)),
    stop() {
      element.pause()
      element.srcObject = null
      element.remove()
    }
  }
}

/** A tone that plays on one device. */
export interface Voice {
  move(deviceId: string, volume: number): void
  stop(): void
  /** When it is over or was stopped. */
  readonly ended: Promise<void>
}
export type StartVoice = (what: {
  samples: (sampleRate: number) => Float32Array<ArrayBuffer>
  loop: boolean
  /** Empty: the system's default. */
  deviceId: string
  volume: number
}) => Voice

/**
 * Tones made here go through an audio element, because only an element can be sent to the chosen device. The way out is used again: Chromium
 * (156) keeps every one that a running context ever made.
 */
export function webVoice(context: () => AudioContext): StartVoice {
  const idle: MediaStreamAudioDestinationNode[] = []
  return ({ samples, loop, deviceId, volume }) => {
    const audio = context()
    const made = samples(audio.sampleRate)
    const buffer = audio.createBuffer(1, made.length, audio.sampleRate)
    buffer.copyToChannel(made, 0)
    const source = new AudioBufferSourceNode(audio, { buffer, loop })
    const out = idle.pop() ?? audio.createMediaStreamDestination()
    source.connect(out)
    const element = document.createElement('audio')
    element.srcObject = out.stream
    element.volume = volume
    let over = () => {}
    let stopped = false
    const ended = new Promise<void>((resolve) => {
      over = resolve
    })
    const stop = () => {
      if (stopped) return
      stopped = true
      source.stop()
      source.disconnect()
      element.pause()
      element.srcObject = null
      idle.push(out)
      over()
    }
    source.onended = stop
    source.start()
    // The device is chosen first: not even the first moment of a ring belongs in the headset when a speaker was chosen.
    const begin = () => {
      if (!stopped) element.play().catch((error: unknown) => console.warn('no sound until the page is touched', error))
    }
    void playOn(element, deviceId).then(begin, begin)
    return {
      move(to, loudness) {
        element.volume = loudness
        void playOn(element, to).catch((error: unknown) => console.warn('no output device', error))
      },
      stop,
      ended
    }
  }
}
