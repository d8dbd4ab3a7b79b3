/** A browser's microphones and loudspeakers with levers. */

export class FakeTrack extends EventTarget {
  readonly kind = 'audio'
  enabled = true
  muted = false
  readyState: 'live' | 'ended' = 'live'
  readonly deviceId: string
  readonly #onStop: (track: FakeTrack) => void
  readonly #clones: FakeTrack[] = []
  constructor(deviceId: string, onStop: (track: FakeTrack) => void) {
    super()
    this.deviceId = deviceId
    this.#onStop = onStop
  }
  clone(): FakeTrack {
    const copy = new FakeTrack(this.deviceId, this.#onStop)
    copy.enabled = this.enabled
    copy.readyState = this.readyState
    this.#clones.push(copy)
    return copy
  }
  stop(): void {
    this.readyState = 'ended'
    this.#onStop(this)
  }
  /** The device was pulled out. */
  pull(): void {
    if (this.readyState === 'live') {
      this.readyState = 'ended'
      this.#onStop(this)
      this.dispatchEvent(new Event('ended'))
    }
    for (const clone of this.#clones) clone.pull()
  }
  /** This one or a copy of it is still taken from the device. */
  isOpen(): boolean {
    return this.readyState === 'live' || this.#clones.some((clone) => clone.isOpen())
  }
}

export class FakeStream {
  #tracks: FakeTrack[]
  constructor(tracks: FakeTrack[]) {
    this.#tracks = tracks
  }
  getTracks = () => [...this.#tracks]
  getAudioTracks = () => [...this.#tracks]
  addTrack = (track: FakeTrack) => void this.#tracks.push(track)
  removeTrack = (track: FakeTrack) => {
    this.#tracks = this.#tracks.filter((one) => one !== track)
  }
  clone = () => new FakeStream(this.#tracks.map((track) => track.clone()))
}

type Info = Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label' | 'groupId'>
export interface Card {
  id: string
  label: string
  microphone?: boolean
  output?: boolean
}

/** @param cards what is plugged in at first */
export function createFakeDevices(...cards: Card[]) {
  let plugged = [...cards]
  let failure: string | undefined
  let listFailure = false
  const asked: MediaTrackConstraints[] = []
  const opened: FakeTrack[] = []
  const events = new EventTarget()
  const levers = {
    /** Names of getUserMedia's next failures; undefined: it works. */
    fail: (name: string | undefined) => {
      failure = name
    },
    failLists: (on: boolean) => {
      listFailure = on
    },
    /** Names are hidden until the microphone was allowed. */
    hidden: false,
    standard: '',
    asked,
    /** Ids of the devices that are open now. */
    open: () => opened.filter((track) => track.isOpen()).map((track) => track.deviceId),
    plug(card: Card): void {
      plugged = [...plugged, card]
      events.dispatchEvent(new Event('devicechange'))
    },
    unplug(id: string): void {
      plugged = plugged.filter((card) => card.id !== id)
      for (const track of opened) if (track.deviceId === id) track.pull()
      events.dispatchEvent(new Event('devicechange'))
    },
    tellChange: () => events.dispatchEvent(new Event('devicechange'))
  }
  const media = {
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    async enumerateDevices(): Promise<Info[]> {
      if (listFailure) throw new Error('the list cannot be had')
      const rows = plugged.flatMap(({ id, label, microphone, output }): Info[] => [
        ...(microphone ? [{ deviceId: `${id}-in`, kind: 'audioinput' as const, label: `${label}`, groupId: `group-${id}` }] : []),
        ...(output ? [{ deviceId: `${id}-out`, kind: 'audiooutput' as const, label: `${label}`, groupId: `group-${id}` }] : [])
      ])
      if (levers.hidden) return [...new Set(rows.map((row) => row.kind))].map((kind) => ({ deviceId: '', kind, label: '', groupId: '' }))
      const standard = plugged.find((card) => card.id === levers.standard) ?? plugged[0]
      const copies = (['audioinput', 'audiooutput'] as const)
        .filter((kind) => rows.some((row) => row.kind === kind))
        .map((kind) => ({ deviceId: 'default', kind, label: `Default - ${standard?.label}`, groupId: `group-${standard?.id}` }))
      return [...copies, ...rows]
    },
    async getUserMedia(constraints?: MediaStreamConstraints): Promise<MediaStream> {
      const audio = typeof constraints?.audio === 'object' ? constraints.audio : {}
      asked.push(audio)
      if (failure) throw Object.assign(new Error('said no'), { name: failure })
      const wanted = (audio.deviceId as { exact?: string } | undefined)?.exact // the microphone asks for it this way only
      const card = wanted ? plugged.find(({ id }) => `${id}-in` === wanted) : plugged.find((one) => one.microphone)
      if (!card?.microphone) throw Object.assign(new Error('no such device'), { name: wanted ? 'OverconstrainedError' : 'NotFoundError' })
      const track = new FakeTrack(card.id, () => {})
      opened.push(track)
      return new FakeStream([track]) as unknown as MediaStream // what the phone uses of a stream is all there
    }
  }
  return { media: media as unknown as MediaDevices, levers } // and so with the devices
}

/** The device that a taken stream comes from. */
export const deviceOf = (stream: MediaStream): string | undefined =>
  (stream.getAudioTracks()[0] as unknown as FakeTrack | undefined)?.deviceId // made above
