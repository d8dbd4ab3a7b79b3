import { parseParameters, SipSyntaxError } from './address.ts'
import type { HeaderLine } from './compose.ts'
import { header, type SipRequest, type SipResponse, tokens } from './message.ts'
import type { Timers } from './timers.ts'

/** Session timers (RFC 4028): a dialog that neither side refreshes in time is over, so a call whose other end died does not last for ever. */
export interface SessionOptions {
  /** The shortest interval taken; the RFC's least is 90. */
  minSeconds: number
  /** Asked for in calls that we place; absent: only what phones ask for. */
  seconds?: number | undefined
  /** Who shall refresh those: we (`uac`) or the phone (`uas`); absent: the phone decides. */
  refresher?: 'uac' | 'uas' | undefined
}

export interface SessionTimer {
  /** Headers for a request of ours that begins or refreshes the session. */
  wish(): HeaderLine[]
  /** The final response to such a request. */
  answered(response: SipResponse): void
  /** A 422 asks for a longer interval, which is wished for from now on; false when it is no longer than the one before. */
  raised(response: SipResponse): boolean
  /** Takes what an INVITE or UPDATE asks for; headers for its 2xx. */
  take(request: SipRequest): HeaderLine[]
  stop(): void
}

export interface SessionActions {
  /** Sends a refresh; `answered` is called with its response. Undefined: it reached nobody. */
  refresh(): Promise<unknown>
  expired(): void
}

interface Interval {
  seconds: number
  refresher: 'uac' | 'uas' | undefined
}

function readInterval(message: SipRequest | SipResponse): Interval | undefined {
  const value = header(message, 'session-expires')
  if (value === undefined) return undefined
  const match = /^\s*(\d{1,9})\s*(;.*)?$/.exec(value)
  if (!match?.[1]) throw new SipSyntaxError('bad Session-Expires')
  const refresher = parseParameters(match[2] ?? '')
    .get('refresher')
    ?.toLowerCase()
  return { seconds: Number(match[1]), refresher: refresher === 'uac' || refresher === 'uas' ? refresher : undefined }
}

/** The Min-SE of a 422 when a request asks for less than we take (RFC 4028, section 9). Throws SipSyntaxError for a broken header. */
export function intervalRefusal(request: SipRequest, minSeconds: number): HeaderLine | undefined {
  const asked = request.method === 'INVITE' || request.method === 'UPDATE' ? readInterval(request) : undefined
  return asked && asked.seconds < minSeconds ? ['Min-SE', String(minSeconds)] : undefined
}

export function createSessionTimer(options: SessionOptions, timers: Timers, actions: SessionActions): SessionTimer {
  let current: { seconds: number; ours: boolean } | undefined
  let minSeconds = options.minSeconds
  let stopRefresh: () => void = () => undefined
  let stopExpiry: () => void = () => undefined

  const stop = (): void => {
    stopRefresh()
    stopExpiry()
    current = undefined
  }
  const refreshAfter = (ms: number): void => {
    stopRefresh = timers.after(ms, () => {
      const before = current
      void actions.refresh().then(() => {
        // Not refreshed: the socket may be back before the interval is over.
        if (before && current === before) refreshAfter(Math.min(10_000, before.seconds * 125))
      })
    })
  }
  const arm = (seconds: number, ours: boolean): void => {
    stop()
    current = { seconds, ours }
    if (ours) refreshAfter(seconds * 500)
    // Section 10: a little before the interval is over.
    stopExpiry = timers.after((seconds - Math.min(32, seconds / 3)) * 1_000, actions.expired)
  }
  const timer: SessionTimer = {
    wish() {
      const seconds = Math.max(minSeconds, current?.seconds ?? options.seconds ?? 0)
      if (!current && options.seconds === undefined) return []
      const refresher = current ? (current.ours ? 'uac' : 'uas') : options.refresher
      return [
        ['Session-Expires', `${seconds}${refresher === undefined ? '' : `;refresher=${refresher}`}`],
        ['Min-SE', String(minSeconds)]
      ]
    },
    answered(response) {
      if (response.status === 422) timer.raised(response)
      if (response.status < 200 || response.status >= 300) return
      const agreed = readInterval(response)
      // A phone that does not know session timers says nothing of them: then there is none (section 7.2).
      if (agreed) arm(agreed.seconds, agreed.refresher !== 'uas')
      else stop()
    },
    raised(response) {
      const least = /^\s*(\d{1,9})/.exec(header(response, 'min-se') ?? '')?.[1]
      if (least === undefined || Number(least) <= Math.max(minSeconds, current?.seconds ?? options.seconds ?? 0)) return false
      minSeconds = Number(least)
      return true
    },
    take(request) {
      const asked = readInterval(request)
      if (!asked) {
        stop()
        return []
      }
      const knows = tokens(request, 'supported').includes('timer')
      const refresher = asked.refresher ?? (knows ? 'uac' : 'uas')
      arm(asked.seconds, refresher === 'uas')
      const lines: HeaderLine[] = [['Session-Expires', `${asked.seconds};refresher=${refresher}`]]
      return knows ? [...lines, ['Require', 'timer']] : lines
    },
    stop
  }
  return timer
}
