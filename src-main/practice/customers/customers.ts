import type { PracticePrompt } from '../../../src-shared/contract/desk.ts'
import type { Customer as CustomerFile } from '../../../src-shared/events.ts'
import type { Centre } from '../../centre/centre.ts'
import type { Effect } from '../../centre/port.ts'
import type { Appointment, Clock } from '../clock.ts'
import { about, speakingMs } from '../floor/traffic.ts'
import type { PbxEvent } from '../pbx/port.ts'
import type { Line, Scenario } from '../scenarios/format.ts'
import { hear, type Listening, silence } from './listening.ts'
import type { PracticeMemory, RememberedScript } from './memory.ts'
import { advance, type ScriptInput } from './script.ts'
import { codeWords, visitorSays } from './visitor.ts'

export interface CustomersOptions {
  centre: Pick<Centre, 'contactArrived' | 'customerSaid' | 'customerLeft'>
  clock: Clock
  random: () => number
  scenarios: readonly Scenario[]
  memory: PracticeMemory
  newId: () => string
  /** A voice line, G.711 mu-law. */
  voice(scenarioId: string, lineId: string): Uint8Array
  /** Plays to the agent; resolves when played. A failure is as good as played: the words stand in the transcript. */
  play(callId: string, ulaw: Uint8Array): Promise<void>
  /** A simulated colleague took the customer over. */
  servedBy(personId: string): boolean
  handOver(conversationId: string, personId: string, scenario: Scenario, linesSaid: number): void
  /** A customer's file, by id. */
  fileOf(customerId: string): CustomerFile | undefined
  log(event: string, detail?: Record<string, unknown>): void
}

/** Scripted customers for the people who sit at a desk. */
export interface Customers {
  /**
   * A customer with this scenario makes contact, for this person. Returns the conversation's id.
   *
   * @param frontDesk whether they come by the front desk; `to_person`: and want a person in the end, whatever it did for them
   */
  arrive(scenario: Scenario, channel: 'voice' | 'chat', personId: string, frontDesk?: boolean | 'to_person'): string
  /** A one-time code came to a customer's phone. */
  codeCame(customerId: string, code: string): void
  effect(effect: Effect): void
  phone(event: PbxEvent): void
  /** What the scenario gives this person to say next, once the customer has begun and while this person serves them. */
  prompt(conversationId: string, personId: string): PracticePrompt['prompt']
  /**
   * After a restart: customers of conversations that are still open go on, others are forgotten. Whose script is lost leaves, because
   * nobody would speak for them.
   */
  resume(open: readonly OpenConversation[]): void
}

/** What must be known of a conversation that is open at a start. */
export interface OpenConversation {
  conversationId: string
  state: string
  owner?: string | undefined
  /** Served by the simulated floor. */
  background: boolean
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
  /** Counts the lines begun and broken off, so that the end of an old one is not taken for the end of the new one. */
  line: number
  /** What the agent wrote meanwhile; answered when the line is out. */
  unanswered: string
  waiting?: Appointment | undefined
  /** How often the front desk has been told what they want. */
  wishes: number
  code?: string | undefined
  /** A person had the code sent, and it was not told yet. */
  codeDue?: Appointment | undefined
  /** They want a person whatever the front desk did for them. */
  toPerson: boolean
}

/** A caller whom nobody answers for this long hangs up. */
const GIVES_UP_MS = 180_000
const LEAVES_AFTER_MS = 3_000
/** Who is asked tells the code after a look at their phone; who is not asks nobody and tells it later. */
const CODE_ASKED_MS = 2_500
const CODE_UNASKED_MS = 15_000
const ASKS_CODE = /code|number|digits|验证码|驗證碼|短信|簡訊|数字|數字/iu
/** Playing may stand still while a call is on hold; after this long the customer goes on whatever the player says. */
const PLAY_LIMIT_MS = 120_000

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

  const leaveSoon = (customer: Customer) =>
    wait(customer, about(LEAVES_AFTER_MS, random), () => centre.customerLeft(customer.script.conversationId))

  function react(customer: Customer, input: ScriptInput): void {
    if (customer.speaking && input.type === 'answer') customer.unanswered = `${customer.unanswered} ${input.text}`
    if (customer.speaking || !customer.servedBy) return
    // Whatever the agent says to somebody who has not spoken yet is a greeting.
    const taken: ScriptInput = customer.script.begun ? input : { type: 'begin' }
    const outcome = advance(customer.scenario, customer.script, taken)
    const moved = outcome.state.step !== customer.script.step || outcome.state.nudged !== customer.script.nudged || taken.type === 'begin'
    if (!moved) return
    customer.script = { ...customer.script, ...outcome.state, begun: true }
    customer.listening = silence()
    memory.keep(customer.script)
    const then = () => {
      customer.speaking = false
      if (outcome.done) return leaveSoon(customer)
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
    const { conversationId, channel } = customer.script
    customer.speaking = true
    customer.line += 1
    if (channel === 'chat') {
      wait(customer, about(Math.min(6_000, 900 + line.text.length * 25), random), () => {
        centre.customerSaid(conversationId, line.text)
        then()
      })
      return
    }
    wait(customer, about(600, random), () => {
      centre.customerSaid(conversationId, line.text)
      const { callId, line: mine } = customer
      if (!callId) return wait(customer, speakingMs(line.text), then) // nobody to play to: time passes all the same
      const done = () => {
        if (customers.get(conversationId) !== customer || customer.line !== mine) return
        customer.line += 1
        then()
      }
      wait(customer, PLAY_LIMIT_MS, done)
      void speak(callId, customer, line)
        .catch((error: unknown) => {
          options.log('practice.play-failed', { error: String(error) })
          return new Promise<void>((resolve) => clock.at(clock.now() + speakingMs(line.text), resolve))
        })
        .then(done)
    })
  }
  const speak = async (callId: string, customer: Customer, line: Line) =>
    options.play(callId, options.voice(customer.script.scenarioId, line.id))

  const breakOff = (customer: Customer) => {
    customer.speaking = false
    customer.line += 1
    customer.unanswered = ''
    customer.waiting?.cancel()
  }

  /** Somebody is there: begin, or go on where the customer stood. */
  function served(customer: Customer, personId: string): void {
    customer.servedBy = personId
    breakOff(customer)
    if (options.servedBy(personId)) {
      const { begun, step } = customer.script
      options.handOver(customer.script.conversationId, personId, customer.scenario, begun ? step + 1 : 0)
      forget(customer.script.conversationId)
      return
    }
    if (!customer.script.begun) {
      // A caller lets the agent greet first.
      if (customer.script.channel === 'voice') wait(customer, 2_000, () => react(customer, { type: 'begin' }))
      return
    }
    // Back on the line a caller asks soon whether somebody is there; who writes sees the other one read first.
    const patienceMs = customer.script.channel === 'voice' ? 2_500 : customer.scenario.steps[customer.script.step]?.patienceMs
    if (patienceMs !== undefined) wait(customer, patienceMs, () => react(customer, { type: 'patience' }))
    else leaveSoon(customer)
  }

  function begin(script: RememberedScript, scenario: Scenario, toPerson = false): Customer {
    const customer: Customer = { script, scenario, listening: silence(), speaking: false, line: 0, unanswered: '', wishes: 0, toPerson }
    customers.set(script.conversationId, customer)
    memory.keep(script)
    return customer
  }

  /** At the front desk: what it waits for is said after a moment of reading and typing. */
  function visit(customer: Customer, { awaits }: Extract<Effect, { type: 'frontDeskSaid' }>): void {
    const { scenario, script } = customer
    const text = visitorSays({
      awaits,
      scenario,
      customer: options.fileOf(scenario.customerId),
      code: customer.code,
      wishes: customer.wishes,
      toPerson: customer.toPerson,
      random
    })
    if (text === undefined) return
    if (awaits === 'wish') customer.wishes += 1
    wait(customer, about(1_500 + text.length * 40, random), () => {
      if (text === scenario.opening.text && !customer.script.begun) {
        customer.script = { ...customer.script, begun: true }
        memory.keep(customer.script)
      }
      giveUpLater(customer)
      centre.customerSaid(script.conversationId, text)
    })
  }

  /** The code that came is told once; on a call it is said, though no voice was recorded for it. */
  function tellCode(customer: Customer, ms: number): void {
    const { conversationId } = customer.script
    customer.codeDue?.cancel()
    customer.codeDue = clock.at(clock.now() + about(ms, random), () => {
      customer.codeDue = undefined
      if (customers.get(conversationId) !== customer || !customer.servedBy || customer.code === undefined) return
      centre.customerSaid(conversationId, codeWords(customer.scenario.language, customer.code))
      customer.code = undefined
    })
  }

  return {
    arrive(scenario, channel, personId, frontDesk = false) {
      const conversationId = options.newId()
      const script = { conversationId, scenarioId: scenario.id, channel, personId, step: 0, nudged: false, begun: false }
      const customer = begin(script, scenario, frontDesk === 'to_person')
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
          reservedFor: personId,
          frontDesk: frontDesk !== false
        })
      } catch (error) {
        forget(conversationId)
        throw error
      }
      // Whom the front desk has greeted already says what they want in answer to that.
      if (customer.waiting) return conversationId
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
        case 'frontDeskSaid':
          return visit(customer, effect)
        case 'agentSaid':
          if (customer.codeDue && ASKS_CODE.test(effect.text)) return tellCode(customer, CODE_ASKED_MS)
          return react(customer, { type: 'answer', text: effect.text })
        case 'requeued':
          customer.servedBy = undefined
          customer.callId = undefined
          breakOff(customer)
          return giveUpLater(customer)
        case 'conversationEnded':
          return forget(effect.conversationId)
        case 'hangUp':
        case 'offered':
        case 'recording':
        case 'bank':
        case 'bank-activity':
          return
      }
    },
    codeCame(customerId, code) {
      for (const customer of customers.values()) {
        if (customer.scenario.customerId !== customerId) continue
        customer.code = code
        if (customer.servedBy) tellCode(customer, CODE_UNASKED_MS)
      }
    },
    phone(event) {
      const customer = 'conversationId' in event ? customers.get(event.conversationId) : undefined
      if (!customer) return
      if (event.type === 'parked') {
        // Whoever waits to music says nothing, and not for ever.
        breakOff(customer)
        return giveUpLater(customer)
      }
      if (event.type === 'retrieved') return served(customer, event.user)
      if (event.type !== 'heard' || customer.speaking) return
      const heard = hear(customer.listening, event.rms)
      customer.listening = heard.state
      if (heard.paused) react(customer, { type: 'paused' })
    },
    prompt(conversationId, personId) {
      const customer = customers.get(conversationId)
      if (!customer?.script.begun || customer.servedBy !== personId) return undefined
      // A good agent's lines answer the steps one by one.
      const { agentPrompts } = customer.scenario
      const text = agentPrompts[customer.script.step]
      return text === undefined ? undefined : { text, place: customer.script.step + 1, of: agentPrompts.length }
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
      for (const { conversationId, state, owner, background } of open) {
        if (background || state === 'wrap-up' || customers.has(conversationId)) continue
        if (owner === undefined || !options.servedBy(owner)) centre.customerLeft(conversationId)
      }
    }
  }
}
