import { type Sensitive, sensitiveIn } from './sensitive.ts'
import type { Reader } from './text/reading.ts'
import { READ_LIMIT } from './text/reading.ts'

/**
 * Replaces card, identity, phone, account and policy numbers, e-mail addresses and secrets by their masked form (last four kept where
 * a person needs them to tell one from another). Masking a masked text changes nothing.
 */
export function maskText(text: string, read: Reader): string {
  // Reading stops at a limit, masking must not: a long text is masked piece by piece, cut between lines or words.
  if (text.length > READ_LIMIT) {
    const at = cutAt(text)
    return maskText(text.slice(0, at), read) + maskText(text.slice(at), read)
  }
  let masked = text
  // A replaced piece can bring its neighbours together; two rounds are enough for all that was seen, the limit is for safety.
  for (let round = 0; round < 4; round++) {
    const next = replace(masked, sensitiveIn(read(masked)))
    if (next === masked) break
    masked = next
  }
  return masked
}

function cutAt(text: string): number {
  for (let i = READ_LIMIT; i > READ_LIMIT / 2; i--) if (/[\n。！？]/.test(text.charAt(i - 1))) return i
  for (let i = READ_LIMIT; i > READ_LIMIT / 2; i--)
    if (/\s/.test(text.charAt(i - 1)) && !/\d/.test(text.charAt(i)) && !/\d/.test(text.charAt(i - 2))) return i
  return READ_LIMIT
}

function replace(text: string, pieces: readonly Sensitive[]): string {
  let out = ''
  let from = 0
  for (const { start, end, masked } of pieces) {
    out += text.slice(from, start) + masked
    from = end
  }
  return out + text.slice(from)
}
