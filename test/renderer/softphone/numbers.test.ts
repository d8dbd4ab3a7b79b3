import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grouped, normalise } from '../../../src-renderer/softphone/numbers.ts'

const GB = { country: 'GB', outsidePrefix: '' }
const CN = { country: 'CN', outsidePrefix: '' }

describe('what is typed, as something to dial', () => {
  it.each([
    ['020 7946 0018', GB, '+442079460018', '+442079460018'],
    ['(020) 7946-0018', GB, '+442079460018', '+442079460018'],
    ['+44 20 7946 0018', CN, '+442079460018', '+442079460018'],
    ['0044 20 7946 0018', CN, '+442079460018', '+442079460018'],
    ['011 44 20 7946 0018', { country: 'US', outsidePrefix: '' }, '+442079460018', '+442079460018'],
    ['138 0013 8000', CN, '+8613800138000', '+8613800138000'],
    ['１３８００１３８０００', CN, '+8613800138000', '+8613800138000'],
    ['（０１０）８８８８—６６６６', CN, '+861088886666', '+861088886666'],
    ['+８６ 138 0013 8000', GB, '+8613800138000', '+8613800138000'],
    ['\u202d+44 20 7946 0018\u202c', GB, '+442079460018', '+442079460018'],
    ['tel:+44-20-7946-0018', CN, '+442079460018', '+442079460018'],
    ['TEL:020%207946%200018', GB, '+442079460018', '+442079460018'],
    ['callto:+442079460018', GB, '+442079460018', '+442079460018'],
    ['tel:13800138000;phone-context=+86', GB, '+8613800138000', '+8613800138000'],
    ['1-800-FLOWERS', { country: 'US', outsidePrefix: '' }, '+18003569377', '+18003569377']
  ])('%s', async (text, rules, dial, e164) => {
    expect(await normalise(text, rules)).toMatchObject({ dial, e164 })
    expect((await normalise(text, rules)).problem).toBeUndefined()
  })

  it.each([
    ['201', '201'],
    ['*70', '*70'],
    ['#31#020 7946 0018', '#31#02079460018'],
    ['9 5 5 8 8', '95588'],
    ['tel:7042;phone-context=bank.example', '7042'],
    ['alice', 'alice'],
    ['sip:lin@pbx.example', 'sip:lin@pbx.example'],
    ['SIPS:lin@[2001:db8::1]:5061;transport=ws', 'SIPS:lin@[2001:db8::1]:5061;transport=ws']
  ])('%s goes through as it is', async (text, dial) => {
    const number = await normalise(text, GB)
    expect([number.dial, number.e164, number.problem]).toEqual([dial, undefined, undefined])
  })

  it('leaves headers of a clicked sip: address out of the INVITE', async () => {
    expect(await normalise('sip:lin@pbx.example?Replaces=x&Subject=y', GB)).toMatchObject({ dial: 'sip:lin@pbx.example' })
  })

  it.each([
    ['tel:+442079460018;ext=12', '12'],
    ['tel:+44-20-7946-0018;isub=9;ext=3-4', '34'],
    ['020 7946 0018 ext. 12', '12'],
    ['020 7946 0018 x12', '12'],
    ['010-88886666转801', '801'],
    ['010-88886666分機：801', '801'],
    ['tel:+442079460018;ext=12,,3#', '12,,3#'],
    ['020 7946 0018,,12#', ',,12#']
  ])('%s has an extension behind it', async (text, extension) => {
    const number = await normalise(text, text.includes('010') ? CN : GB)
    expect(number.extension).toBe(extension)
    expect(number.display.endsWith(` → ${extension}`)).toBe(true)
    expect(number.e164).toMatch(/^\+\d+$/)
  })

  it.each([
    ['', 'empty', ''],
    ['  \u200b ', 'empty', ''],
    ['tel:', 'empty', ''],
    ['call me later', 'not-a-number', ''],
    ['sip:', 'not-a-number', ''],
    ['sip:a b@c', 'not-a-number', ''],
    ['<script>', 'not-a-number', ''],
    ['+44 20', 'too-short', '+4420'],
    ['02079460018123456', 'too-long', '02079460018123456']
  ])('%j: %s', async (text, problem, dial) => {
    expect(await normalise(text, GB)).toMatchObject({ problem, dial })
  })

  it('dials with the outside prefix as a telephone of the country would', async () => {
    const rules = { country: 'GB', outsidePrefix: '9' }
    expect((await normalise('+44 20 7946 0018', rules)).dial).toBe('902079460018')
    expect((await normalise('+86 138 0013 8000', rules)).dial).toBe('9008613800138000')
    expect((await normalise('020 7946 0018', rules)).e164).toBe('+442079460018')
    expect((await normalise('201', rules)).dial).toBe('201')
    expect((await normalise('*70', rules)).dial).toBe('*70')
    expect((await normalise('sip:lin@pbx.example', rules)).dial).toBe('sip:lin@pbx.example')
    const china = { country: 'CN', outsidePrefix: '0' }
    expect((await normalise('010-88886666', china)).dial).toBe('001088886666')
    expect((await normalise('13800138000', china)).dial).toBe('013800138000')
    expect((await normalise('+14155552671', { country: 'US', outsidePrefix: '9' })).dial).toBe('94155552671')
  })

  it('knows a prefix that was typed already', async () => {
    const rules = { country: 'GB', outsidePrefix: '9' }
    expect(await normalise('9 020 7946 0018', rules)).toMatchObject({ dial: '902079460018', e164: '+442079460018' })
  })

  it('does not know a country that there is not, and says so of its numbers', async () => {
    expect(await normalise('020 7946 0018', { country: 'ZZ', outsidePrefix: '' })).toMatchObject({
      problem: 'not-a-number',
      dial: '02079460018'
    })
    expect((await normalise('+442079460018', { country: 'ZZ', outsidePrefix: '9' })).dial).toBe('902079460018')
  })

  it('never fails, dials only what a keypad or an address has, and finds its own result again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.stringMatching(/^\+?[0-9０-９ ().-]{1,20}$/),
          fc.stringMatching(/^(tel|sip|callto):.{0,30}$/)
        ),
        fc.constantFrom('GB', 'CN', 'US', 'ZZ'),
        fc.constantFrom('', '9', '0', '*9'),
        async (text, country, outsidePrefix) => {
          const number = await normalise(text, { country, outsidePrefix })
          if (number.dial === '') expect(number.problem).toBeDefined()
          else expect(number.dial).toMatch(/^(\+?[0-9*#]+|[\w.-]{1,64}|sips?:[^\s<>"?]+)$/i)
          if (number.e164 !== undefined) {
            expect(number.e164).toMatch(/^\+[1-9]\d{3,16}$/)
            const again = await normalise(number.e164, { country, outsidePrefix })
            expect([again.e164, again.problem]).toEqual([number.e164, undefined])
            if (outsidePrefix === '') expect(again.dial).toBe(number.e164)
          }
        }
      ),
      { numRuns: 500 }
    )
  })
})

describe('a number on the screen', () => {
  it.each([
    ['+442079460103', '+44 20 7946 0103'],
    ['+12025550101', '+1 202 555 0101'],
    ['+8613800001234', '+86 138 0000 1234'],
    ['+886223456789', '+886 2 2345 6789']
  ])('%s reads %s', async (number, text) => {
    expect(await grouped(number)).toBe(text)
    // As the dialler says it.
    expect((await normalise(number, { country: 'GB', outsidePrefix: '' })).display).toBe(text)
  })
  it.each(['', '201', '*60', 'tom', 'Ada Lovelace', 'sip:a@b.example', '+44 **** 1204', '+1'])('%j stands as it came', async (text) => {
    expect(await grouped(text)).toBe(text)
  })
})
