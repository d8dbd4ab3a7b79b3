import { untrack } from 'svelte'
import { LOCALES, type Locale } from '../../src-shared/taxonomy.ts'
import { matchLocale, setLocale } from '../text/catalogue.svelte.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const isLocale = (value: string | null): value is Locale => LOCALES.some((one) => one === value)
const isTheme = (value: string | null): value is Theme => THEMES.some((one) => one === value)

/** Language and appearance of this browser: what the sign-in screen shows, before a desk with settings of its own is open. */
export class Preferences {
  theme = $state<Theme>('system')
  locale = $state<Locale>('en')
  /** What `theme` comes to now. */
  dark = $state(false)
  #worn = false
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>
  readonly #dark: Pick<MediaQueryList, 'matches' | 'addEventListener'>

  constructor(
    storage: Pick<Storage, 'getItem' | 'setItem'>,
    languages: readonly string[],
    dark: Pick<MediaQueryList, 'matches' | 'addEventListener'>
  ) {
    this.#storage = storage
    this.#dark = dark
    const theme = storage.getItem('sidetone.theme')
    const locale = storage.getItem('sidetone.locale')
    this.theme = isTheme(theme) ? theme : 'system'
    this.locale = isLocale(locale) ? locale : matchLocale(languages[0] ?? 'en')
    dark.addEventListener('change', () => this.#show())
    this.#show()
  }

  set(change: { theme?: Theme; locale?: Locale }): void {
    if (change.theme) this.theme = change.theme
    if (change.locale) this.locale = change.locale
    this.#storage.setItem('sidetone.theme', this.theme)
    this.#storage.setItem('sidetone.locale', this.locale)
    this.#show()
  }

  /** A board on the wall is dark whatever its desk wears; `false` gives the chosen look back. */
  wearDark(on: boolean): void {
    this.#worn = on
    // Whoever asks from an effect does not depend on the look it changes.
    untrack(() => this.#show())
  }

  #show(): void {
    setLocale(this.locale)
    const dark = this.#worn || (this.theme === 'system' ? this.#dark.matches : this.theme === 'dark')
    this.dark = dark
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
  }
}
