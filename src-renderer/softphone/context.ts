import { getContext, setContext } from 'svelte'

import { newId } from '../../src-shared/ids.ts'
import type { DeskState } from '../desk.svelte.ts'
import { inElectron } from '../session/token.ts'
import { phoneFailure } from '../text/phone-failure.ts'
import { PhoneInputError } from './call/state.ts'
import { allowHeadset, openPhone } from './engine/browser.ts'
import { hostOf } from './engine/host.ts'
import { PhoneGoneError } from './port/port.ts'
import { askToDial, closeWithComponent } from './screens/follow.svelte.ts'
import { Softphone } from './softphone.svelte.ts'

const KEY = Symbol('softphone')

/** Builds the desk's one phone and brings it online; call it while the signed-in desk's component initialises. */
export function provideSoftphone(desk: DeskState): Softphone {
  const host = hostOf(desk.client, desk.live, () => desk.line.data?.state === 'down')
  const phone = new Softphone(openPhone(desk.me.personId, host, !inElectron()), {
    attempt: (act) => attempt(desk, act),
    newId,
    allowHeadset
  })
  closeWithComponent(phone)
  askToDial(phone)
  return setContext(KEY, phone)
}

/** Shows in words what the phone did not do; what the desk refused is the desk's to say. */
function attempt(desk: DeskState, act: () => Promise<void>): void {
  void desk.attempt(() =>
    act().catch((error: unknown) => {
      if (error instanceof PhoneGoneError) desk.say(phoneFailure().gone)
      else if (error instanceof PhoneInputError) desk.say(phoneFailure().input)
      else throw error
    })
  )
}

/** The phone of the desk around this component; `undefined` where the role has none. */
export const useSoftphone = (): Softphone | undefined => getContext<Softphone | undefined>(KEY)

/** The same for parts that make no sense without one. */
export function needSoftphone(): Softphone {
  const phone = useSoftphone()
  if (!phone) throw new Error('this part of the screen needs a softphone around it')
  return phone
}
