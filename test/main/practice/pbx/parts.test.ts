import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { parseNameAddress, parseUri, quote, splitList } from '../../../../src-main/practice/pbx/address.ts'
import { createClock } from '../../../../src-main/practice/pbx/clock.ts'
import { createDigitReader } from '../../../../src-main/practice/pbx/digits.ts'
import { parseMessage } from '../../../../src-main/practice/pbx/message.ts'
import { createPlayer } from '../../../../src-main/practice/pbx/player.ts'
import { readAudio } from '../../../../src-main/practice/pbx/sdp.ts'
import { decodeUlaw, encodeUlaw, energyOf, tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { decodeUserToUser, encodeUserToUser } from '../../../../src-main/practice/pbx/uui.ts'

describe('mu-law', () => {
  test('every octet comes back from its own value', () => {
    for (let octet = 0; octet < 256; octet++) if (octet !== 0x7f) expect(encodeUlaw(decodeUlaw(octet))).toBe(octet)
    expect(decodeUlaw(0xff)).toBe(0)
    expect(decodeUlaw(0x80)).toBeCloseTo(0.98, 2)
    expect(encodeUlaw(9)).toBe(encodeUlaw(1))
  })
  test('a tone has the level of its sine', () => {
    expect(Math.sqrt(energyOf(tone(440, 1_000, 0.5)) / 8_000)).toBeCloseTo(0.5 / Math.SQRT2, 2)
  })
})

describe('User-to-User', () => {
  test('carries any id there and back, and reads plain tokens', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, unit: 'binary' }), (id) => decodeUserToUser(encodeUserToUser(id)) === id))
    expect(decodeUserToUser('conversation-7;purpose=x')).toBe('conversation-7')
    expect(decodeUserToUser('xyz;encoding=hex')).toBeUndefined()
    expect(decodeUserToUser('')).toBeUndefined()
  })
})

describe('addresses', () => {
  test('a quoted display name comes back as it was', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const clean = name.replace(/[\r\n\0]+/g, ' ')
        expect(parseNameAddress(`${quote(name)} <sip:a@b>`).displayName).toBe(clean.trim())
      })
    )
  })
  test('the parts of a URI', () => {
    expect(parseUri('SIP:al%69ce:pw@Example.COM:5070;lr;ttl=1?a=b%20c')).toMatchObject({
      scheme: 'sip',
      user: 'alice',
      host: 'example.com',
      port: 5070
    })
    expect(parseUri('sip:host?Replaces=x%3By').headers.get('replaces')).toBe('x;y')
    expect(splitList('"a,b" <c,d>;e, f')).toEqual(['"a,b" <c,d>;e', 'f'])
  })
})

describe('a parsed message', () => {
  test('never throws, whatever the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (octets) => {
        parseMessage(octets)
      })
    )
  })
})

describe('digits', () => {
  const press = (event: number, duration: number, ended = false): Uint8Array =>
    Uint8Array.from([event, ended ? 0x8a : 0x0a, duration >> 8, duration & 255])
  test('one long press in two segments is one digit, two presses are two, late packets are none', () => {
    const found: string[] = []
    const read = createDigitReader((digit) => found.push(digit))
    read(1_000, press(5, 0xffff))
    read(1_000 + 0xffff, press(5, 300))
    read(1_000 + 0xffff, press(5, 400, true))
    read(900_000, press(5, 160))
    read(900_000, press(5, 320, true))
    read(1_000 + 0xffff, press(5, 400, true))
    read(900_320, press(5, 160, true))
    read(2, Uint8Array.from([5]))
    expect(found).toEqual(['5', '5', '5'])
  })
  test('a wrapped timestamp is newer', () => {
    const found: string[] = []
    const read = createDigitReader((digit) => found.push(digit))
    read(0xffff_ff00, press(1, 160, true))
    read(0x0000_0100, press(2, 160, true))
    expect(found).toEqual(['1', '2'])
  })
})

describe('the player', () => {
  test('plays lines in order, a rustle nobody hears between, and lets callers go when it is emptied', async () => {
    const player = createPlayer()
    const done: string[] = []
    const first = player.play(new Uint8Array(200).fill(1)).then(() => done.push('first'))
    const second = player.play(new Uint8Array(160).fill(2)).then(() => done.push('second'))
    expect([...player.next()]).toEqual(Array(160).fill(1))
    expect([...player.next()]).toEqual([...Array(40).fill(1), ...Array(120).fill(0xff)])
    await first
    expect(done).toEqual(['first'])
    player.empty()
    await second
    const level = 20 * Math.log10(Math.sqrt(energyOf(player.next()) / 160))
    expect([level > -68, level < -62]).toEqual([true, true])
  })
})

describe('the clock', () => {
  test('keeps to multiples of 20 ms however late the timer is, and stands still when nobody listens', () => {
    vi.useFakeTimers()
    try {
      let late = 0
      const clock = createClock(() => Date.now() + late)
      let ticks = 0
      const stop = clock.start(() => {
        ticks++
        late = ticks % 3
      })
      vi.advanceTimersByTime(10_000)
      expect(Math.abs(ticks - 500)).toBeLessThanOrEqual(1)
      late = 5_000
      const before = ticks
      vi.advanceTimersByTime(20)
      expect(ticks - before).toBeLessThanOrEqual(11)
      stop()
      vi.advanceTimersByTime(100)
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('SDP', () => {
  test('says which way audio goes, with the session as the default', () => {
    const sdp = (session: string, media: string): string =>
      `v=0\r\n${session}m=audio 9 UDP/TLS/RTP/SAVPF 8 0 126\r\na=rtpmap:126 telephone-event/8000\r\n${media}`
    expect(readAudio(sdp('', ''))).toEqual({ direction: 'sendrecv', digitTypes: [126] })
    expect(readAudio(sdp('a=inactive\r\n', ''))?.direction).toBe('inactive')
    expect(readAudio(sdp('a=inactive\r\n', 'a=sendonly\r\n'))?.direction).toBe('sendonly')
    expect(readAudio(sdp('', 'm=video 9 x 96\r\na=sendonly\r\n'))?.direction).toBe('sendrecv')
    expect(readAudio('v=0\r\nm=audio 0 RTP/AVP 0\r\n')).toBeUndefined()
  })
})
