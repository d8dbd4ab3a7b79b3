import { expect, test } from 'vitest'
import { createSeal, sealFor } from '../../../src-main/hub/seal.ts'

test('what is sealed for a key is read with that key only, and never the same twice', () => {
  const seal = createSeal()
  const sealed = sealFor(seal.publicKey, '482913')
  expect(seal.open(sealed)).toBe('482913')
  expect(sealFor(seal.publicKey, '482913')).not.toBe(sealed)
  expect(createSeal().open(sealed)).toBeUndefined()
  expect(Buffer.from(sealed, 'base64url').includes('482913')).toBe(false)
})

test('what was changed on the way, cut short or never sealed is no secret', () => {
  const seal = createSeal()
  const sealed = Buffer.from(sealFor(seal.publicKey, '482913'), 'base64url')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(seal.open(changed.toString('base64url')), `byte ${at}`).toBeUndefined()
  }
  expect(seal.open(sealed.subarray(0, 50).toString('base64url'))).toBeUndefined()
  expect(seal.open('')).toBeUndefined()
  expect(seal.open('482913')).toBeUndefined()
})
