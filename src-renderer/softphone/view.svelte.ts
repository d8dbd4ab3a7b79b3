import type { PhoneState } from './call/state.ts'
import { NEW_VIEW, type PhoneView } from './port/port.ts'

/**
 * A phone's view in which each part is a signal of its own: a new measurement of the quality is looked at by whoever shows quality, and by
 * nobody else. A part whose object is the same as before tells nobody anything.
 */
export class ViewSignals implements PhoneView {
  readonly state = new StateSignals()
  account = $state.raw(NEW_VIEW.account)
  setup = $state.raw(NEW_VIEW.setup)
  quality = $state.raw(NEW_VIEW.quality)
  transcripts = $state.raw(NEW_VIEW.transcripts)
  recordings = $state.raw(NEW_VIEW.recordings)
  readiness = $state.raw(NEW_VIEW.readiness)
  devices = $state.raw(NEW_VIEW.devices)
  headset = $state.raw(NEW_VIEW.headset)
  recoverable = $state.raw(NEW_VIEW.recoverable)
  lost = $state.raw(NEW_VIEW.lost)

  /** Becomes what the port shows now. */
  take(view: PhoneView): void {
    this.state.take(view.state)
    this.account = view.account
    this.setup = view.setup
    this.quality = view.quality
    this.transcripts = view.transcripts
    this.recordings = view.recordings
    this.readiness = view.readiness
    this.devices = view.devices
    this.headset = view.headset
    this.recoverable = view.recoverable
    this.lost = view.lost
  }
}

class StateSignals implements PhoneState {
  calls = $state.raw(NEW_VIEW.state.calls)
  line = $state.raw(NEW_VIEW.state.line)
  expected = $state.raw(NEW_VIEW.state.expected)
  doNotDisturb = $state.raw(NEW_VIEW.state.doNotDisturb)
  refused = $state.raw(NEW_VIEW.state.refused)
  parked = $state.raw(NEW_VIEW.state.parked)
  rules = $state.raw(NEW_VIEW.state.rules)

  take(state: PhoneState): void {
    this.calls = state.calls
    this.line = state.line
    this.expected = state.expected
    this.doNotDisturb = state.doNotDisturb
    this.refused = state.refused
    this.parked = state.parked
    this.rules = state.rules
  }
}

/** A list made of another one that stays the same object for as long as it has the same members; for `$derived.by`. */
export function steady<T>(list: () => readonly T[]): () => readonly T[] {
  let last: readonly T[] = []
  return () => {
    const next = list()
    if (next.length !== last.length || next.some((one, index) => one !== last[index])) last = next
    return last
  }
}
