import { cardOf } from '../media/choose-devices.ts'
import type { Hid, HidDevice } from './hid.ts'
import { isTelephony, type Lamp, readButtons, readReports, type TelephonyReports, writeLamps } from './hid-reports.ts'
import type { HeadsetDriver, HeadsetEvents, HeadsetOrder, HeadsetStatus, OpenHeadsetDriver } from './port.ts'

/** Headsets of any make that speak USB telephony (HID Usage Tables, page 0x0B): hook, mute, hold and their lamps. */
export function openHidTelephony(hid: Hid | undefined): OpenHeadsetDriver {
  return (events) => createHidTelephony(hid, events)
}

/** What is pressed is told by what changes; these are the places of the moving parts. */
interface Held {
  device: HidDevice
  reports: TelephonyReports
  lit: Set<Lamp>
  /** The hook as the headset last said, or as it was told: it follows its lamp. */
  isOffHook: boolean
  down: { mute: boolean; flash: boolean; drop: boolean }
  /** What mute and hold are, for buttons that only say "the other one". */
  muted: boolean
  held: boolean
  ringing: boolean
}

function createHidTelephony(hid: Hid | undefined, events: HeadsetEvents): HeadsetDriver {
  let wanted = ''
  let holding: Held | undefined

  const isOf = (label: string) => (device: HidDevice) => {
    const [card, product] = [cardOf(label).toLowerCase(), device.productName.toLowerCase()]
    return isTelephony(device) && product !== '' && (card.includes(product) || product.includes(card))
  }

  async function take(device: HidDevice): Promise<HeadsetStatus> {
    try {
      if (!device.opened) await device.open()
    } catch (error) {
      return { state: 'failed', name: device.productName, detail: error instanceof Error ? error.message : String(error) }
    }
    holding = {
      device,
      reports: readReports(device),
      lit: new Set(),
      isOffHook: false,
      down: { mute: false, flash: false, drop: false },
      muted: false,
      held: false,
      ringing: false
    }
    device.addEventListener('inputreport', hear)
    return { state: 'connected', name: device.productName }
  }

  function hear(event: Event): void {
    const one = holding
    // WebHID's HIDInputReportEvent; only this device sends these to this listener.
    const { reportId, data, device } = event as Event & { reportId: number; data: DataView; device: HidDevice }
    if (!one || one.device !== device) return
    const buttons = readButtons(one.reports, reportId, data)
    const pressed = (button: keyof Held['down']): boolean => {
      const isDown = buttons[button]
      if (isDown === undefined) return false
      const edge = isDown && !one.down[button]
      one.down[button] = isDown
      return edge
    }
    const [mute, flash, drop] = [pressed('mute'), pressed('flash'), pressed('drop')]
    if (buttons.hook !== undefined) hook(one, buttons.hook, mute || flash || drop)
    if (mute) events.press({ type: 'mute', on: !one.muted })
    if (flash) events.press({ type: 'hold', on: !one.held })
    if (drop) events.press({ type: one.ringing && !one.lit.has('offHook') ? 'reject' : 'hang-up' })
  }

  function hook(one: Held, isOffHook: boolean, isBeside: boolean): void {
    const was = one.isOffHook
    if (one.reports.inputs.hook?.isToggle) {
      one.isOffHook = isOffHook
      if (isOffHook && !was) events.press({ type: one.lit.has('offHook') ? 'hang-up' : 'answer' })
      return
    }
    one.isOffHook = isOffHook
    // Some headsets do not follow their lamp and send an old hook beside another button: that is nobody's hanging up.
    if (isOffHook === was || isBeside) return
    // The headset acknowledges what its lamp was told.
    if (isOffHook === one.lit.has('offHook')) return
    events.press({ type: isOffHook ? 'answer' : one.lit.has('offHook') ? 'hang-up' : 'reject' })
  }

  async function light(one: Held, change: Partial<Record<Lamp, boolean>>): Promise<void> {
    const reportIds = new Set<number>()
    for (const [lamp, on] of Object.entries(change) as [Lamp, boolean][]) {
      const field = one.reports.outputs[lamp]
      if (on) one.lit.add(lamp)
      else one.lit.delete(lamp)
      if (field) reportIds.add(field.reportId)
    }
    if (change.offHook !== undefined && !one.reports.inputs.hook?.isToggle) one.isOffHook = change.offHook
    for (const reportId of reportIds) await one.device.sendReport(reportId, writeLamps(one.reports, reportId, one.lit))
  }

  async function tell(order: HeadsetOrder): Promise<void> {
    const one = holding
    if (!one) return
    switch (order.type) {
      case 'ring':
        one.ringing = true
        return light(one, { ring: true })
      case 'stop-ring':
        one.ringing = false
        return light(one, { ring: false })
      case 'off-hook':
        one.ringing = false
        return light(one, { ring: false, offHook: true })
      case 'on-hook':
        if (!order.last) return
        one.muted = false
        one.held = false
        return light(one, { offHook: false, mute: false, hold: false })
      case 'mute':
        one.muted = order.on
        return light(one, { mute: order.on })
      case 'hold':
        one.held = order.on
        return light(one, { hold: order.on })
    }
  }

  async function letGo(): Promise<void> {
    const one = holding
    holding = undefined
    if (!one) return
    one.device.removeEventListener('inputreport', hear)
    if (!one.device.opened) return
    // A headset that is left with its lamps lit would ring or stay off the hook for ever.
    await light(one, { ring: false, offHook: false, mute: false, hold: false })
    await one.device.close()
  }

  const gone = (event: Event) => {
    // WebHID's HIDConnectionEvent.
    const { device } = event as Event & { device: HidDevice }
    if (holding?.device !== device) return
    device.removeEventListener('inputreport', hear)
    holding = undefined
    events.status({ state: 'none' })
  }
  const came = (event: Event) => {
    const { device } = event as Event & { device: HidDevice } // as above
    if (holding || wanted === '' || !isOf(wanted)(device)) return
    void take(device).then((status) => events.status(status))
  }

  return {
    suits: async () => hid !== undefined,
    async connect(label, asks) {
      if (!hid) return { state: 'none' }
      wanted = label
      hid.addEventListener('disconnect', gone)
      hid.addEventListener('connect', came)
      const known = (await hid.getDevices()).find(isOf(label))
      if (known) return take(known)
      if (!asks) return { state: 'none' } // which others there are is not told before the user has chosen one
      const chosen = await hid.requestDevice({ filters: [{ usagePage: 0x0b }] })
      const device = chosen.find(isTelephony)
      if (device) return take(device)
      const [other] = chosen
      return other
        ? { state: 'failed', name: other.productName, detail: 'it has no buttons for calls' }
        : { state: 'unpermitted', name: label }
    },
    tell,
    async disconnect() {
      wanted = ''
      hid?.removeEventListener('disconnect', gone)
      hid?.removeEventListener('connect', came)
      await letGo()
    }
  }
}
