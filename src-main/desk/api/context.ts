import type { PracticePrompt, PracticeView } from '../../../src-shared/contract/desk.ts'
import type { PersonView, SeatView } from '../../../src-shared/contract/session.ts'
import type { Pace } from '../../../src-shared/taxonomy.ts'
import type { Desk } from '../desk.ts'

/** The front door of a host: who works here, and taking or leaving a seat. Refuses with a RefusalError. */
export interface Lobby {
  people(): PersonView[]
  signIn(personId: string): SeatView
  signOut(deskId: string): void
  about(): { host: 'electron' | 'web'; version: string; practice: boolean }
}

/** What one connection may use. A connection has its seat from its first byte or never. */
export interface Context {
  lobby: Lobby
  seat?: { desk: Desk; person: PersonView } | undefined
}

/** Levers of the embedded practice centre, for one desk. Absent when the centre is elsewhere. */
export interface PracticeControl {
  view(): PracticeView
  setPace(pace: Pace): void
  setLanguage(language: PracticeView['language']): void
  setFrontDesk(frontDesk: PracticeView['frontDesk']): void
  /**
   * Starts a scenario for this desk; returns the conversation's id. Refuses `not_found`, `capacity_full`, `not_available`.
   *
   * @param frontDesk the front desk answers first, and the customer wants a person in the end
   */
  start(scenarioId: string, channel: 'voice' | 'chat', frontDesk: boolean): string
  /** What the scenario gives me to say next in a conversation that I serve. */
  prompt(conversationId: string): PracticePrompt
  setLine(up: boolean): void
}
