import type { DeskState } from '../desk.svelte.ts'
import type { Preferences } from '../session/preferences.svelte.ts'

/**
 * Brings the settings of the desk and the look of this tab together: a desk that nobody has set up takes what was chosen on the
 * sign-in screen; any other desk's own settings win, also when another tab of the same desk changes them.
 */
export function adoptSettings(desk: DeskState, preferences: Preferences): void {
  let first = true
  $effect(() => {
    const settings = desk.settings.data
    if (!settings) return
    const fresh = first && settings.guide === 'who'
    first = false
    if (fresh && (settings.locale !== preferences.locale || settings.theme !== preferences.theme)) {
      void desk.saveSettings({ locale: preferences.locale, theme: preferences.theme })
    } else if (settings.locale !== preferences.locale || settings.theme !== preferences.theme) {
      preferences.set({ locale: settings.locale, theme: settings.theme })
    }
  })
}
