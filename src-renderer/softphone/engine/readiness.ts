import type { Registration } from '../call/state.ts'
import type { PhoneView, Readiness } from '../port/port.ts'
import type { ProbeResult } from './probe.ts'

export interface ReadinessInputs {
  account: PhoneView['account']
  registration: Registration
  /** Since when the registration is as it is, epoch ms. */
  since: number
  doNotDisturb: boolean
  /** The last look at microphone and output. */
  probe?: { at: number; result: ProbeResult } | undefined
  /** A call is up: whether its microphone track gives a signal. It counts instead of a probe, which would open a second microphone. */
  speaking?: { live: boolean } | undefined
}

/** How long getting registered may take before it counts as failing: a first try over a slow line, TLS and digest. */
const REGISTERING_MS = 5_000
/** Two looks missed: what was seen then says nothing about now. */
export const PROBE_STALE_MS = 150_000

/**
 * Whether calls can be taken: the registrar has confirmed (and answered the last probe of the line: else the registration would not be),
 * the microphone gives a live signal, and there is something to hear with. Pure.
 */
export function decideReadiness(inputs: ReadinessInputs, now: number): Readiness {
  const not = (cause: Extract<Readiness, { ready: false }>['cause']): Readiness => ({ ready: false, cause })
  const { account, registration, since, doNotDisturb, probe, speaking } = inputs
  if (account === 'loading') return not('checking')
  if (account !== 'ready') return not('not-registered')
  if (doNotDisturb) return not('do-not-disturb')
  if (registration !== 'registered') {
    const onItsWay = registration === 'connecting' || registration === 'registering'
    return not(onItsWay && now - since < REGISTERING_MS ? 'checking' : 'not-registered')
  }
  if (speaking) return speaking.live ? { ready: true } : not('microphone-silent')
  if (!probe || now - probe.at > PROBE_STALE_MS) return not('checking')
  return probe.result.live ? { ready: true } : not(probe.result.problem)
}
