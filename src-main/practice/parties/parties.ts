import type { Centre } from '../../centre/centre.ts'
import type { Effect } from '../../centre/port.ts'
import type { Appointment, Clock } from '../clock.ts'
import { hear, type Listening, silence } from '../customers/listening.ts'
import { about } from '../floor/traffic.ts'
import type { Pbx, PbxEvent } from '../pbx/port.ts'
import type { Line, Part, Parties } from '../scenarios/format.ts'
import type { Party } from './numbers.ts'

export interface PartiesOptions {
  pbx: Pick<Pbx, 'play' | 'hangUp'>
  centre: Pick<Centre, 'customerSaid'>
  clock: Clock
  random: () => number
  parties: Parties
  voice(folder: string, lineId: string): Uint8Array
  party(number: string): Party | undefined
  log(event: string, detail?: Record<string, unknown>): void
}

/** Speaks for those whom agents dial: simulated colleagues who are consulted, and customers who are rung up. */
export interface AnsweringParties {
  phone(event: PbxEvent): void
  effect(effect: Effect): void
  /** Whether this simulated colleague is on a call. */
  onCall(personId: string): boolean
}

/**
 * One call:  greeting --(agent spoke and paused)--> reply 1 --> reply 2 ... ; a customer who has said all hangs up, a colleague goes on
 * with the last reply. Silence brings a nudge, twice; then they hang up.
 */
interface Talk {
  callId: string
  conversationId: string
  party: Party
  part: Part
  /** Replies said. */
  said: number
  nudges: number
  listening: Listening
  speaking: boolean
  waiting: Appointment | undefined
}

const PICK_UP_MS = 400
const SILENCE_MS = 15_000
const NUDGES = 2
const LEAVES_MS = 1_200

export function createParties(options: PartiesOptions): AnsweringParties {
  const { pbx, centre, clock, random, parties } = options
  const talks = new Map<string, Talk>()

  const wait = (talk: Talk, ms: number, run: () => void): void => {
    talk.waiting?.cancel()
    talk.waiting = clock.at(clock.now() + ms, () => {
      if (talks.get(talk.callId) === talk) run()
    })
  }
  const hangUp = (talk: Talk): void => wait(talk, about(LEAVES_MS, random), () => pbx.hangUp(talk.callId, 'customer'))
  const nudgeLater = (talk: Talk): void =>
    wait(talk, SILENCE_MS, () => {
      if (talk.nudges >= NUDGES) return hangUp(talk)
      talk.nudges++
      say(talk, talk.part.nudge, () => nudgeLater(talk))
    })

  function say(talk: Talk, line: Line, then: () => void): void {
    const { callId, conversationId, party } = talk
    talk.speaking = true
    talk.waiting?.cancel()
    if (party.role === 'customer' && conversationId !== '') centre.customerSaid(conversationId, line.text)
    speak(callId, party, line)
      .catch((error: unknown) => options.log('practice.play-failed', { error: String(error) }))
      .then(() => {
        if (talks.get(callId) !== talk) return
        talk.speaking = false
        talk.listening = silence()
        then()
      })
  }
  const speak = async (callId: string, { language, role }: Party, { id }: Line): Promise<void> =>
    pbx.play(callId, options.voice(`${language}-${role}`, id))

  function reply(talk: Talk): void {
    const { replies } = talk.part
    const line = replies[talk.said] ?? (talk.party.role === 'colleague' ? replies.at(-1) : undefined)
    if (talk.speaking || !line) return
    talk.said++
    talk.nudges = 0
    const isLast = talk.party.role === 'customer' && talk.said >= replies.length
    say(talk, line, () => (isLast ? hangUp(talk) : nudgeLater(talk)))
  }

  function begin({ callId, conversationId }: { callId: string; conversationId: string }, party: Party): void {
    const part = parties[party.language][party.role]
    const talk: Talk = {
      callId,
      conversationId,
      party,
      part,
      said: 0,
      nudges: 0,
      listening: silence(),
      speaking: false,
      waiting: undefined
    }
    talks.set(callId, talk)
    wait(talk, PICK_UP_MS, () => say(talk, part.opening, () => nudgeLater(talk)))
  }

  return {
    phone(event) {
      if (!('callId' in event)) return
      const talk = talks.get(event.callId)
      switch (event.type) {
        case 'answered': {
          // A call that comes back from hold, park or a reloaded page goes on.
          const party = talk || !event.dialled ? undefined : options.party(event.dialled.number)
          if (party) begin(event, party)
          return
        }
        case 'heard': {
          if (!talk || talk.speaking) return
          const heard = hear(talk.listening, event.rms)
          talk.listening = heard.state
          if (heard.paused) reply(talk)
          return
        }
        case 'held':
        case 'parked':
          // Nobody is asked whether they are there while they hear music.
          talk?.waiting?.cancel()
          return
        case 'resumed':
        case 'retrieved':
          if (talk && !talk.speaking) nudgeLater(talk)
          return
        case 'ended':
        case 'transferred':
          talk?.waiting?.cancel()
          talks.delete(event.callId)
          return
        default:
          return
      }
    },
    effect(effect) {
      if (effect.type !== 'agentSaid') return
      for (const talk of talks.values()) if (talk.party.role === 'customer' && talk.conversationId === effect.conversationId) reply(talk)
    },
    onCall: (personId) => [...talks.values()].some(({ party }) => party.id === personId)
  }
}
