import type { HeadsetDeps } from './headset.ts'
import { type Hid, hidOf } from './hid.ts'
import { openHidTelephony } from './hid-telephony.ts'

/** Names of headsets that the makers' library may know; the library itself is asked again. It is large: others do not fetch it. */
const MAKERS = /jabra|yealink|\(6993:|vbet|\bvt[\s\dx]|340b|\bac-\d|foundever|\bca[\s-]/i

/** The ways to reach headsets in this browser: none without WebHID, which only Chromium has, and only on pages of its own machine or https. */
export function headsetDrivers(hid: Hid | undefined = hidOf(navigator)): HeadsetDeps['drivers'] {
  if (!hid) return []
  return [
    { maySuit: (label) => MAKERS.test(label), load: async () => (await import('./vendors.ts')).openVendorHeadset },
    { maySuit: () => true, load: async () => openHidTelephony(hid) }
  ]
}
