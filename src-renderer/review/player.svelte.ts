import type { Client } from '../connect.ts'
import { joinPieces, momentOf, type Pcm, peaks, placeOf, type Recording, readWav, writeWav } from './recording.ts'

const BARS = 300
export const SPEEDS = [1, 1.25, 1.5, 2] as const

/** Plays one recording: fetched in pieces, heard through one element. Create it while a component initialises; `close` with it. */
export class Player {
  /** 0..1 while pieces are fetched; 1 when all are there. */
  loaded = $state(0)
  error = $state.raw<unknown>(undefined)
  playing = $state(false)
  /** ms from the recording's start. */
  place = $state(0)
  speed = $state<number>(1)
  /** Loudness over time of the customer (left) and of the agent (right). */
  waves = $state.raw<{ customer: number[]; agent: number[] } | undefined>(undefined)
  readonly recording: Recording
  readonly #client: Pick<Client, 'review'>
  #element: HTMLAudioElement | undefined
  #url: string | undefined
  #closed = false

  constructor(client: Pick<Client, 'review'>, recording: Recording) {
    this.#client = client
    this.recording = recording
    void this.load()
  }

  async load(): Promise<void> {
    this.error = undefined
    try {
      const pieces: Pcm[] = []
      for (let piece = 0, of = 1; piece < of && !this.#closed; piece++) {
        const answer = await this.#client.review.audio({ recordingId: this.recording.recordingId, piece })
        of = answer.pieces
        pieces.push(readWav(Uint8Array.from(atob(answer.base64), (char) => char.charCodeAt(0))))
        this.loaded = (piece + 1) / Math.max(1, of)
      }
      if (!this.#closed) this.#open(joinPieces(pieces))
    } catch (error) {
      this.error = error
    }
  }

  #open(sound: Pcm): void {
    this.waves = { customer: peaks(sound, 0, BARS), agent: peaks(sound, Math.min(1, sound.channels - 1), BARS) }
    this.#url = URL.createObjectURL(writeWav(sound))
    const element = new Audio(this.#url)
    element.preservesPitch = true
    element.addEventListener('timeupdate', () => {
      this.place = element.currentTime * 1_000
    })
    for (const event of ['play', 'pause', 'ended'] as const)
      element.addEventListener(event, () => {
        this.playing = !element.paused && !element.ended
      })
    this.#element = element
  }

  async toggle(): Promise<void> {
    const element = this.#element
    if (!element) return
    try {
      if (element.paused) await element.play()
      else element.pause()
    } catch (error) {
      this.error = error
    }
  }

  /** @param place ms from the recording's start */
  seek(place: number): void {
    this.place = Math.min(this.recording.ms, Math.max(0, place))
    if (this.#element) this.#element.currentTime = this.place / 1_000
  }

  /** Goes to a moment of the call and plays from there. */
  async playFrom(at: number): Promise<void> {
    this.seek(placeOf(this.recording, at))
    if (this.#element?.paused) await this.toggle()
  }

  /** The moment of the call that is heard now, epoch ms. */
  get moment(): number {
    return momentOf(this.recording, this.place)
  }

  setSpeed(speed: number): void {
    this.speed = speed
    if (this.#element) this.#element.playbackRate = speed
  }

  close(): void {
    this.#closed = true
    this.#element?.pause()
    if (this.#url) URL.revokeObjectURL(this.#url)
  }
}
