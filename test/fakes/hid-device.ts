import type { Hid, HidCollection, HidDevice } from '../../src-renderer/softphone/headset/hid.ts'

/** A USB headset as WebHID shows it, with levers. */
export class FakeHidDevice extends EventTarget implements HidDevice {
  opened = false
  readonly vendorId: number
  readonly productId: number
  readonly productName: string
  readonly collections: readonly HidCollection[]
  /** Output reports, as "id: bits" of their first byte. */
  readonly sent: string[] = []
  /** The host may not have it, e.g. because another program does. */
  failOpen = false
  oninputreport: ((event: Event) => void) | null = null
  constructor(productName: string, collections: readonly HidCollection[], vendorId = 0x1234, productId = 0x5678) {
    super()
    this.productName = productName
    this.collections = collections
    this.vendorId = vendorId
    this.productId = productId
  }
  async open(): Promise<void> {
    if (this.failOpen) throw new Error('Failed to open the device.')
    this.opened = true
  }
  async close(): Promise<void> {
    this.opened = false
  }
  async sendReport(reportId: number, data: BufferSource): Promise<void> {
    if (!this.opened) throw new Error('The device is not open.')
    const bytes = new Uint8Array(ArrayBuffer.isView(data) ? data.buffer : data)
    this.sent.push(`${reportId}: ${[...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join(' ')}`)
  }
  /** Something was pressed: an input report. */
  report(reportId: number, ...bytes: number[]): void {
    const event = Object.assign(new Event('inputreport'), { device: this, reportId, data: new DataView(new Uint8Array(bytes).buffer) })
    this.oninputreport?.(event)
    this.dispatchEvent(event)
  }
}

/** The browser's WebHID. `allowed`: what the user has chosen before; `there`: what they could choose. */
export function createFakeHid(allowed: FakeHidDevice[], there: FakeHidDevice[] = []) {
  let permitted = [...allowed]
  const requests: unknown[] = []
  const events = new EventTarget()
  const hid: Hid = Object.assign(events, {
    getDevices: async () => [...permitted],
    async requestDevice(options: unknown) {
      requests.push(options)
      permitted = [...permitted, ...there]
      return there
    }
  })
  return {
    hid,
    requests,
    unplug(device: FakeHidDevice): void {
      device.opened = false
      permitted = permitted.filter((one) => one !== device)
      events.dispatchEvent(Object.assign(new Event('disconnect'), { device }))
    },
    plug(device: FakeHidDevice): void {
      permitted = [...permitted, device]
      events.dispatchEvent(Object.assign(new Event('connect'), { device }))
    }
  }
}
