import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dialablePieces } from '../../../src-renderer/conversation/dial-links.ts'

const dials = (text: string) => dialablePieces(text).flatMap((piece) => piece.dial ?? [])

describe('what can be dialled in a text', () => {
  it.each([
    ['Ring me at tel:+44-20-7946-0103.', ['tel:+44-20-7946-0103']],
    ['请拨打 tel:+8613800138000，谢谢', ['tel:+8613800138000']],
    ['our desk is sip:cards@bank.example, ask for Ada', ['sip:cards@bank.example']],
    ['Call +44 (0)20 7946 0103 or +1 202 555 0101!', ['+44 (0)20 7946 0103', '+1 202 555 0101']]
  ])('%s', (text, expected) => {
    expect(dials(text)).toEqual(expected)
  })
  it.each(['Transfer 1200000 to 4511', 'a+12345678901', 'C++ 2026-03-14', 'hotel: nice', ''])('nothing in %j', (text) => {
    expect(dials(text)).toEqual([])
  })
  it('gives the text again when its pieces are joined', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('tel:+4420', ' +44 20 7946 0103 ', 'sip:a@b')), { maxLength: 6 }),
        (parts) => {
          const text = parts.join('')
          const pieces = dialablePieces(text)
          expect(pieces.map((piece) => piece.text).join('')).toBe(text)
          expect(new Set(pieces.map((piece) => piece.start)).size).toBe(pieces.length)
        }
      )
    )
  })
})
