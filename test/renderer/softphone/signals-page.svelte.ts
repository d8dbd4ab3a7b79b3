import { flushSync } from 'svelte'
import type { PhonePort, PhoneView } from '../../../src-renderer/softphone/port/port.ts'
import { Softphone } from '../../../src-renderer/softphone/softphone.svelte.ts'

/** Parts of the screen that count how often they had to look again. */
const READERS = {
  calls: (phone: Softphone) => phone.calls,
  ringing: (phone: Softphone) => phone.ringing,
  unmatched: (phone: Softphone) => phone.unmatched,
  others: (phone: Softphone) => phone.others,
  quality: (phone: Softphone) => phone.view.quality,
  devices: (phone: Softphone) => phone.devices.microphones,
  registration: (phone: Softphone) => phone.registration,
  readiness: (phone: Softphone) => phone.readiness,
  recordings: (phone: Softphone) => phone.view.recordings,
  transcripts: (phone: Softphone) => phone.view.transcripts,
  parked: (phone: Softphone) => phone.state.parked,
  place: (phone: Softphone) => phone.place
} as const
type Reader = keyof typeof READERS

/** A phone with a port of the test's own, and a reader of each part. `show` gives the names of those who had to look again. */
export function watched(first: PhoneView) {
  let view = first
  let tell = () => {}
  const port: PhonePort = {
    get view() {
      return view
    },
    place: 'here',
    subscribe(listener) {
      tell = listener
      return () => {}
    },
    watch: () => () => {},
    act: () => Promise.resolve(),
    close: () => Promise.resolve()
  }
  const phone = new Softphone(port, { attempt: () => {}, newId: () => 'id', allowHeadset: () => Promise.resolve() })
  const again = new Set<Reader>()
  const end = $effect.root(() => {
    // Of a type that has exactly these names.
    for (const name of Object.keys(READERS) as Reader[])
      $effect(() => {
        READERS[name](phone)
        again.add(name)
      })
  })
  flushSync()
  return {
    phone,
    end,
    show(change: Partial<PhoneView>): Reader[] {
      again.clear()
      view = { ...view, ...change }
      tell()
      flushSync()
      return [...again].toSorted()
    }
  }
}
