import type { DeskState } from '../desk.svelte.ts'
import { locale } from '../text/catalogue.svelte.ts'
import { firstCall } from './steps.ts'

/** How long the centre may take to make somebody available before the guide says that something is wrong. */
const AVAILABLE_MS = 8_000

/** Turns available, then asks the practice centre for a first call. */
export class FirstCall {
  state = $state<'ready' | 'starting' | 'late' | 'none'>('ready')
  readonly #desk: DeskState

  constructor(desk: DeskState) {
    this.#desk = desk
  }

  /** Gives whether a customer is on the way. */
  async start(): Promise<boolean> {
    if (this.state === 'starting') return false
    this.state = 'starting'
    const { client } = this.#desk
    const view = await this.#desk.attempt(() => client.practice.view())
    const scenario = view && firstCall(view.scenarios, locale())
    if (!scenario) {
      this.state = view ? 'none' : 'ready'
      return false
    }
    if (this.#desk.presence.data?.presence !== 'available') {
      const set = await this.#desk.attempt(() => client.inbox.setPresence({ presence: 'available' }))
      if (!set || !(await this.#available())) {
        this.state = set ? 'late' : 'ready'
        return false
      }
    }
    const started = await this.#desk.attempt(() => client.practice.start({ scenarioId: scenario.scenarioId, channel: 'voice' }))
    this.state = 'ready'
    return started !== undefined
  }

  /** Waits until the centre says so; the command alone is only a wish. */
  #available(): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (ok: boolean) => {
        clearTimeout(timer)
        stop()
        resolve(ok)
      }
      const timer = setTimeout(() => finish(false), AVAILABLE_MS)
      const stop = $effect.root(() => {
        $effect(() => {
          if (this.#desk.presence.data?.presence === 'available') queueMicrotask(() => finish(true))
        })
      })
    })
  }
}
