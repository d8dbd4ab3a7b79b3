/** Set by the preload script; absent in a browser. */
export const inElectron = (): boolean => (globalThis as { sidetone?: { host: string } }).sidetone?.host === 'electron'

/** The one-time token of `#token=...`, which is removed from the address and the history; `undefined` when there is none. */
export function takeToken(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>
): string | undefined {
  const token = /^#token=([\w-]+)$/.exec(location.hash)?.[1]
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search)
  return token
}
