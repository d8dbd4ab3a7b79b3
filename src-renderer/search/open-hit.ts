import type { Hit } from '../../src-shared/contract/records.ts'
import type { DeskState } from '../desk.svelte.ts'
import { search } from '../text/search.ts'

/** Goes where a hit is. A customer opens with the newest conversation. */
export async function openHit(desk: DeskState, hit: Hit): Promise<void> {
  switch (hit.kind) {
    case 'conversation':
    case 'entry':
      desk.place = { room: 'inbox', conversationId: hit.conversationId }
      return
    case 'article':
      desk.place = { room: 'knowledge', articleId: hit.articleId }
      return
    case 'customer': {
      const found = await desk.attempt(() => desk.client.customers.get({ customerId: hit.customerId }))
      if (!found) return
      const newest = found.conversations.reduce<(typeof found.conversations)[number] | undefined>(
        (a, b) => (a && a.openedAt >= b.openedAt ? a : b),
        undefined
      )
      if (newest) desk.place = { room: 'inbox', conversationId: newest.conversationId }
      else desk.say(search().noConversation)
    }
  }
}
