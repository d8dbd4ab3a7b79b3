import { expect } from 'vitest'
import { energyOf } from '../../../../src-main/practice/pbx/ulaw.ts'
import { type AgentUa, credentials, type DialogView, type Received, tagOf, token, uriOf } from './agent-ua.ts'
import type { House } from './house.ts'
import type { PhoneMedia } from './phone-media.ts'

/** Whether the phone hears something loud just now. */
export const loud = (media: PhoneMedia): boolean => {
  const recent = media.recent()
  return recent.length > 800 && Math.sqrt(energyOf(recent) / recent.length) > 0.2
}

/** An INVITE of the agent's own, with the challenge answered; gives the final response and the dialog. */
export async function dial(
  ua: AgentUa,
  number: string,
  options: { body?: string; lines?: string[]; onInvite?: (dialog: DialogView, branch: string) => void } = {}
): Promise<{ final: Received; dialog: DialogView; cseq: number; branch: string }> {
  const { domain, user } = ua.account
  const target = `sip:${number}@${domain}`
  const dialog: DialogView = {
    callId: token(),
    localTag: token(),
    remoteTag: '',
    localUri: `sip:${user}@${domain}`,
    remoteUri: target,
    target,
    cseq: 1
  }
  const type = options.body ? ['Content-Type: application/sdp'] : []
  const lines = [...type, ...(options.lines ?? [])]
  const first = ua.send(dialog, 'INVITE', { lines, ...(options.body ? { body: options.body } : {}) })
  const challenge = await ua.final('INVITE', dialog.callId, first)
  expect(challenge.status).toBe(407)
  ua.send({ ...dialog, remoteTag: tagOf(challenge.header('To')) }, 'ACK', { cseq: first })
  const authorization = `Proxy-Authorization: ${credentials(challenge.header('Proxy-Authenticate'), ua.account, 'INVITE', target)}`
  const branch = `z9hG4bK${token()}`
  const cseq = ua.send(dialog, 'INVITE', { branch, lines: [...lines, authorization], ...(options.body ? { body: options.body } : {}) })
  options.onInvite?.(dialog, branch)
  const final = await ua.final('INVITE', dialog.callId, cseq)
  dialog.remoteTag = tagOf(final.header('To'))
  if (final.status === 200) dialog.target = uriOf(final.header('Contact'))
  return { final, dialog, cseq, branch }
}

/** Dials and has it answered. */
export async function dialled(
  house: House,
  ua: AgentUa,
  number: string,
  lines: string[] = []
): Promise<{ dialog: DialogView; media: PhoneMedia }> {
  const media = house.media()
  const { final, dialog, cseq } = await dial(ua, number, { body: await media.offer(), lines })
  expect(final.status).toBe(200)
  ua.send(dialog, 'ACK', { cseq })
  await media.accept(final.body)
  return { dialog, media }
}

/** Answers what rings. */
export async function pickUp(house: House, ua: AgentUa): Promise<{ invite: Received; media: PhoneMedia; dialog: DialogView }> {
  const invite = await ua.request('INVITE')
  const tag = token()
  const media = house.media()
  ua.respond(invite, 180, { tag })
  ua.respond(invite, 200, { tag, body: await media.answer(invite.body) })
  await ua.request('ACK')
  return { invite, media, dialog: ua.dialogOf(invite, tag) }
}

/** What the NOTIFYs of a REFER told, up to the one that begins so. */
export const sipfrags = async (ua: AgentUa, last: string): Promise<string[]> => {
  const found: string[] = []
  while (!found.at(-1)?.startsWith(last)) {
    const notify = await ua.request('NOTIFY')
    ua.respond(notify, 200)
    found.push(notify.body.replace('SIP/2.0 ', '').trim())
  }
  return found
}
