/** An element that can play on a chosen device; `setSinkId` is missing in some browsers, then the default device plays. */
export async function playOn(element: HTMLAudioElement, deviceId: string): Promise<void> {
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
