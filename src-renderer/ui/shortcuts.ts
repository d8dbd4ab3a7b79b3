import { createSubscriber } from 'svelte/reactivity'

/** A key combination that does something, as the `?` sheet lists it. */
export interface Shortcut {
  /** `Ctrl+Alt+A`, `Ctrl+K`, `?`, `Alt+1`: modifiers in the order Ctrl, Alt, Shift, then the key. */
  keys: string
  /** What it does, in the language of the screen. */
  label: () => string
  run: () => void
}

/** The part of a KeyboardEvent that names its combination. */
export type Chord = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const NAMED: Record<string, string> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc'
}

/**
 * The combination of an event in the words of {@link Shortcut.keys}. Command on a Mac counts as Ctrl. Letters and digits are read
 * from the key's place when Alt or Ctrl is down, because Alt turns them into other characters on many layouts.
 */
export function chordOf(event: Chord): string {
  const modified = event.ctrlKey || event.metaKey || event.altKey
  const place = modified ? /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1] : undefined
  const key = place ?? NAMED[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key)
  // A character such as "?" already contains its Shift.
  const shift = event.shiftKey && (place !== undefined || event.key.length > 1 || /^[a-z]$/i.test(event.key))
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', shift ? 'Shift' : '', key].filter(Boolean).join('+')
}

/** Does the user type here? Then plain characters are text, not shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (typeof HTMLElement === 'undefined' || !(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** All shortcuts of one page. The newest registration of a combination wins and gives it back when it ends. */
export class Shortcuts {
  #all: Shortcut[] = []
  #changed: () => void = () => {}
  readonly #subscribe = createSubscriber((update) => {
    this.#changed = update
    return () => {
      this.#changed = () => {}
    }
  })

  register(shortcut: Shortcut): () => void {
    this.#all.push(shortcut)
    this.#changed()
    return () => {
      this.#all = this.#all.filter((one) => one !== shortcut)
      this.#changed()
    }
  }

  /** One per combination, the one that would run. Read in a template it follows changes. */
  list(): readonly Shortcut[] {
    this.#subscribe()
    return [...new Map(this.#all.map((one) => [one.keys, one])).values()]
  }

  /** Runs what the event means, if anything; gives whether it did. */
  handle(
    event: Chord & Partial<Pick<KeyboardEvent, 'target' | 'repeat' | 'isComposing' | 'defaultPrevented' | 'preventDefault'>>
  ): boolean {
    if (event.defaultPrevented || event.repeat || event.isComposing) return false
    const keys = chordOf(event)
    if (!/^(?:Ctrl|Alt)\+|^F\d/.test(keys) && isTyping(event.target ?? null)) return false
    const found = this.#all.findLast((one) => one.keys === keys)
    if (!found) return false
    event.preventDefault?.()
    found.run()
    return true
  }
}

/** The page's own; one page has one keyboard. */
export const shortcuts = new Shortcuts()

/** Makes `keys` do something until the returned function is called; shown in the `?` sheet. */
export function registerShortcut(keys: string, label: () => string, run: () => void): () => void {
  return shortcuts.register({ keys, label, run })
}
