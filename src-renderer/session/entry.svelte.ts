import type { PersonView } from '../../src-shared/contract/session.ts'
import { type Client, type Connection, refusalOf } from '../connect.ts'

/**
 * Where a tab stands:
 *
 *   starting -> no-session                 (the browser has no cookie of ours)
 *       |-----> choosing -> desk           (a face was picked; its seat is kept for this tab)
 *       |-----> desk ----> choosing        (signed out, or the seat is no longer valid)
 */
export type Phase =
  | { name: 'starting' }
  | { name: 'no-session' }
  | { name: 'choosing'; client: Client; why?: 'gone' | 'signed-out' | undefined }
  | { name: 'desk'; client: Client; me: PersonView; deskId: string }

export interface EntryPorts {
  connect(seat: string | undefined, onState: (up: boolean) => void, onGone: () => void): Connection
  /** This tab's own memory: a seat belongs to one tab. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  ask(input: string, init?: RequestInit): Promise<Pick<Response, 'status' | 'ok'>>
  /** The web host wants a cookie; the desktop app does not. */
  needsSession: boolean
}

const SEAT = 'sidetone.seat'
const LEAVE_MS = 250

/** Session, seat and connection of one tab. */
export class Entry {
  phase = $state.raw<Phase>({ name: 'starting' })
  /** Does the host answer. Starts true: nothing is said before something failed. */
  hostUp = $state(true)
  #connection: Connection | undefined
  readonly #ports: EntryPorts

  constructor(ports: EntryPorts) {
    this.#ports = ports
  }

  async start(token: string | undefined): Promise<void> {
    if (this.#ports.needsSession && token !== undefined) {
      // A token works once; after a reload with the same address the cookie is what counts.
      if (!(await this.#exchange(token)) && !(await this.#hasSession())) return this.#show({ name: 'no-session' })
    } else {
      void this.#checkSession()
    }
    const seat = this.#ports.storage.getItem(SEAT)
    await (seat === null ? this.#choose() : this.#open(seat))
  }

  /** Takes the seat of a person; rejects with the host's refusal. */
  async signIn(personId: string): Promise<void> {
    if (this.phase.name !== 'choosing') return
    const { seat } = await this.phase.client.session.signIn({ personId })
    this.#ports.storage.setItem(SEAT, seat)
    await this.#open(seat)
  }

  async signOut(): Promise<void> {
    if (this.phase.name !== 'desk') return
    await this.phase.client.session.signOut()
    this.#leave('signed-out')
  }

  #show(phase: Phase): void {
    this.phase = phase
  }

  #connect(seat: string | undefined): Client {
    const before = this.#connection
    // The screen before takes its leave (ends its streams) on its own connection; then that one is closed.
    if (before) setTimeout(() => before.close(), LEAVE_MS)
    let mine = true
    const connection = this.#ports.connect(
      seat,
      (up) => {
        if (!mine || this.#connection !== connection) return
        this.hostUp = up
        if (!up) void this.#checkSession()
      },
      () => {
        if (mine && this.#connection === connection) this.#leave('gone')
        mine = false
      }
    )
    this.#connection = connection
    return connection.client
  }

  async #open(seat: string): Promise<void> {
    const client = this.#connect(seat)
    try {
      const { person, deskId } = await client.session.me()
      this.#show({ name: 'desk', client, me: person, deskId })
    } catch (error) {
      if (refusalOf(error)) this.#leave('gone')
      // A dropped connection comes back by itself: ask again on the same seat.
      else if (this.phase.name !== 'no-session') setTimeout(() => void this.#open(seat), 500)
    }
  }

  async #choose(why?: 'gone' | 'signed-out'): Promise<void> {
    this.#show({ name: 'choosing', client: this.#connect(undefined), why })
  }

  #leave(why: 'gone' | 'signed-out'): void {
    this.#ports.storage.removeItem(SEAT)
    void this.#choose(why)
  }

  async #exchange(token: string): Promise<boolean> {
    try {
      const body = JSON.stringify({ token })
      return (await this.#ports.ask('/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).ok
    } catch {
      return false // the host is not there: the check that follows says the same
    }
  }

  async #hasSession(): Promise<boolean> {
    return (await this.#ports.ask('/session').catch(() => undefined))?.status !== 403
  }

  /** A browser without our cookie gets no socket, only a closed one; this tells that from a host that is away. */
  async #checkSession(): Promise<void> {
    if (!this.#ports.needsSession || (await this.#hasSession())) return
    this.#connection?.close()
    this.#connection = undefined
    this.#show({ name: 'no-session' })
  }
}
