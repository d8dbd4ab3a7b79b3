import type { Softphone } from './softphone.svelte.ts'

/** Closes the phone with the component it was made in. */
export function closeWithComponent(phone: Softphone): void {
  $effect(() => () => void phone.close())
}
