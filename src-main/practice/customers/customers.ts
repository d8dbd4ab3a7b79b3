import type { Centre } from '../../centre/centre.ts'
import type { Effect } from '../../centre/port.ts'
import type { Appointment, Clock } from '../clock.ts'
import { about, speakingMs } from '../floor/traffic.ts'
import type { PbxEvent } from '../pbx/port.ts'
import type { Line, Scenario } from '../scenarios/format.ts'
import { hear, type Listening, silence } from './listening.ts'
import type { PracticeMemory, RememberedScript } from './memory.ts'
import { advance, type ScriptInput } from './script.ts'

export interface CustomersOptions {
  centre: Pick<Centre, 'contactArrived' | 'customerSaid' | 'customerLeft'>
  clock: Clock
  random: () => number
  scenarios: readonly Scenario[]
  memory: PracticeMemory
  newId: () => string
  /** A voice line, G.711 mu-law. */
  voice(scenarioId: string, lineId: string): Uint8Array
  /** Plays to the agent; resolves when played. */
  play(callId: string, ulaw: Uint8Array): Promise<void>
  /** A simulated colleague took the customer over. */
  servedBy(personId: string): boolean
  handOver(conversationId: string, personId: string, scenario: Scenario): void
}

/** Scripted customers for the people who sit at a desk. */
export interface Customers {
  /** A customer with this scenario makes contact, for this person. Returns the conversation's id. */
  arrive(scenario: Scenario, channel: 'voice' | 'chat', personId: string): string
  effect(effect: Effect): void
  phone(event: PbxEvent): void
  /** After a restart: customers of conversations that are still open go on, others are forgotten. */
  resume(open: readonly { conversationId: string; state: string; owner?: string | undefined }[]): void
}

interface Customer {
  script: RememberedScript
  scenario: Scenario
  /** Who serves them now. */
  servedBy?: string | undefined
  callId?: string | undefined
  listening: Listening
  /** A line is on its way or being spoken. */
  speaking: boolean
  /** What the agent wrote meanwhile; answered when the line is out. */
  unanswered: string
  waiting?: Appointment | undefined
}

/** A caller whom nobody answers for this long hangs up. */
const GIVES_UP_MS = 180_000
const LEAVES_AFTER_MS = 3_000

export function createCustomers(options: CustomersOptions): Customers {
  const { clock, random, memory, centre } = options
  const scenarios = new Map(options.scenarios.map((scenario) => [scenario.id, scenario]))
  const customers = new Map<string, Customer>()

  const wait = (customer: Customer, ms: number, run: () => void) => {
    customer.waiting?.cancel()
    customer.waiting = clock.at(clock.now() + ms, () => {
      if (customers.get(customer.script.conversationId) === customer) run()
    })
  }
  const forget = (conversationId: string) => {
    customers.get(conversationId)?.waiting?.cancel()
    customers.delete(conversationId)
    memory.forget(conversationId)
  }
  const giveUpLater = (customer: Customer) =>
    wait(customer, about(GIVES_UP_MS, random), () => centre.customerLeft(customer.script.conversationId))

  function react(customer: Customer, input: ScriptInput): void {
    if (customer.speaking && input.type === 'answer') customer.unanswered = `${customer.unanswered} ${input.text}`
    if (customer.speaking || !customer.servedBy) return
    const outcome = advance(customer.scenario, customer.script, input)
    const moved = outcome.state.step !== customer.script.step || outcome.state.nudged !== customer.script.nudged || input.type === 'begin'
    if (!moved) return
    customer.script = { ...customer.script, ...outcome.state, begun: true }
    customer.listening = silence()
    memory.keep(customer.script)
    const then = () => {
      customer.speaking = false
      if (outcome.done) return wait(customer, about(LEAVES_AFTER_MS, random), () => centre.customerLeft(customer.script.conversationId))
      const patienceMs = outcome.patienceMs
      if (patienceMs !== undefined) wait(customer, patienceMs, () => react(customer, { type: 'patience' }))
      const text = customer.unanswered
      customer.unanswered = ''
      if (text) react(customer, { type: 'answer', text })
    }
    if (outcome.say) say(customer, outcome.say, then)
    else then()
  }

  function say(customer: Customer, line: Line, then: () => void): void {
    const { conversationId, channel, scenarioId } = customer.script
    customer.speaking = true
    if (channel === 'chat') {
      wait(customer, about(Math.min(6_000, 900 + line.text.length * 25), random), () => {
        centre.customerSaid(conversationId, line.text)
        then()
      })
      return
    }
    wait(customer, about(600, random), () => {
      centre.customerSaid(conversationId, line.text)
      if (!customer.callId) return wait(customer, speakingMs(line.text), then) // nobody to play to: time passes all the same
      void options.play(customer.callId, options.voice(scenarioId, line.id)).then(() => {
        if (customers.get(conversationId) === customer) then()
      })
    })
  }

  /** Somebody is there: begin, or go on where the customer stood. */
  function served(customer: Customer, personId: string): void {
    customer.servedBy = personId
    customer.speaking = false
    customer.waiting?.cancel()
    if (options.servedBy(personId)) {
      options.handOver(customer.script.conversationId, personId, customer.scenario)
      forget(customer.script.conversationId)
      return
    }
    if (!customer.script.begun) {
      // A caller lets the agent greet first.
      if (customer.script.channel === 'voice') wait(customer, 2_000, () => react(customer, { type: 'begin' }))
      return
    }
    wait(customer, customer.script.channel === 'voice' ? 2_500 : 8_000, () => react(customer, { type: 'patience' }))
  }

  function begin(script: RememberedScript, scenario: Scenario): Customer {
    const customer: Customer = { script, scenario, listening: silence(), speaking: false, unanswered: '' }
    customers.set(script.conversationId, customer)
    memory.keep(script)
    return customer
  }

  return {
    arrive(scenario, channel, personId) {
      const conversationId = options.newId()
      const customer = begin({ conversationId, scenarioId: scenario.id, channel, personId, step: 0, nudged: false, begun: false }, scenario)
      try {
        centre.contactArrived({
          conversationId,
          customerId: scenario.customerId,
          channel,
          queue: scenario.queue,
          language: scenario.language,
          reason: scenario.reason,
          priority: scenario.priority,
          intent: scenario.intent,
          alert: scenario.alert,
          reservedFor: personId
        })
      } catch (error) {
        forget(conversationId)
        throw error
      }
      giveUpLater(customer)
      if (channel === 'chat') {
        // Who writes has written the first line when the offer comes.
        customer.script = { ...customer.script, begun: true }
        memory.keep(customer.script)
        centre.customerSaid(conversationId, scenario.opening.text)
      }
      return conversationId
    },
    effect(effect) {
      if (!('conversationId' in effect)) return
      const customer = customers.get(effect.conversationId)
      if (!customer) return
      switch (effect.type) {
        case 'ring':
          customer.callId = effect.callId
          return
        case 'assigned':
          return served(customer, effect.personId)
        case 'agentSaid':
          return react(customer, { type: 'answer', text: effect.text })
        case 'requeued':
          customer.servedBy = undefined
          customer.callId = undefined
          customer.speaking = false
          return giveUpLater(customer)
        case 'conversationEnded':
          return forget(effect.conversationId)
        case 'hangUp':
        case 'offered':
          return
      }
    },
    phone(event) {
      if (event.type !== 'heard') return
      const customer = customers.get(event.conversationId)
      if (!customer || customer.speaking) return
      const heard = hear(customer.listening, event.rms)
      customer.listening = heard.state
      if (heard.paused) react(customer, { type: 'paused' })
    },
    resume(open) {
      const stillOpen = new Map(open.map((one) => [one.conversationId, one]))
      for (const script of memory.scripts()) {
        const scenario = scenarios.get(script.scenarioId)
        const now = stillOpen.get(script.conversationId)
        if (!scenario || !now || now.state === 'wrap-up') {
          memory.forget(script.conversationId)
          continue
        }
        const customer = begin(script, scenario)
        // A caller whose line was lost waits for the centre's call back; the centre itself ends what nobody takes back.
        if (now.state !== 'active') giveUpLater(customer)
        else if (script.channel === 'chat' && now.owner) served(customer, now.owner)
      }
    }
  }
}
