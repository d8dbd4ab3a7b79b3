import type { PhoneAccount } from '../../../src-shared/contract/phone.ts'
import { isLive } from '../call/call.ts'
import type { Call } from '../call/state.ts'
import type { TranscriptView } from '../port/port.ts'
import type { CallTranscript, CallTranscriptDeps } from '../transcriber/call-transcript.ts'
import type { Utterance } from '../transcriber/live-transcript.ts'
import type { ListenState, Speaker } from '../transcriber/port.ts'
import type { EngineHost } from './host.ts'

/** Listens to one call; the recogniser's part is fetched when first needed. */
export type Listen = (
  settings: PhoneAccount['transcriber'],
  call: Pick<CallTranscriptDeps, 'streams' | 'onFinal' | 'onChange'> & { sides: readonly Speaker[] }
) => Promise<CallTranscript | undefined>

export interface TranscriptsDeps {
  account(): Pick<PhoneAccount, 'source' | 'transcriber'> | undefined
  calls(): readonly Call[]
  streams(callId: string): ReturnType<CallTranscriptDeps['streams']>
  listen: Listen
  /** A UUIDv7. */
  newId(): string
  /** Stored with the desk, again until it is; by its `entryId` the desk knows what it has. */
  heard(what: Parameters<EngineHost['heard']>[0]): void
  show(transcripts: Record<string, TranscriptView>): void
}

/** Transcribes every call that is up, where a recogniser is set. What goes wrong costs the transcript, never the call. */
export interface Transcripts {
  /** The calls have changed. */
  settle(): void
  /** Off: what is said is for nobody else (a card number); on: listen again. */
  listen(callId: string, on: boolean): void
  close(): void
}

interface One {
  transcript?: CallTranscript | undefined
  view: TranscriptView
  /** Understood before the call's conversation was known. */
  waiting: Utterance[]
  off: boolean
  ended: boolean
}

const CONNECTING = { state: 'connecting' } as const
const BOTH: readonly Speaker[] = ['agent', 'customer']

export function createTranscripts(deps: TranscriptsDeps): Transcripts {
  const all = new Map<string, One>()
  /** Calls that are not to be listened to; known before there is anything to hear, when a call is taken back in a pause. */
  const silenced = new Set<string>()
  const show = () => deps.show(Object.fromEntries([...all].filter(([, one]) => !one.ended).map(([callId, { view }]) => [callId, view])))
  const conversationOf = (callId: string) => deps.calls().find((call) => call.callId === callId)?.conversationId

  function store(conversationId: string, { speaker, text, startAt, endAt, confidence }: Utterance): void {
    const said = text.trim()
    if (said === '') return
    deps.heard({
      entryId: deps.newId(),
      conversationId,
      speaker,
      text: said,
      startAt,
      endAt,
      ...(confidence === undefined ? {} : { confidence })
    })
  }

  function start(callId: string, account: Pick<PhoneAccount, 'source' | 'transcriber'>, known: string | undefined): void {
    // The practice centre's customers bring their own words.
    const sides: readonly Speaker[] = account.source === 'practice' ? ['agent'] : BOTH
    const statesOf = (state: (side: Speaker) => ListenState): TranscriptView['states'] =>
      Object.fromEntries(sides.map((side) => [side, state(side)]))
    const one: One = {
      view: { partials: {}, states: statesOf(() => CONNECTING), gaps: [] },
      waiting: [],
      off: silenced.has(callId),
      ended: false
    }
    all.set(callId, one)
    show()
    let conversationId = known
    deps
      .listen(account.transcriber, {
        sides,
        streams: () => deps.streams(callId),
        onFinal(said) {
          conversationId = conversationOf(callId) ?? conversationId
          if (conversationId === undefined) one.waiting.push(said)
          else store(conversationId, said)
        },
        onChange({ partials, states, lines }) {
          const gaps = lines.flatMap((line) => (line.type === 'gap' ? [line] : []))
          one.view = { partials, states: statesOf((side) => states[side]), gaps }
          show()
        }
      })
      .then((transcript) => {
        one.transcript = transcript
        if (one.off) transcript?.pause()
        if (one.ended) void transcript?.stop()
      })
      .catch((error: unknown) => {
        const lost = { state: 'lost', reason: 'unreachable', detail: String(error) } as const
        one.view = { ...one.view, states: statesOf(() => lost) }
        show()
      })
  }

  return {
    settle() {
      const account = deps.account()
      if (!account || account.transcriber.protocol === 'off') return
      for (const call of deps.calls()) {
        const { callId, conversationId } = call
        const one = all.get(callId)
        const up = isLive(call) && call.answeredAt !== undefined && call.phase !== 'ending'
        if (up && !one) start(callId, account, conversationId)
        if (one && conversationId !== undefined) for (const said of one.waiting.splice(0)) store(conversationId, said)
        if (!up && one && !one.ended) {
          one.ended = true
          // What is still being understood comes until it resolves.
          void one.transcript?.stop()
          show()
        }
      }
      const gone = (callId: string) => !deps.calls().some((call) => call.callId === callId)
      for (const callId of [...all.keys()]) if (gone(callId)) all.delete(callId)
      for (const callId of [...silenced]) if (gone(callId)) silenced.delete(callId)
    },
    listen(callId, on) {
      if (on) silenced.delete(callId)
      else silenced.add(callId)
      const one = all.get(callId)
      if (!one || one.off === !on) return
      one.off = !on
      if (on) one.transcript?.resume()
      else one.transcript?.pause()
    },
    close() {
      for (const one of all.values()) void one.transcript?.stop()
      all.clear()
    }
  }
}
