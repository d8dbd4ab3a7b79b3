import type { CallQuality } from '../../../src-shared/contract/phone.ts'
import { canTalk, isLive } from '../call/call.ts'
import type { SipLine } from '../call/line.ts'
import type { Call } from '../call/state.ts'
import type { Devices } from '../media/devices.ts'
import type { Meter } from '../media/levels.ts'
import type { QualitySample } from '../media/quality.ts'
import { type CallLook, type Levels, type PhonePort, SILENCE, type Watched } from '../port/port.ts'
import { type CallQualityMeter, createCallQuality, QUALITY_MS } from './call-quality.ts'
import { type Clock, repeat } from './clock.ts'

const LEVEL_MS = 100
/** The centre gets one look in five; the supervisor's picture needs no more. */
const LOOKS_PER_REPORT = 5

export interface LevelsDeps {
  clock: Clock
  devices: Pick<Devices, 'meter'>
  calls(): readonly Call[]
  line(): Pick<SipLine, 'streams'> | undefined
  meterOf(stream: MediaStream): Meter
}

/** How loud it is: in the call in front, and at the microphone that is tried out. Measured only while somebody looks. */
export function createLevels({ clock, devices, calls, line, meterOf }: LevelsDeps): Pick<PhonePort, 'watch'> & { close(): void } {
  const watchers: Record<Watched, Set<(levels: Levels) => void>> = { call: new Set(), microphone: new Set() }
  const ends: Partial<Record<Watched, () => void>> = {}
  let meters:
    | { local: MediaStreamTrack | undefined; remote: MediaStreamTrack | undefined; out?: Meter | undefined; in?: Meter | undefined }
    | undefined

  function stop(): void {
    meters?.out?.stop()
    meters?.in?.stop()
    meters = undefined
  }

  function follow(call: Call | undefined): void {
    const streams = call && call.phase !== 'ended' ? line()?.streams(call.callId) : undefined
    const [local, remote] = [streams?.local?.getAudioTracks()[0], streams?.remote?.getAudioTracks()[0]]
    if (!streams || (!local && !remote)) {
      stop()
      return
    }
    // Another track is another meter: a chosen or re-plugged microphone keeps the stream and changes the track.
    if (meters && meters.local === local && meters.remote === remote) return
    stop()
    meters = {
      local,
      remote,
      out: local && streams.local ? meterOf(streams.local) : undefined,
      in: remote && streams.remote ? meterOf(streams.remote) : undefined
    }
  }

  const start: Record<Watched, () => () => void> = {
    call() {
      const end = repeat(clock, LEVEL_MS, () => {
        follow(frontOf(calls()))
        // A gated track is silent in its stream, so this is what really leaves.
        const now = { ...SILENCE, out: meters?.out?.read() ?? 0, in: meters?.in?.read() ?? 0 }
        for (const tell of watchers.call) tell(now)
      })
      return () => {
        end()
        stop()
      }
    },
    microphone: () =>
      devices.meter((microphone) => {
        for (const tell of watchers.microphone) tell({ ...SILENCE, microphone })
      })
  }

  return {
    watch(what, listener) {
      watchers[what].add(listener)
      ends[what] ??= start[what]()
      return () => {
        watchers[what].delete(listener)
        if (watchers[what].size > 0) return
        ends[what]?.()
        delete ends[what]
      }
    },
    close() {
      ends.call?.()
      ends.microphone?.()
    }
  }
}

/** The call in front: one that is being answered or up, else one on hold, else one just ended. Ringing ones are offers. */
export function frontOf(calls: readonly Call[]): Call | undefined {
  const live = calls.filter(isLive).toSorted((one, other) => other.turnedToAt - one.turnedToAt)
  return live.find(canTalk) ?? live[0] ?? calls.find((call) => call.phase === 'ended' && call.answeredAt !== undefined)
}

export interface QualityDeps {
  clock: Clock
  line(): Pick<SipLine, 'stats'> | undefined
  calls(): readonly Call[]
  /** The looks by call id, whenever one changed. */
  show(looks: Record<string, CallLook>): void
  /** Now and then in a call. */
  report(call: Call, sample: QualitySample): void
  /** Once, when a call is over. */
  record(call: Call, quality: CallQuality): void
}

/** Looks at every call's media every two seconds (W3C webrtc-stats). */
export function createQualityWatch(deps: QualityDeps): { settle(before: readonly Call[]): void; close(): void } {
  const meters = new Map<string, { meter: CallQualityMeter; looks: number; shown: CallLook }>()
  const show = () => deps.show(Object.fromEntries([...meters].map(([callId, { shown }]) => [callId, shown])))

  async function look(call: Call): Promise<void> {
    const stats = await deps.line()?.stats(call.callId)
    // Over while it was being looked at: its record is told already, and a second one would take its place.
    if (!stats || !deps.calls().some((now) => now.callId === call.callId && isLive(now))) return
    const one = meters.get(call.callId) ?? { meter: createCallQuality(), looks: 0, shown: { at: 0, warnings: [] } }
    const held = call.phase === 'held' || call.phase === 'holding'
    const at = deps.clock.now()
    const { sample } = one.meter.look({
      stats: [...stats.values()],
      at,
      expectsOut: !held && !call.muted && !call.heldByFarEnd,
      expectsIn: !held && !call.heldByFarEnd
    })
    const { mos, rttMs, jitterMs, lossRatio, codec } = sample
    one.shown = { at, mos, rttMs, jitterMs, lossRatio, codec: codec?.name, warnings: one.meter.warnings() }
    one.looks++
    meters.set(call.callId, one)
    if (one.looks % LOOKS_PER_REPORT === 0) deps.report(call, sample)
  }

  const end = repeat(deps.clock, QUALITY_MS, () => {
    const up = deps.calls().filter((call) => isLive(call) && call.answeredAt !== undefined && call.phase !== 'ending')
    if (up.length === 0) return
    void Promise.all(up.map((call) => look(call).catch((error: unknown) => console.warn('a call could not be measured', error)))).then(show)
  })
  return {
    /** Tells the record of calls that are over now. */
    settle(calls) {
      for (const call of calls) {
        const one = call.phase === 'ended' ? meters.get(call.callId) : undefined
        if (!one) continue
        meters.delete(call.callId)
        const quality = one.meter.record()
        if (quality) deps.record(call, quality)
        show()
      }
    },
    close: end
  }
}
