import type { Call } from '../call/state.ts'
import { decideHeadset, type HeadsetEffect, type HeadsetInput, headsetView, NEW_HEADSET } from './decide-headset.ts'
import type { HeadsetDriver, HeadsetStatus, OpenHeadsetDriver } from './port.ts'

/** What a person asked for with the buttons of a headset. `answer` is to take the offer too, where the centre made one. */
export type HeadsetIntent = Extract<HeadsetEffect, { type: 'ask' }>['intent']

export interface HeadsetDeps {
  /** Ways to reach headsets, tried in this order; the code of each is fetched when a name may suit it for the first time. */
  drivers: readonly { maySuit(label: string): boolean; load(): Promise<OpenHeadsetDriver> }[]
  /** The calls as they are. */
  calls(): readonly Call[]
  /** Does what was asked. The calls are shown to the headset after it, whatever came of it. */
  ask(intent: HeadsetIntent): void
  status(status: HeadsetStatus): void
  /** Epoch ms. */
  now(): number
}

export interface Headset {
  readonly status: HeadsetStatus
  /**
   * Looks for the headset of the microphone with this label; empty: lets go of the one there is.
   * @param asks from the click of a button only: the browser asks which headset may be used
   */
  connect(microphoneLabel: string, asks: boolean): Promise<HeadsetStatus>
  /** The calls changed. */
  follow(): void
  close(): Promise<void>
}

/** One headset beside the phone: what one does shows on the other. Never rejects; what fails is in the status. */
export function createHeadset(deps: HeadsetDeps): Headset {
  let state = NEW_HEADSET
  let status: HeadsetStatus = { state: 'none' }
  let driver: HeadsetDriver | undefined
  const made = new Map<number, HeadsetDriver>()
  /** Orders reach a headset one after the other. */
  let orders = Promise.resolve()
  let turn = 0

  function set(next: HeadsetStatus): void {
    status = next
    deps.status(next)
  }

  function decide(input: HeadsetInput): void {
    const { state: next, effects } = decideHeadset(state, input, deps.now())
    state = next
    for (const effect of effects) {
      if (effect.type === 'tell') tell(effect.order)
      else deps.ask(effect.intent)
    }
    if (effects.some((effect) => effect.type === 'ask')) show()
  }

  function tell(order: Parameters<HeadsetDriver['tell']>[0]): void {
    const to = driver
    if (!to) return
    orders = orders
      .then(() => to.tell(order))
      .catch((error: unknown) => console.warn(`the headset could not be told "${order.type}"`, error))
  }

  const show = () => decide({ type: 'phone', view: headsetView(deps.calls()) })

  async function open(place: number, label: string): Promise<HeadsetDriver | undefined> {
    const there = made.get(place)
    const way = deps.drivers[place]
    if (there || !way?.maySuit(label)) return there
    const one = (await way.load())({
      press(press) {
        if (driver === one) decide({ type: 'press', press })
      },
      status(news) {
        if (driver !== one) return
        const back = news.state === 'connected' && status.state !== 'connected'
        set(news)
        if (back) decide({ type: 'connected' })
      }
    })
    made.set(place, one)
    return one
  }

  async function connect(label: string, asks: boolean): Promise<HeadsetStatus> {
    const mine = ++turn
    const before = driver
    driver = undefined
    await before?.disconnect().catch((error: unknown) => console.warn('the headset could not be let go', error))
    if (mine !== turn) return status
    set(label === '' ? { state: 'none' } : { state: 'connecting', name: label })
    if (label === '') return status
    let best: HeadsetStatus = { state: 'none' }
    let mayAsk = asks
    for (let place = 0; place < deps.drivers.length; place++) {
      const came = await attempt(place, label, mayAsk, () => mine === turn)
      if (mine !== turn) return status
      if (came.state === 'connected') {
        driver = made.get(place)
        set(came)
        decide({ type: 'connected' })
        return status
      }
      if (came.state === 'none') continue
      best = came
      mayAsk = false // one question is enough
    }
    set(best)
    return status
  }

  async function attempt(place: number, label: string, asks: boolean, isWanted: () => boolean): Promise<HeadsetStatus> {
    try {
      const one = await open(place, label)
      if (!one || !isWanted() || !(await one.suits(label))) return { state: 'none' }
      const came = await one.connect(label, asks)
      if (!isWanted() && came.state === 'connected') await one.disconnect()
      return came
    } catch (error) {
      return { state: 'failed', name: label, detail: error instanceof Error ? error.message : String(error) }
    }
  }

  return {
    get status() {
      return status
    },
    connect,
    follow: show,
    async close() {
      await connect('', false)
    }
  }
}
