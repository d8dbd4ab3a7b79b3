import {
  assemble,
  type LiveTranscript,
  NEW_TRANSCRIPT,
  type TranscriptInput
} from '../../src-renderer/softphone/transcriber/live-transcript.ts'
import { FRAME_MS, type Session, type Speaker } from '../../src-renderer/softphone/transcriber/port.ts'
import type { SessionPorts } from '../../src-renderer/softphone/transcriber/session.ts'
import { createTranscriber, type TranscriberSettings } from '../../src-renderer/softphone/transcriber/transcriber.ts'
import { createFakeTimers, type FakeTimers } from '../fakes/timers.ts'
import { pcmOf } from './ear.ts'

/** A session to a recogniser over a real socket, with a clock turned by hand and all that was told of it. */
export interface Listening {
  readonly session: Session
  readonly clock: FakeTimers
  readonly transcript: LiveTranscript
  /** Every partial, in order. */
  readonly partials: readonly string[]
  /** Every state, as `listening` or `lost REASON`. */
  readonly states: readonly string[]
  /** Finals and gaps in order: the text, or `[gap REASON FROM-TO]` in ms from the start. */
  lines(): string[]
  /** Words, each 300 ms long, with 100 ms between them; a number is silence of so many ms. */
  say(...what: readonly (string | number)[]): Promise<void>
  /** 16 kHz PCM as it is. */
  play(pcm: Int16Array): Promise<void>
}

/** When it all began: the clock's first moment. */
export const BEGAN_AT = 1_700_000_000_000
const WORD_MS = 300

export function listen(
  settings: TranscriberSettings,
  speaker: Speaker = 'customer',
  ports: (clock: FakeTimers) => Partial<SessionPorts> = () => ({})
): Listening {
  const clock = createFakeTimers(BEGAN_AT)
  const partials: string[] = []
  const states: string[] = []
  let transcript: LiveTranscript = NEW_TRANSCRIPT
  /** Resolves when the recogniser is less than five seconds of audio behind, where that can be told, or the connection is over. */
  let keptUp = () => Promise.resolve()
  const take = (input: TranscriptInput) => {
    transcript = assemble(transcript, input).transcript
  }
  const transcriber = createTranscriber(settings, {
    // Node's own WebSocket is the browser's, but for the server's certificate.
    open(url, protocols) {
      const socket = new WebSocket(url, [...protocols])
      const send = socket.send.bind(socket)
      let pieces = 0
      socket.send = (data) => {
        if (typeof data !== 'string') pieces += 1
        send(data)
      }
      let wake = () => {}
      socket.addEventListener('message', () => {
        pieces -= 1
        wake()
      })
      socket.addEventListener('close', () => wake())
      keptUp = async () => {
        while (settings.protocol === 'vosk' && pieces > 50 && socket.readyState === WebSocket.OPEN)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
      return socket
    },
    now: clock.now,
    random: () => 0.5,
    after: clock.after,
    ...ports(clock)
  })
  if (!transcriber) throw new Error('the settings name no recogniser')
  const session = transcriber.open(speaker, {
    result(result) {
      if (!result.final) partials.push(result.text)
      take({ type: 'result', result })
    },
    gap: (gap) => take({ type: 'gap', gap }),
    state(state) {
      states.push(state.state === 'lost' ? `lost ${state.reason}` : state.state)
      take({ type: 'state', speaker, state })
    }
  })
  async function play(pcm: Int16Array): Promise<void> {
    const size = FRAME_MS * 16
    for (let from = 0; from < pcm.length; from += size) {
      const frame = new Int16Array(size)
      frame.set(pcm.subarray(from, from + size))
      session.push({ startAt: clock.now(), pcm: frame })
      clock.advance(FRAME_MS)
      // Faster than anybody speaks, but the socket and the other end get their turns.
      await new Promise(setImmediate)
      await keptUp()
    }
  }
  return {
    session,
    clock,
    get transcript() {
      return transcript
    },
    partials,
    states,
    lines: () =>
      transcript.lines.map((line) =>
        line.type === 'said' ? line.text : `[gap ${line.reason} ${line.startAt - BEGAN_AT}-${line.endAt - BEGAN_AT}]`
      ),
    play,
    async say(...what) {
      for (const one of what)
        if (typeof one === 'number') await play(new Int16Array(one * 16))
        else {
          await play(pcmOf(one, WORD_MS))
          await play(new Int16Array(FRAME_MS * 16))
        }
    }
  }
}
