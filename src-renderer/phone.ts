import type { LineView } from '../src-shared/contract/desk.ts'
import { connect } from './connect.ts'
import { Live } from './live-query.svelte.ts'
import { openPhone } from './softphone/engine/browser.ts'
import { hostOf } from './softphone/engine/host.ts'

/** The page of the desktop app's hidden phone window: a desk's phone without a screen. Whose it is, main knows. */
async function start(): Promise<void> {
  // 1. The desk
  const { client } = connect(
    undefined,
    () => {},
    () => {}
  )
  const { person } = await client.session.me()
  const live = new Live()
  let line: LineView['state'] | undefined
  live.on('line', () => {
    client.desk.line().then(
      (view) => {
        line = view.state
      },
      (error: unknown) => console.warn('nothing is known of the line', error)
    )
  })
  // 2. The phone
  const phone = openPhone(
    person.personId,
    hostOf(client, live, () => line === 'down'),
    true
  )
  // 3. What main has to tell
  const end = new AbortController()
  window.addEventListener('message', (event: MessageEvent<{ type?: unknown } | null>) => {
    if (event.source !== window || event.origin !== location.origin) return
    switch (event.data?.type) {
      case 'sidetone:hurry':
        phone.act({ type: 'phone', input: { type: 'hurry' } }).catch((error: unknown) => console.warn('nobody hurries', error))
        return
      case 'sidetone:end':
        end.abort()
        void phone.close().finally(() => window.close())
    }
  })
  // 4. Changes; for as long as the window lives
  await live.follow(client, end.signal)
}

void start()
