import { letGo } from '../media/levels.ts'
import { type Capture, captureFrom } from './capture.ts'
import { assemble, type LiveTranscript, NEW_TRANSCRIPT, type TranscriptInput, type Utterance } from './live-transcript.ts'
import type { Frame, Session, Speaker, Transcriber } from './port.ts'

export interface CallTranscriptDeps {
  transcriber: Transcriber
  /** Whom to listen to; absent: both. */
  sides?: readonly Speaker[] | undefined
  /** A new one, for this call alone: it is closed with it. */
  context(): AudioContext
  /** The bundled worklet: `WORKLET_URL`, in a page built by the app's own bundler. */
  workletUrl: string
  /** The call's streams as they are now; `local` is the agent's voice, `remote` the customer's. Asked ten times a second. */
  streams(): { local?: MediaStream | undefined; remote?: MediaStream | undefined }
  /** Something was understood for good; to be stored. */
  onFinal(said: Utterance): void
  /** Anything changed, for the screen: partials, states, gaps. */
  onChange(transcript: LiveTranscript): void
  /** Epoch ms. */
  now(): number
  after(ms: number, run: () => void): () => void
}

/** The transcript of one call being made. Its failure is part of `transcript` and never of the call. */
export interface CallTranscript {
  readonly transcript: LiveTranscript
  /** Card numbers are being said: nothing leaves this machine until {@link resume}. Gaps of it stand in the transcript. */
  pause(): void
  resume(): void
  /** Waits a few seconds at most for what is still being understood; `onFinal` may come until it resolves. */
  stop(): Promise<void>
}

/** Without a frame for so long the page gives no audio: the context is suspended, or the worklet died. */
const NO_AUDIO_MS = 3_000

const STREAM_OF = { agent: 'local', customer: 'remote' } as const satisfies Record<Speaker, string>
const BOTH: readonly Speaker[] = ['agent', 'customer']

/** Begins to listen to a call. */
export function transcribeCall(deps: CallTranscriptDeps): CallTranscript {
  let transcript: LiveTranscript = NEW_TRANSCRIPT
  let stopped = false
  let context: AudioContext | undefined
  const take = (input: TranscriptInput) => {
    const { transcript: next, said } = assemble(transcript, input)
    transcript = next
    deps.onChange(transcript)
    if (said) deps.onFinal(said)
  }
  const sides = (deps.sides ?? BOTH).map((speaker) => listen(speaker, () => deps.streams()[STREAM_OF[speaker]]))

  function listen(speaker: Speaker, source: () => MediaStream | undefined): { session: Session; stop(): void } {
    let lineState = transcript.states[speaker]
    let deaf = false
    const session = deps.transcriber.open(speaker, {
      result: (result) => take({ type: 'result', result }),
      gap: (gap) => take({ type: 'gap', gap }),
      state: (state) => {
        lineState = state
        if (!deaf) take({ type: 'state', speaker, state })
      }
    })
    let capture: Capture | undefined
    let cancelWatch = () => {}

    function watch(): void {
      cancelWatch()
      cancelWatch = deps.after(NO_AUDIO_MS, () => noAudio(`no audio for ${NO_AUDIO_MS / 1_000} s`))
    }
    function noAudio(detail: string): void {
      if (stopped) return
      deaf = true
      take({ type: 'state', speaker, state: { state: 'lost', reason: 'no-audio', detail } })
    }
    function hear(frame: Frame): void {
      watch()
      if (deaf) {
        deaf = false
        take({ type: 'state', speaker, state: lineState })
      }
      session.push(frame)
    }

    watch()
    Promise.resolve()
      .then(() => {
        if (stopped) return undefined
        context ??= deps.context()
        return captureFrom(context, deps.workletUrl, source, hear, deps.now)
      })
      .then(
        (opened) => {
          if (stopped) opened?.stop()
          else capture = opened
        },
        (error: unknown) => noAudio(String(error))
      )
    return {
      session,
      stop() {
        cancelWatch()
        capture?.stop()
      }
    }
  }

  return {
    get transcript() {
      return transcript
    },
    pause() {
      for (const { session } of sides) session.pause()
    },
    resume() {
      for (const { session } of sides) session.resume()
    },
    async stop() {
      stopped = true
      for (const side of sides) side.stop()
      if (context) letGo(context)
      await Promise.all(sides.map(({ session }) => session.close()))
    }
  }
}
