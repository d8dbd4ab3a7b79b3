import type { Live } from '../live-query.svelte.ts'
import type { Softphone } from './softphone.svelte.ts'

/** Keeps the phone's devices as the settings say, and closes the phone with the component it was made in. */
export function followSettings(phone: Softphone): void {
  $effect(() => phone.applySettings())
  $effect(() => () => void phone.close())
}

/** Offers calls that were cut off as soon as the desk knows of them, also when the host comes back under an open page. */
export function followLostCalls(phone: Softphone, live: Pick<Live, 'on'>): void {
  $effect(() => live.on('inbox', () => void phone.findRecoverable()))
}
