import HeadsetService, { type ConsumedHeadsetEvents, HeadsetEvents, type VendorImplementation } from 'softphone-vendor-headsets'
import { hidOf } from './hid.ts'
import type { HeadsetEvents as Events, HeadsetDriver, HeadsetOrder, HeadsetPress, HeadsetStatus } from './port.ts'

/**
 * The one place that knows softphone-vendor-headsets 2.5.6. Fetched only when somebody has a headset: it is large.
 *
 * Used are the makers that it reaches through WebHID: Jabra, Yealink, VBeT, CyberAcoustics. Left out are those that it reaches by other
 * ways, which our page's security policy forbids: Plantronics/Poly (a script loaded from https://127.0.0.1:32018, JSONP) and
 * Sennheiser/EPOS (a WebSocket to wss://127.0.0.1:41088); their headsets are driven by plain USB telephony (hid-telephony.ts). The way
 * through a hosting program (`jabraNative`) exists nowhere here.
 */
export function openVendorHeadset(events: Events): HeadsetDriver {
  const service = HeadsetService.getInstance({ logger: LOGGER, appName: 'Sidetone', createNew: true })
  for (const vendor of [service.plantronics, service.sennheiser, service.jabraNative]) vendor.isSupported = () => false
  // Its own test takes every name with "vt" in it for one of VBeT's.
  service.vbet.deviceLabelMatchesVendor = (label) => /\bvbet\b|\bvt[\s\dx]|340b/i.test(label)

  let name = ''
  /** While connecting: what a request for permission makes of it. */
  let onPermission: ((ask: () => unknown) => void) | undefined
  const subscription = { end: () => {} }

  const vendorOf = (label: string): VendorImplementation | undefined =>
    service.implementations.find((vendor) => vendor.deviceLabelMatchesVendor(label))

  function hear(news: ConsumedHeadsetEvents): void {
    const press = pressOf(news)
    if (press) events.press(press)
    else if (news.event === HeadsetEvents.webHidPermissionRequested) onPermission?.(news.payload.callback)
    // The status while connecting is what `connect` gives.
    else if (news.event === HeadsetEvents.deviceConnectionStatusChanged && !onPermission) events.status(statusNow())
  }

  function statusNow(): HeadsetStatus {
    const status = service.connectionStatus()
    if (status === 'running') return { state: 'connected', name }
    if (status === 'checking') return { state: 'connecting', name }
    return { state: 'none' }
  }

  async function disconnect(): Promise<void> {
    subscription.end()
    subscription.end = () => {}
    await service.changeImplementation(null, '')
  }

  return {
    suits: async (label) => vendorOf(label) !== undefined,
    async connect(label, asks) {
      const vendor = vendorOf(label)
      if (!vendor) return { state: 'none' }
      name = label
      await disconnect()
      const listener = service.headsetEvents$.subscribe(hear)
      subscription.end = () => listener.unsubscribe()
      let wasAsked = false
      try {
        const unpermitted = new Promise<HeadsetStatus>((resolve, reject) => {
          onPermission = (ask) => {
            wasAsked = true
            if (!asks) {
              resolve({ state: 'unpermitted', name })
              return
            }
            // Whoever closes the browser's window without a choice is told at once and not after the library's half a minute.
            Promise.resolve(ask())
              .then(() => hidOf(navigator)?.getDevices())
              .then((allowed) => {
                if (!allowed?.length) resolve({ state: 'unpermitted', name })
              }, reject)
          }
        })
        const connected = service.changeImplementation(vendor, label).then((): HeadsetStatus => {
          const status = statusNow()
          if (status.state === 'connected') return status
          // Asked for, and still not there: another one was chosen, or none.
          return wasAsked ? { state: 'unpermitted', name } : { state: 'failed', name, detail: 'it does not answer' }
        })
        const status = await Promise.race([connected, unpermitted])
        connected.catch((error: unknown) => console.warn('the headset was given up', error))
        onPermission = undefined
        if (status.state !== 'connected') await disconnect()
        return status
      } catch (error) {
        onPermission = undefined
        await disconnect()
        return { state: 'failed', name, detail: error instanceof Error ? error.message : String(error) }
      }
    },
    tell: (order) => tell(service, order),
    disconnect
  }
}

function pressOf({ event, payload }: ConsumedHeadsetEvents): HeadsetPress | undefined {
  switch (event) {
    case HeadsetEvents.deviceAnsweredCall:
      return { type: 'answer' }
    case HeadsetEvents.deviceRejectedCall:
      return { type: 'reject' }
    case HeadsetEvents.deviceEndedCall:
      return { type: 'hang-up' }
    case HeadsetEvents.deviceMuteStatusChanged:
      return { type: 'mute', on: payload.isMuted }
    case HeadsetEvents.deviceHoldStatusChanged:
      return { type: 'hold', on: payload.holdRequested }
    default:
      return undefined
  }
}

async function tell(service: HeadsetService, order: HeadsetOrder): Promise<void> {
  switch (order.type) {
    case 'ring':
      return service.incomingCall({ conversationId: order.callId, contactName: order.name }, false)
    case 'stop-ring':
      return service.rejectCall(order.callId, false)
    case 'off-hook':
      if (order.how === 'dialled') return service.outgoingCall({ conversationId: order.callId })
      return service.answerCall(order.callId, order.how === 'unrung')
    case 'on-hook':
      return service.endCall(order.callId, !order.last)
    case 'mute':
      return service.setMute(order.on)
    case 'hold':
      return service.setHold(order.callId, order.on)
  }
}

const log = (...words: unknown[]) => console.debug('headset:', ...words)
const LOGGER = { debug: () => {}, info: () => {}, warn: log, error: log }
