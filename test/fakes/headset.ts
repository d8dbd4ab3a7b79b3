import type { HeadsetDriver, HeadsetEvents, HeadsetOrder, HeadsetPress, HeadsetStatus } from '../../src-renderer/softphone/headset/port.ts'

/** A headset with levers: what it shows follows from what it was told, as on a real one. */
export interface FakeHeadset extends HeadsetDriver {
  readonly shows: { ringing: boolean; offHook: boolean; muted: boolean; held: boolean }
  readonly orders: HeadsetOrder[]
  /** Labels it was asked for, and whether it might ask for a permission. */
  readonly asked: string[]
  press(press: HeadsetPress): void
  /** What the next `connect` comes to. */
  answer(status: HeadsetStatus['state'] | Error): void
  tellStatus(status: HeadsetStatus): void
}

export function createFakeHeadset(events: HeadsetEvents, suits: (label: string) => boolean = () => true): FakeHeadset {
  const shows = { ringing: false, offHook: false, muted: false, held: false }
  const orders: HeadsetOrder[] = []
  const asked: string[] = []
  let answer: HeadsetStatus['state'] | Error = 'connected'
  return {
    shows,
    orders,
    asked,
    suits: async (label) => suits(label),
    async connect(label, asks) {
      asked.push(`${label} ${asks}`)
      if (answer instanceof Error) throw answer
      if (answer === 'none') return { state: 'none' }
      return answer === 'failed' ? { state: 'failed', name: label, detail: 'broken' } : { state: answer, name: label }
    },
    async tell(order) {
      orders.push(order)
      show(shows, order)
    },
    async disconnect() {
      asked.push('disconnect')
      Object.assign(shows, { ringing: false, offHook: false, muted: false, held: false })
    },
    /** Buttons work on the headset itself first. */
    press(press) {
      if (press.type === 'mute') shows.muted = press.on
      if (press.type === 'hold') shows.held = press.on
      events.press(press)
    },
    answer(next) {
      answer = next
    },
    tellStatus: (status) => events.status(status)
  }
}

/** What an order does to a headset's lamps. */
export function show(shows: { ringing: boolean; offHook: boolean; muted: boolean; held: boolean }, order: HeadsetOrder): void {
  if (order.type === 'ring') shows.ringing = true
  if (order.type === 'stop-ring' || order.type === 'off-hook') shows.ringing = false
  if (order.type === 'off-hook') shows.offHook = true
  if (order.type === 'on-hook' && order.last) Object.assign(shows, { offHook: false, muted: false, held: false })
  if (order.type === 'mute') shows.muted = order.on
  if (order.type === 'hold') shows.held = order.on
}
