import type { Softphone } from '../softphone.svelte.ts'
import { followDialRequests } from './dial-request.ts'

/** Closes the phone with the component it was made in. */
export function closeWithComponent(phone: Softphone): void {
  $effect(() => () => void phone.close())
}

/** Brings what somebody outside wants dialled before the agent. */
export function askToDial(phone: Softphone): void {
  $effect(() => followDialRequests(window, sessionStorage, (text) => void phone.requestDial(text)))
}
