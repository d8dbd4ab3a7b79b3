import type { Dialplan } from '../../src-main/practice/pbx/dialplan.ts'
import type { Pbx, PbxEvent, RingOptions } from '../../src-main/practice/pbx/port.ts'

/** A telephone system with levers: phones are registered, and ring. */
export function fakePbx() {
  const rung: RingOptions[] = []
  const hungUp: string[] = []
  const asked: string[] = []
  const listeners = new Set<(event: PbxEvent) => void>()
  let plan: Dialplan | undefined
  const pbx: Pbx = {
    port: 0,
    recorder: {
      pause(callId, { reason }) {
        asked.push(`pause ${callId} ${reason}`)
        return 'paused'
      },
      resume(callId) {
        asked.push(`resume ${callId}`)
        return 'recording'
      },
      state: () => 'none',
      open: () => {
        throw new Error('nothing is recorded here')
      },
      tellUntold: () => void asked.push('tellUntold'),
      forget: () => 0
    },
    account: (user) => ({ server: '', domain: '', user, secret: '' }),
    isRegistered: () => true,
    ring: (options) => void rung.push(options),
    hangUp: (callId) => void hungUp.push(callId),
    play: () => Promise.resolve(),
    dialTo(dialplan) {
      plan = dialplan
    },
    on(listener) {
      listeners.add(listener)
      return { close: () => listeners.delete(listener) }
    },
    close: () => Promise.resolve()
  }
  return {
    pbx,
    rung,
    hungUp,
    asked,
    dial: (number: string) => plan?.(number, 'agent-lin'),
    tell: (event: PbxEvent) => [...listeners].forEach((one) => void one(event)),
    listeners
  }
}
