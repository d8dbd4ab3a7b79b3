/** A piece of a text; `dial` is set where a click can call it. */
export interface Piece {
  start: number
  text: string
  dial?: string
}

/** tel: and sip: addresses (RFC 3966, 3261) as they stand in running text, and numbers with their country code. */
const DIALABLE = /\b(?:tel|sips?):[^\s<>"'，。；、：（）()]*[^\s<>"'，。；、：（）().,;:!?]|(?<![\w+])\+\d[\d\s().-]{5,18}\d(?!\w)/gi

/** Cuts a text at what can be dialled. The pieces joined give the text again. Pure. */
export function dialablePieces(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(DIALABLE)) {
    if (match.index > at) pieces.push({ start: at, text: text.slice(at, match.index) })
    pieces.push({ start: match.index, text: match[0], dial: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length || pieces.length === 0) pieces.push({ start: at, text: text.slice(at) })
  return pieces
}
