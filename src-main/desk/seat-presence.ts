import type { CommandData } from '../../src-shared/commands.ts'
import type { ReadinessCause } from '../../src-shared/contract/phone.ts'
import type { Db } from '../store/open.ts'
import { readSettings } from '../store/own/keep.ts'
import { readWish, saveWish } from '../store/own/phone.ts'
import { ownPresence } from '../store/queries/inbox.ts'
import type { Reading } from '../store/queries/rows.ts'
import { decideReadiness, type ReadinessInput, type ReadinessState, startReadiness, type Told } from './readiness.ts'
import type { Timers } from './timers.ts'

/** What this person chose to be, held against whether their phone is proven ready. */
export interface SeatPresence {
  /** @returns the id of the command that tells the centre. */
  choose(choice: {
    presence: 'available' | 'break' | 'training' | 'meeting' | 'offline' | 'technical'
    reason?: string | undefined
  }): string
  /** What the phone's page says, at every change and from time to time. */
  heard(told: { ready: boolean; cause?: ReadinessCause | undefined }): void
  /** Calls came up or ended in the phone. */
  callsChanged(): void
  /** Settings were saved. */
  settingsChanged(): void
  /** The centre may show this person differently now. */
  shown(): void
  /** Why they are not available although they want to be; absent while they are. */
  notReady(): ReadinessCause | undefined
  close(): void
}

export interface SeatPresenceOptions {
  own: () => Db
  reading: () => Reading
  now: () => number
  timers: Timers
  enter: (data: CommandData<'presence.set'>) => string
  /** False for who has no phone: nothing holds them back. */
  hasPhone: () => boolean
  /** Somebody is on the line whom the centre does not keep this person busy for. */
  engaged: () => boolean
  /** This person is shown differently. */
  changed: () => void
}

export function createSeatPresence(options: SeatPresenceOptions): SeatPresence {
  const { own, reading, now, timers, enter, hasPhone, engaged, changed } = options
  const start = (): ReadinessState => {
    const wish = readWish(own())
    const { doNotDisturb, writtenOnly } = readSettings(own())
    return startReadiness({ wished: wish !== undefined, told: wish?.told, doNotDisturb, writtenOnly }, now())
  }
  let state = start()
  let cancel: (() => void) | undefined
  let closed = false
  arm(now())

  function arm(wakeAt: number | undefined): void {
    cancel?.()
    cancel = undefined
    if (wakeAt === undefined || closed) return
    cancel = timers.after(Math.max(0, wakeAt - now()), () => put({ type: 'time' }))
  }

  /** @returns the id of the command, when one was entered. */
  function put(input: ReadinessInput): string | undefined {
    if (closed || !hasPhone()) return undefined
    const before = state
    const decided = decideReadiness(state, input, now())
    state = decided.state
    arm(decided.wakeAt)
    if (before.wished !== state.wished || before.told !== state.told)
      saveWish(own(), state.wished ? { wanted: 'available', ...(state.told ? { told: state.told } : {}) } : undefined)
    const commandId = decided.tell && enter(commandOf(decided.tell))
    if (notReadyIn(before) !== notReadyIn(state)) changed()
    return commandId
  }

  const look = (): void => {
    const on = !closed && engaged()
    if (on !== state.engaged) put({ type: 'engaged', on })
  }

  return {
    choose({ presence, reason }) {
      const told = put({ type: 'chosen', presence })
      return told ?? enter({ presence, ...(reason === undefined ? {} : { reason }) })
    },
    heard(told) {
      look()
      put({ type: 'heard', ...told })
    },
    callsChanged: look,
    settingsChanged() {
      const { doNotDisturb, writtenOnly } = readSettings(own())
      put({ type: 'settings', doNotDisturb, writtenOnly })
    },
    shown() {
      const { presence, reason, wanted } = ownPresence(reading(), now())
      // A choice on its way is newer than what the centre shows.
      if (wanted === undefined) put({ type: 'shown', presence, reason })
      // A contact that is over leaves its other party on the line.
      look()
    },
    notReady: () => notReadyIn(state),
    close() {
      closed = true
      cancel?.()
    }
  }
}

const notReadyIn = ({ wished, told }: ReadinessState): ReadinessCause | undefined =>
  wished && told !== undefined && told.presence !== 'available' ? told.cause : undefined

function commandOf({ presence, cause, writtenOnly }: Told): CommandData<'presence.set'> {
  if (presence === 'available') return writtenOnly ? { presence, writtenOnly } : { presence }
  return { presence, reason: presence === 'technical' ? `phone:${cause ?? 'checking'}` : (cause ?? 'on-the-line') }
}
