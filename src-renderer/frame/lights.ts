import type { Registration } from '../softphone/call/state.ts'
import type { PhonePlace } from '../softphone/port/port.ts'

export type Light = 'ok' | 'connecting' | 'off' | 'failed'

/** What the top bar says about the phone; `undefined`: this role has none. */
export function phoneLight(
  account: 'loading' | 'ready' | 'none' | 'failed',
  registration: Registration,
  place: PhonePlace
): Light | undefined {
  if (account === 'none') return undefined
  if (account === 'failed' || place === 'silent') return 'failed'
  if (account === 'loading') return 'connecting'
  switch (registration) {
    case 'registered':
      return 'ok'
    case 'off':
      return 'off'
    case 'waiting':
    case 'refused':
      return 'failed'
    default:
      return 'connecting'
  }
}
