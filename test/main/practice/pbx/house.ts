import { onTestFinished, vi } from 'vitest'
import { createPbx, type PbxOptions, type PracticePbx } from '../../../../src-main/practice/pbx/pbx.ts'
import type { PbxEvent } from '../../../../src-main/practice/pbx/port.ts'
import { type AgentUa, createAgentUa, type DialogView, type Received, token } from './agent-ua.ts'
import { createPhoneMedia, type PhoneMedia } from './phone-media.ts'
import { until } from './until.ts'

// Real sockets and real audio take their time on a machine that others use too; a limit only ends a test that has failed.
vi.setConfig({ testTimeout: 60_000 })

type EventOf<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>

/** A PBX and its phones, all ended after the test. */
export interface House {
  pbx: PracticePbx
  events: PbxEvent[]
  lines: string[]
  /** The next event of a type that nobody has waited for yet. */
  event<T extends PbxEvent['type']>(type: T): Promise<EventOf<T>>
  phone(user: string): Promise<AgentUa>
  media(): PhoneMedia
}

export async function openHouse(options: PbxOptions = {}): Promise<House> {
  const lines: string[] = []
  const pbx = await createPbx({ log: (line) => lines.push(line), ...options })
  const events: PbxEvent[] = []
  const seen = new Set<PbxEvent>()
  const endings: (() => unknown)[] = []
  pbx.on((event) => events.push(event))
  onTestFinished(async () => {
    for (const ending of endings) await ending()
    await pbx.close()
  })
  return {
    pbx,
    events,
    lines,
    async event<T extends PbxEvent['type']>(type: T) {
      const found = await until(`the event ${type}`, () =>
        events.find((event): event is EventOf<T> => event.type === type && !seen.has(event))
      )
      seen.add(found)
      return found
    },
    async phone(user) {
      const ua = createAgentUa(pbx.account(user))
      endings.push(() => ua.close())
      await ua.connect()
      const answer = await ua.register()
      if (answer.status !== 200) throw new Error(`REGISTER got ${answer.startLine}`)
      return ua
    },
    media() {
      const media = createPhoneMedia()
      endings.push(() => media.close())
      return media
    }
  }
}

export const CALL = { conversationId: 'conversation-7', callId: 'call-7', from: '+4930123456', name: 'Mei "Lin" Hua', ringMs: 60_000 }

/** Rings a user and has the phone answer: audio flows both ways when this resolves. */
export async function answeredCall(house: House, ua: AgentUa): Promise<{ invite: Received; dialog: DialogView; media: PhoneMedia }> {
  house.pbx.ring({ ...CALL, user: ua.account.user })
  const invite = await ua.request('INVITE')
  const tag = token()
  const media = house.media()
  ua.respond(invite, 180, { tag })
  ua.respond(invite, 200, { tag, body: await media.answer(invite.body) })
  await ua.request('ACK')
  await house.event('answered')
  await until('audio from the customer', () => media.connected && media.packets > 2)
  return { invite, dialog: ua.dialogOf(invite, tag), media }
}
