import { catalogue } from './catalogue.svelte.ts'

const topics = catalogue(
  {
    dialled: (who: string) => `Call to ${who}`,
    callback: (who: string) => `Call-back to ${who}`,
    direct: (who: string) => `Call from ${who}`
  },
  { dialled: (who) => `呼出：${who}`, callback: (who) => `回电：${who}`, direct: (who) => `来电：${who}` },
  { dialled: (who) => `撥出：${who}`, callback: (who) => `回電：${who}`, direct: (who) => `來電：${who}` }
)

interface About {
  reason: string
  channel: 'voice' | 'chat' | 'email'
  direction?: 'in' | 'out' | undefined
  callbackId?: string | undefined
}

/**
 * What a contact is about, in one line. One that nobody gave a reason for, since a person dialled or was rung through directly, is about
 * that; empty only for what was written.
 *
 * @param who the customer as they are shown
 */
export function topicOf({ reason, channel, direction, callbackId }: About, who: string): string {
  if (reason !== '' || channel !== 'voice' || who === '') return reason
  const t = topics()
  return callbackId !== undefined ? t.callback(who) : direction === 'out' ? t.dialled(who) : t.direct(who)
}
