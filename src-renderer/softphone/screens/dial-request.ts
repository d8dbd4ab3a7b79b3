/** Numbers that somebody outside wants to be dialled: a link of another program, another page, or the address `?dial=...`. */

const KEPT = 'sidetone.dial'
const SEAT = 'sidetone.seat'
const LONGEST = 300

type Asked = { type: 'dial'; text: string } | { type: 'taken'; text: string }

export interface DialRequestPorts {
  page: Pick<Window, 'addEventListener' | 'dispatchEvent'>
  location: Pick<Location, 'href' | 'origin'>
  history: Pick<History, 'replaceState'>
  /** This tab's own. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage'>
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST

/**
 * Catches requests from the first moment of a page on, and keeps the newest until a phone asks for it. A page where nobody is signed in
 * gives it to one where somebody is.
 */
export function catchDialRequests({ page, location, history, storage, channel }: DialRequestPorts): void {
  const keep = (text: string) => {
    storage.setItem(KEPT, text)
    page.dispatchEvent(new Event(KEPT))
  }
  const hasSeat = () => storage.getItem(SEAT) !== null

  channel.onmessage = ({ data }: MessageEvent<Partial<Asked> | null>) => {
    if (!isText(data?.text)) return
    if (data.type === 'taken' && storage.getItem(KEPT) === data.text) storage.removeItem(KEPT)
    if (data.type !== 'dial' || !hasSeat()) return
    keep(data.text)
    channel.postMessage({ type: 'taken', text: data.text } satisfies Asked)
  }
  page.addEventListener('message', (event: MessageEvent<{ type?: unknown; text?: unknown } | null>) => {
    if (event.source !== page || event.origin !== location.origin) return
    if (event.data?.type === 'sidetone:dial' && isText(event.data.text)) keep(event.data.text)
  })

  const address = new URL(location.href)
  const asked = address.searchParams.get('dial')
  if (asked === null) return
  // A reload must not ask again.
  address.searchParams.delete('dial')
  history.replaceState(null, '', address.pathname + address.search + address.hash)
  if (!isText(asked)) return
  keep(asked)
  if (!hasSeat()) channel.postMessage({ type: 'dial', text: asked } satisfies Asked)
}

/** Gives what was kept, and every later request. Returns what ends it. */
export function followDialRequests(
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>,
  storage: Pick<Storage, 'getItem' | 'removeItem'>,
  ask: (text: string) => void
): () => void {
  const take = () => {
    const text = storage.getItem(KEPT)
    storage.removeItem(KEPT)
    if (text !== null) ask(text)
  }
  page.addEventListener(KEPT, take)
  take()
  return () => page.removeEventListener(KEPT, take)
}
