import { SIMPLIFIED, TRADITIONAL } from './traditional.ts'

/** Makes a text comparable: lower case, half-width, straight quotes, simplified characters. The result has the same UTF-16 length. */
export type Fold = (text: string) => string

const QUOTES: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '\u3000': ' ',
  '\u00a0': ' ',
  '—': '-',
  '–': '-',
  '‑': '-'
}

/** Builds the table once; folding is then one pass over the UTF-16 units. */
export function createFold(): Fold {
  const table = new Map<number, string>()
  for (let i = 0; i < TRADITIONAL.length; i++) table.set(TRADITIONAL.charCodeAt(i), SIMPLIFIED.charAt(i))
  for (const [from, to] of Object.entries(QUOTES)) table.set(from.charCodeAt(0), to)
  // Full-width forms of ASCII; the comma, stop, colon and marks stay as they are because the Chinese rules look for them.
  for (let code = 0xff01; code <= 0xff5e; code++) {
    const plain = String.fromCharCode(code - 0xfee0)
    if (/[0-9A-Za-z@%+\-./$#*()]/.test(plain)) table.set(code, plain.toLowerCase())
  }
  return (text) => {
    let folded = ''
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code < 128) {
        folded += code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : text.charAt(i)
        continue
      }
      const other = table.get(code)
      if (other !== undefined) folded += other
      else {
        // Some letters grow when lowered (U+0130); offsets matter more than they do.
        const lower = text.charAt(i).toLowerCase()
        folded += lower.length === 1 ? lower : text.charAt(i)
      }
    }
    return folded
  }
}

/** True for a UTF-16 unit of the common Han blocks. */
export function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code === 0x3007
}
