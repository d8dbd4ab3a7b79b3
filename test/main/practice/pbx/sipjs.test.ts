import { type Invitation, Inviter, Registerer, type SessionDescriptionHandler, SessionState, UserAgent } from 'sip.js'
import { expect, onTestFinished, test } from 'vitest'
import { tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { decodeUserToUser } from '../../../../src-main/practice/pbx/uui.ts'
import { CALL, openHouse } from './house.ts'
import type { PhoneMedia } from './phone-media.ts'
import { until } from './until.ts'

/** SIP.js with the audio of the test phone: the signalling of the real softphone against the real PBX, without a browser. */
function handlerOf(media: PhoneMedia): SessionDescriptionHandler {
  let offered = false
  let remote: string | undefined
  return {
    close: () => undefined,
    getDescription: async (options) => {
      media.direction((options as { hold?: boolean } | undefined)?.hold ? 'sendonly' : 'sendrecv') // the one option this test passes
      const body = remote === undefined ? await media.offer() : await media.answer(remote)
      offered = remote === undefined
      remote = undefined
      return { body, contentType: 'application/sdp' }
    },
    setDescription: async (sdp) => {
      if (offered) await media.accept(sdp)
      else remote = sdp
      offered = false
    },
    hasDescription: (contentType) => contentType === 'application/sdp',
    sendDtmf: () => false
  }
}
test('SIP.js registers, answers, holds, resumes, dials and hangs up', async () => {
  const house = await openHouse()
  const account = house.pbx.account('agent-lin')
  const medias: PhoneMedia[] = []
  const invitations: Invitation[] = []
  const agent = new UserAgent({
    uri: UserAgent.makeURI(`sip:${account.user}@${account.domain}`) ?? fail(),
    authorizationUsername: account.user,
    authorizationPassword: account.secret,
    transportOptions: { server: account.server },
    logBuiltinEnabled: false,
    sessionDescriptionHandlerFactory: () => {
      const media = house.media()
      medias.push(media)
      return handlerOf(media)
    },
    delegate: { onInvite: (invitation) => void invitations.push(invitation) }
  })
  onTestFinished(() => agent.stop())
  await agent.start()
  await new Registerer(agent, { regId: 1 }).register()
  await house.event('registered')

  house.pbx.ring({ ...CALL, user: 'agent-lin' })
  const invitation = await until('the invitation', () => invitations[0])
  expect(invitation.remoteIdentity.displayName).toContain('Mei')
  expect(decodeUserToUser(invitation.request.getHeader('User-to-User') ?? '')).toBe('conversation-7')
  await house.event('ringing')
  await invitation.accept()
  await house.event('answered')
  const media = await until('media', () => medias[0])
  media.speak(tone(500, 500, 0.5))
  await until('the agent is heard', () => house.events.find((event) => event.type === 'heard' && event.rms > 0.2))
  const renegotiate = async (hold: boolean): Promise<void> => {
    invitation.sessionDescriptionHandlerOptionsReInvite = { hold } as object // SIP.js hands any object through to the handler
    await new Promise<void>((resolve, reject) => {
      const requestDelegate = { onAccept: () => resolve(), onReject: () => reject(new Error('the re-INVITE was refused')) }
      invitation.invite({ requestDelegate }).catch(reject)
    })
  }
  await renegotiate(true)
  await house.event('held')
  await renegotiate(false)
  await house.event('resumed')
  house.pbx.hangUp('call-7', 'customer')
  await until('SIP.js sees the end', () => invitation.state === SessionState.Terminated)

  const inviter = new Inviter(agent, UserAgent.makeURI(`sip:600@${account.domain}`) ?? fail())
  await inviter.invite()
  await until('SIP.js is through', () => inviter.state === SessionState.Established)
  await house.event('answered')
  await inviter.bye()
  await until('the PBX sees the end', () => house.events.findLast((event) => event.type === 'ended' && event.by === 'agent'))
  expect(house.pbx.counts().crashed).toBe(0)
})

function fail(): never {
  throw new Error('not a SIP URI')
}
