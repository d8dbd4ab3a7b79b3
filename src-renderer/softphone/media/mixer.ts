/** One party of a conference. */
export interface Party {
  callId: string
  /** The agent, gated for this party. */
  microphone: MediaStream
  /** The party's own voice. */
  voice: MediaStream
  /** What the party hears from now on. */
  send(track: MediaStreamTrack): void
}

export interface Mixer {
  /** Everybody hears the agent and everybody else (a mix-minus each); who left gets the bare microphone again. */
  mix(parties: readonly Party[]): void
  close(): void
}

/** Mixes in the page. `context` is asked for when the first conference begins, since browsers count them. */
export function createMixer(context: () => AudioContext): Mixer {
  let audio: AudioContext | undefined
  let nodes: AudioNode[] = []
  let mixed: readonly Party[] = []

  function clear(): void {
    for (const node of nodes) node.disconnect()
    nodes = []
  }

  const bare = (party: Party) => {
    const [track] = party.microphone.getAudioTracks()
    if (track) party.send(track)
  }

  return {
    mix(parties) {
      clear()
      for (const party of mixed) if (!parties.some((one) => one.callId === party.callId)) bare(party)
      mixed = parties
      if (parties.length === 0) {
        void audio?.close().catch((error: unknown) => console.warn('the mixer did not close', error))
        audio = undefined
        return
      }
      audio ??= context()
      const mixing = audio
      void mixing.resume().catch((error: unknown) => console.warn('the mixer waits for a touch of the page', error))
      const voices = new Map(parties.map((party) => [party.callId, mixing.createMediaStreamSource(party.voice)]))
      nodes.push(...voices.values())
      for (const party of parties) {
        const out = mixing.createMediaStreamDestination()
        const agent = mixing.createMediaStreamSource(party.microphone)
        agent.connect(out)
        nodes.push(agent)
        for (const [callId, voice] of voices) if (callId !== party.callId) voice.connect(out)
        const [track] = out.stream.getAudioTracks()
        if (track) party.send(track)
      }
    },
    close() {
      clear()
      mixed = []
      void audio?.close().catch((error: unknown) => console.warn('the mixer did not close', error))
      audio = undefined
    }
  }
}
