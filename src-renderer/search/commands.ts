import { LOCALES } from '../../src-shared/taxonomy.ts'
import type { DeskState } from '../desk.svelte.ts'
import { roomsOf, serves } from '../frame/places.ts'
import { THEMES } from '../session/preferences.svelte.ts'
import { domain } from '../text/domain.ts'
import { search } from '../text/search.ts'
import { shell } from '../text/shell.ts'
import type { Command } from './palette.svelte.ts'

export interface CommandPorts {
  signOut: () => Promise<void>
  showShortcuts: () => void
  showOutbox: () => void
  /** Is the line up that practice can cut; `undefined` outside the practice centre. */
  lineUp: boolean | undefined
}

const PRESENCES = ['available', 'break', 'meeting', 'training', 'offline'] as const

/** Everything the palette can do for this role, in the language of the screen. */
export function commandsOf(desk: DeskState, ports: CommandPorts): Command[] {
  const { role } = desk.me
  const rooms = roomsOf(role).map(
    (room, i): Command => ({
      id: `room:${room}`,
      label: search().goTo(shell()[room]),
      shortcut: `Ctrl+Alt+${i + 1}`,
      run: () => {
        desk.place = { room }
      }
    })
  )
  const presences = PRESENCES.map(
    (presence): Command => ({
      id: `presence:${presence}`,
      label: search().presence(domain().presence[presence]),
      run: () => void desk.attempt(() => desk.client.inbox.setPresence({ presence }))
    })
  )
  const { lineUp } = ports
  const line: Command[] =
    lineUp === undefined
      ? []
      : [
          {
            id: 'line',
            label: lineUp ? search().cutLine : search().mendLine,
            run: () => void desk.attempt(() => desk.client.practice.setLine({ up: !lineUp }))
          }
        ]
  return [
    ...rooms,
    ...(serves(role) ? presences : []),
    ...LOCALES.map(
      (locale): Command => ({
        id: `locale:${locale}`,
        label: search().language(shell().languages[locale]),
        run: () => void desk.saveSettings({ locale })
      })
    ),
    ...THEMES.map(
      (theme): Command => ({
        id: `theme:${theme}`,
        label: search().theme(shell().themes[theme]),
        run: () => void desk.saveSettings({ theme })
      })
    ),
    { id: 'outbox', label: search().outbox, run: ports.showOutbox },
    { id: 'shortcuts', label: search().shortcuts, shortcut: '?', run: ports.showShortcuts },
    ...line,
    { id: 'signout', label: search().signOut, run: () => void desk.attempt(ports.signOut) }
  ]
}
