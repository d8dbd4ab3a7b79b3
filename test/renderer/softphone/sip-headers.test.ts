import { describe, expect, it, vi } from 'vitest'
import { answerAfter } from '../../../src-renderer/softphone/sip/auto-answer.ts'
import { countPackets } from '../../../src-renderer/softphone/sip/proof.ts'
import { orderedCodecs } from '../../../src-renderer/softphone/sip/rtc.ts'
import { answerTimer, offerTimer, readAnswer, readMinSe, readSessionExpires } from '../../../src-renderer/softphone/sip/session-timer.ts'
import { readSipfrag, replacesOf } from '../../../src-renderer/softphone/sip/transfer.ts'
import { readUserToUser, writeConversation } from '../../../src-renderer/softphone/sip/user-to-user.ts'

describe('session timers in headers', () => {
  it.each([
    ['1800', { expiresS: 1_800 }],
    ['1800;refresher=uac', { expiresS: 1_800, refresher: 'uac' }],
    [' 90 ; Refresher = UAS;x=y', { expiresS: 90, refresher: 'uas' }],
    ['', undefined],
    [undefined, undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['99999999999', undefined]
  ])('%j', (header, read) => expect(readSessionExpires(header)).toEqual(read))

  it('are answered as RFC 4028 9 says', () => {
    const answer = (sessionExpires: string | undefined, supported: string | undefined, wanted = 0) =>
      answerTimer({ sessionExpires, supported }, wanted)
    expect(answer('1800;refresher=uas', 'timer')).toEqual({
      headers: ['Session-Expires: 1800;refresher=uas'],
      expiresS: 1_800,
      refresher: 'us'
    })
    expect(answer('1800', '100rel, timer')).toEqual({
      headers: ['Session-Expires: 1800;refresher=uac', 'Require: timer'],
      expiresS: 1_800,
      refresher: 'them'
    })
    // A proxy asked for it; the far end itself knows nothing of timers.
    expect(answer('1800', undefined)).toMatchObject({ refresher: 'us' })
    expect(answer('60', 'timer')).toBe('too small')
    expect(answer(undefined, 'timer')).toBeUndefined()
    expect(answer(undefined, undefined, 600)).toEqual({ headers: ['Session-Expires: 600;refresher=uas'], expiresS: 600, refresher: 'us' })
  })

  it('are offered and read back', () => {
    expect(offerTimer(0)).toEqual([])
    expect(offerTimer(600)).toEqual(['Session-Expires: 600', 'Min-SE: 90'])
    expect(offerTimer(600, 'them')).toEqual(['Session-Expires: 600;refresher=uas', 'Min-SE: 90'])
    expect(readAnswer('600;refresher=uas')).toEqual({ expiresS: 600, refresher: 'them' })
    expect(readAnswer('600')).toEqual({ expiresS: 600, refresher: 'us' })
    expect(readAnswer(undefined)).toEqual({ expiresS: 0, refresher: 'us' })
    expect([readMinSe('1200'), readMinSe('x'), readMinSe(undefined)]).toEqual([1_200, undefined, undefined])
  })
})

describe('the wish to be answered without a hand', () => {
  it.each([
    [['<sip:bank.test>;answer-after=0'], [], 0],
    [['<http://x/y.png>;purpose=icon', '<sip:x>;ANSWER-AFTER = 3'], [], 3_000],
    [[], ['<http://x>;info=alert-autoanswer;delay=0'], 0],
    [[], ['info="alert-autoanswer"'], 0],
    [[], ['Auto Answer'], 0],
    [[], ['<http://x/ring.wav>;info=alert-internal'], undefined],
    [['<sip:x>;answer-after=later'], [], undefined],
    [[], [], undefined]
  ])('%j %j', (callInfo, alertInfo, ms) => expect(answerAfter(callInfo, alertInfo)).toBe(ms))
})

describe('the news of a REFER', () => {
  it('is the status line in a sipfrag', () => {
    expect(readSipfrag('refer', 'message/sipfrag;version=2.0', 'SIP/2.0 486 Busy Here\r\nTo: x')).toEqual({
      status: 486,
      reason: 'Busy Here'
    })
    expect(readSipfrag('refer;id=7', 'message/sipfrag', 'SIP/2.0 200 OK')).toEqual({ status: 200, reason: 'OK' })
    expect(readSipfrag('refer', 'message/sipfrag', 'SIP/2.0 200')).toEqual({ status: 200, reason: '' })
    expect(readSipfrag('dialog', 'message/sipfrag', 'SIP/2.0 200 OK')).toBeUndefined()
    expect(readSipfrag('refer', 'text/plain', 'SIP/2.0 200 OK')).toBeUndefined()
    expect(readSipfrag('refer', 'message/sipfrag', 'hello')).toBeUndefined()
    expect(readSipfrag(undefined, undefined, '')).toBeUndefined()
  })

  it('Replaces has the receiver’s own tag as to-tag (RFC 3891 3)', () =>
    expect(replacesOf('id', 'mine', 'theirs')).toBe('id;to-tag=theirs;from-tag=mine'))
})

describe('a conversation id in its header', () => {
  it.each(['User-to-User', 'user-to-user', 'X-Conversation'])('comes back as it went, in %s', (header) => {
    const id = '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11'
    expect(readUserToUser(writeConversation(header, id))).toBe(id)
  })
  it('cannot bring a header of its own', () => expect(writeConversation('X-Conversation', 'a\r\nEvil: 1')).not.toMatch(/[\r\n]/))
})

describe('codecs', () => {
  const able = ['opus', 'red', 'G722', 'PCMU', 'PCMA', 'CN', 'telephone-event', 'telephone-event'].map((name) => ({
    mimeType: `audio/${name}`
  }))

  it('are in the order of the account, with the events of the keypad at the end', () =>
    expect(orderedCodecs(['PCMA', 'opus'], able).map((one) => one.mimeType)).toEqual([
      'audio/PCMA',
      'audio/opus',
      'audio/telephone-event',
      'audio/telephone-event'
    ]))

  it('that the browser does not know are said and left out; with none left its own order stays', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    expect(orderedCodecs(['G729', 'PCMU'], able)[0]?.mimeType).toBe('audio/PCMU')
    expect(orderedCodecs(['G729'], able)).toEqual([])
    expect(warn).toHaveBeenCalledTimes(2)
    warn.mockRestore()
  })
})

it('packets are those of audio, both ways', () =>
  expect(
    countPackets([
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: 7 },
      { type: 'outbound-rtp', kind: 'audio', packetsSent: 9 },
      { type: 'inbound-rtp', kind: 'video', packetsReceived: 100 },
      { type: 'remote-inbound-rtp', kind: 'audio', packetsReceived: 100 },
      { type: 'codec' }
    ])
  ).toEqual({ received: 7, sent: 9 }))
