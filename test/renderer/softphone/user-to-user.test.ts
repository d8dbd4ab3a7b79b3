import { describe, expect, it } from 'vitest'
import { confirmsHold, directionOf, putsOnHold, readUserToUser } from '../../../src-renderer/softphone/sip/user-to-user.ts'

const hex = (text: string) => Buffer.from(text, 'utf8').toString('hex')
const uuid = '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11'

describe('a User-to-User header', () => {
  it.each([
    [`${hex(uuid)};encoding=hex`, uuid],
    [`${hex(uuid)};purpose=isdn-uui;encoding=hex;content=isdn-uui`, uuid],
    [hex('conv-7'), 'conv-7'],
    [hex('会话7'), '会话7'],
    [uuid, uuid],
    ['conv_7;encoding=ascii', 'conv_7'],
    [`"conv 7"`, 'conv 7'],
    [`"${hex('x1')}";encoding=hex`, 'x1'],
    // Looks like hex, is no text: taken as it stands.
    ['deadbeef', 'deadbeef'],
    ['00ff', '00ff']
  ])('%s carries %s', (header, content) => {
    expect(readUserToUser(header)).toBe(content)
  })

  it.each([undefined, '', ';encoding=hex', '""'])('carries nothing when it is %o', (header) => {
    expect(readUserToUser(header)).toBeUndefined()
  })
})

describe('the direction of an SDP', () => {
  const sdp = (session: string, media: string) =>
    ['v=0', 's=-', session, 'm=audio 9 UDP/TLS/RTP/SAVPF 0 101', 'a=rtpmap:0 PCMU/8000', media].filter(Boolean).join('\r\n')

  it('is that of the audio line, else of the session, else both ways', () => {
    expect(directionOf(sdp('', 'a=recvonly'))).toBe('recvonly')
    expect(directionOf(sdp('a=inactive', ''))).toBe('inactive')
    expect(directionOf(sdp('a=inactive', 'a=sendrecv'))).toBe('sendrecv')
    expect(directionOf(sdp('', ''))).toBe('sendrecv')
    expect(directionOf('')).toBe('sendrecv')
  })

  it('confirms our hold only when the far end stops sending', () => {
    const confirming = (['recvonly', 'inactive', 'sendrecv', 'sendonly'] as const).map((d) => confirmsHold(sdp('', `a=${d}`)))
    expect(confirming).toEqual([true, true, false, false])
  })

  it('puts us on hold when the far end only sends, or neither', () => {
    const holding = (['recvonly', 'inactive', 'sendrecv', 'sendonly'] as const).map((d) => putsOnHold(sdp('', `a=${d}`)))
    expect(holding).toEqual([false, true, false, true])
  })
})
