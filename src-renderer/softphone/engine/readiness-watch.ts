import { isLive } from '../call/call.ts'
import type { SipLine } from '../call/line.ts'
import type { Devices } from '../media/devices.ts'
import type { PhoneView, Readiness } from '../port/port.ts'
import { type Clock, repeat } from './clock.ts'
import type { EngineHost } from './host.ts'
import { keepTold } from './latest.ts'
import type { ProbeResult } from './probe.ts'
import { decideReadiness } from './readiness.ts'

/** How often microphone and output are looked at while they are well, and while they are not. */
const LOOK_MS = 60_000
const FAILED_LOOK_MS = 5_000
/** The desk takes a phone that is silent for 40 s as gone. */
const HEARTBEAT_MS = 15_000
const TICK_MS = 1_000

export interface ReadinessDeps {
  host: Pick<EngineHost, 'readiness' | 'refused'>
  clock: Clock
  view(): PhoneView
  line(): Pick<SipLine, 'streams'> | undefined
  probe(): Promise<ProbeResult>
  devices: Pick<Devices, 'tell' | 'view'>
  /** False: the phone is not wanted, so the microphone is left alone. */
  wanted(): boolean
  show(readiness: Readiness): void
}

/** Finds out whether this phone can take calls, and tells the desk. */
export interface ReadinessWatch {
  /** Looks at microphone and output now. */
  look(): Promise<void>
  /** Something that matters may have changed. */
  settle(): void
  close(): void
}

export function createReadiness(deps: ReadinessDeps): ReadinessWatch {
  const { host, clock } = deps
  let probe: { at: number; result: ProbeResult } | undefined
  let looking: Promise<void> | undefined
  let shown: Readiness = deps.view().readiness
  let toldAt = Number.NEGATIVE_INFINITY
  let plugged = ''
  let closed = false
  const told = keepTold<Readiness>(
    (one) => host.readiness(one),
    (error) => host.refused(error),
    clock
  )

  function speaking(): { live: boolean } | undefined {
    const call = deps.view().state.calls.find((one) => isLive(one) && one.answeredAt !== undefined)
    const track = call && deps.line()?.streams(call.callId).local?.getAudioTracks()[0]
    return track && { live: track.readyState === 'live' && !track.muted }
  }

  function settle(): void {
    if (closed) return
    const { account, state } = deps.view()
    if (account === 'none') return
    const { registration, since } = state.line
    const now = clock.now()
    const next = decideReadiness({ account, registration, since, doNotDisturb: state.doNotDisturb, probe, speaking: speaking() }, now)
    const same = next.ready === shown.ready && (next.ready || shown.ready || next.cause === shown.cause)
    if (!same) {
      shown = next
      deps.show(next)
    }
    if (same && now - toldAt < HEARTBEAT_MS) return
    toldAt = now
    told.set(next)
  }

  function look(): Promise<void> {
    looking ??= deps
      .probe()
      .then((result) => {
        if (closed) return
        probe = { at: clock.now(), result }
        deps.devices.tell(result.live || !isMicrophone(result.problem) ? undefined : result.problem)
      })
      .finally(() => {
        looking = undefined
        settle()
      })
    return looking
  }

  function due(): boolean {
    if (!deps.wanted() || looking || speaking() || deps.view().account !== 'ready') return false
    const { microphones, outputs } = deps.devices.view
    const now = [...microphones, ...outputs].map(({ deviceId }) => deviceId).join()
    const replugged = now !== plugged
    plugged = now
    if (!probe || replugged) return true
    return clock.now() - probe.at >= (probe.result.live ? LOOK_MS : FAILED_LOOK_MS)
  }

  const end = repeat(clock, TICK_MS, () => {
    if (due()) void look()
    settle()
  })
  return {
    look,
    settle,
    close() {
      closed = true
      end()
      told.close()
    }
  }
}

const isMicrophone = (cause: string): cause is `microphone-${'denied' | 'missing' | 'busy'}` =>
  cause === 'microphone-denied' || cause === 'microphone-missing' || cause === 'microphone-busy'
