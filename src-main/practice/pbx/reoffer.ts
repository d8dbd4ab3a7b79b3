import type { HeaderLine } from './compose.ts'
import type { Leg } from './leg.ts'
import { UnusableSdpError } from './media.ts'
import type { SipResponse } from './message.ts'
import type { AudioDescription } from './sdp.ts'

/** What our side offers anew in a call that is up. */
export interface Reoffer {
  method?: 'INVITE' | 'UPDATE'
  /** Which way our audio goes from now on; absent: as it is. `sendonly` or `inactive` is the far end's hold. */
  direction?: AudioDescription['direction']
  /** No offer in the INVITE: the phone makes it in its 200, our ACK answers. */
  late?: boolean
  lines?: readonly HeaderLine[]
}

const ATTEMPTS = 6

/**
 * Renegotiates a call from our side; the final status, or 408 when nobody answered. Glare is tried again after the pause that RFC 3261,
 * 14.1, asks for: 2.1 to 4 s for who made the Call-ID, up to 2 s for the other.
 */
export async function reoffer(leg: Leg, wish: Reoffer, wait: (ms: number) => Promise<void>): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const status = leg.state !== 'up' ? 481 : leg.negotiation === 'none' ? await once(leg, wish) : 491
    if (status !== 491 || attempt === ATTEMPTS) return status
    await wait(leg.ownsCallId ? 2_100 + Math.random() * 1_900 : Math.random() * 2_000)
  }
}

async function once(leg: Leg, { method = 'INVITE', direction, late = false, lines = [] }: Reoffer): Promise<number> {
  leg.negotiation = 'ours'
  try {
    if (late) leg.media.turn(direction)
    const body = late ? '' : await leg.media.offer(direction)
    const { response, acknowledge } = await ask(leg, method, body, [...lines, ...leg.session.wish()])
    if (response) leg.session.answered(response)
    if (!response || response.status >= 300) {
      acknowledge()
      await leg.media.withdrawOffer()
      return response?.status ?? 408
    }
    const contact = response.contacts === '*' ? undefined : response.contacts[0]
    if (contact) leg.dialog.target = contact.uriText
    if (late) {
      const answer = await leg.media.answer(response.body)
      acknowledge(answer.sdp)
      leg.negotiated(answer.remote)
    } else {
      acknowledge()
      leg.negotiated(await leg.media.accept(response.body))
    }
    return response.status
  } catch (error) {
    if (!(error instanceof UnusableSdpError)) throw error
    // The other side believes in a session that we cannot have (RFC 3261, 14.1).
    leg.fail('SIP;cause=488;text="Unusable answer"')
    return 488
  } finally {
    leg.negotiation = 'none'
  }
}

async function ask(
  leg: Leg,
  method: 'INVITE' | 'UPDATE',
  body: string,
  lines: readonly HeaderLine[]
): Promise<{ response: SipResponse | undefined; acknowledge(body?: string): void }> {
  if (method === 'INVITE') {
    const outcome = await leg.reinvite({ lines, body })
    return outcome ?? { response: undefined, acknowledge: () => undefined }
  }
  return { response: await leg.request('UPDATE', { lines, body }), acknowledge: () => undefined }
}
