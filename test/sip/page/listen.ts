const SAMPLES = 8_192

/** The last samples of a call's far end; silence while there is no stream. */
export function listenTo(context: AudioContext, remoteOf: (callId: string) => MediaStream | undefined): (callId: string) => Float32Array {
  const ears = new Map<string, { track: MediaStreamTrack; analyser: AnalyserNode; source: MediaStreamAudioSourceNode }>()
  return (callId) => {
    const samples = new Float32Array(SAMPLES)
    const remote = remoteOf(callId)
    const track = remote?.getAudioTracks()[0]
    const known = ears.get(callId)
    if (!remote || !track) {
      known?.source.disconnect()
      ears.delete(callId)
      return samples
    }
    if (known?.track === track) {
      known.analyser.getFloatTimeDomainData(samples)
      return samples
    }
    known?.source.disconnect()
    const analyser = new AnalyserNode(context, { fftSize: SAMPLES, smoothingTimeConstant: 0 })
    const source = context.createMediaStreamSource(remote)
    source.connect(analyser)
    ears.set(callId, { track, analyser, source })
    return samples
  }
}
