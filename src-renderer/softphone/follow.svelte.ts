import type { Softphone } from './softphone.svelte.ts'

/** Keeps the phone's devices as the settings say, and closes the phone with the component it was made in. */
export function followSettings(phone: Softphone): void {
  $effect(() => phone.applySettings())
  $effect(() => () => void phone.close())
}
