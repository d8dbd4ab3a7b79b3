import type { Frame } from './port.ts'

/** One side's audio being taken. */
export interface Capture {
  stop(): void
}

/** Beyond this the context's clock and the wall's are no longer the same story: the machine slept, or the context was suspended. */
const DRIFT_MS = 250

/**
 * Takes a stream's audio as frames of 16 kHz PCM, every 100 ms for as long as the context runs; where there is no stream or its track is
 * muted, frames of silence. Follows the stream when it gets another track (a headset was plugged in), which Web Audio by itself does not.
 * A remote stream must be played by an element too, else Chromium gives no samples of it.
 * @param source asked again for every frame
 * @param workletUrl the bundled `pcm-worklet.ts`
 * @param now epoch ms
 * @throws DOMException when the worklet cannot be loaded
 */
export async function captureFrom(
  context: AudioContext,
  workletUrl: string,
  source: () => MediaStream | undefined,
  onFrame: (frame: Frame) => void,
  now: () => number
): Promise<Capture> {
  await context.audioWorklet.addModule(workletUrl)
  const node = new AudioWorkletNode(context, 'sidetone-pcm', { numberOfInputs: 1, numberOfOutputs: 1 })
  let joined: { track: MediaStreamTrack; node: MediaStreamAudioSourceNode } | undefined
  let zeroAt: number | undefined
  let stopped = false

  function follow(): void {
    const track = source()?.getAudioTracks()[0]
    if (track === joined?.track) return
    joined?.node.disconnect()
    joined = track && { track, node: context.createMediaStreamSource(new MediaStream([track])) }
    joined?.node.connect(node)
  }

  node.port.onmessage = ({ data }: MessageEvent<{ pcm: ArrayBuffer; time: number }>) => {
    if (stopped) return
    const zeroNow = now() - context.currentTime * 1_000
    if (zeroAt === undefined || Math.abs(zeroNow - zeroAt) > DRIFT_MS) zeroAt = zeroNow
    follow()
    onFrame({ startAt: zeroAt + data.time * 1_000, pcm: new Int16Array(data.pcm) })
  }
  follow()
  // It puts out silence; connected, it is driven whatever else the page does.
  node.connect(context.destination)
  return {
    stop() {
      stopped = true
      node.port.postMessage('over')
      joined?.node.disconnect()
      node.disconnect()
    }
  }
}
