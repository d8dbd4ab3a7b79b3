import type { ElectronApi } from './app.ts'

/** Addresses that other programs hand to a telephone: RFC 3966, RFC 3261 19.1, and what Skype made common. */
const SCHEMES = ['tel', 'callto', 'sip'] as const
const LONGEST = 300

/** The address to dial among the words a program was started with; the last one, when there are several. */
export function linkIn(words: readonly string[]): string | undefined {
  return words.findLast((word) => word.length <= LONGEST && /^(?:tel|callto|sips?):[^\p{Cc}]+$/iu.test(word))
}

/**
 * Takes tel:, callto: and sip: links of other programs: from the command line of this start or a second one (Windows, Linux) and by
 * 'open-url' (macOS). `dial` hears each; what comes before it is set by `on` waits, the newest only.
 */
export function createLinks(electron: Pick<ElectronApi, 'app'>, argv: readonly string[]): { on(dial: (text: string) => void): void } {
  const { app } = electron
  let heard: ((text: string) => void) | undefined
  let waiting = linkIn(argv)
  const take = (text: string | undefined) => {
    if (text === undefined) return
    if (heard) heard(text)
    else waiting = text
  }
  app.on('second-instance', (_event, words: readonly string[] = []) => take(linkIn(words)))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    take(linkIn([url]))
  })
  // Of a program that runs from its sources the system would learn the wrong command.
  if (app.isPackaged) for (const scheme of SCHEMES) if (!app.isDefaultProtocolClient(scheme)) app.setAsDefaultProtocolClient(scheme)
  return {
    on(dial) {
      heard = dial
      if (waiting !== undefined) dial(waiting)
      waiting = undefined
    }
  }
}
