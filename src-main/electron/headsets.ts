import type { ElectronApi } from './app.ts'

/** USB HID usage page of telephones and headsets (HID Usage Tables, 0x0B). */
const TELEPHONY = 0x0b

type Hid = Pick<Electron.HIDDevice, 'deviceId' | 'name' | 'vendorId' | 'productId' | 'collections'>

const isTelephone = (device: Hid): boolean => device.collections.some((one) => one.usagePage === TELEPHONY)
const keyOf = ({ vendorId, productId }: Hid): string => `${vendorId}:${productId}`

/**
 * Buttons of headsets (WebHID): a device that says of itself that it is a telephone may be used by our pages; any other one only after
 * its user chose it. No other device of the machine is given away.
 */
export function allowHeadsets(electron: Pick<ElectronApi, 'session' | 'dialog'>, isOurs: (origin: string) => boolean): void {
  const session = electron.session.defaultSession
  const chosen = new Set<string>()
  session.setDevicePermissionHandler(({ deviceType, origin, device }) => {
    if (deviceType !== 'hid' || !isOurs(origin)) return false
    const hid = device as Electron.HIDDevice // by its deviceType
    return isTelephone(hid) || chosen.has(keyOf(hid))
  })
  session.on('select-hid-device', (event, { deviceList }, decide) => {
    event.preventDefault()
    const choose = (device: Hid | undefined) => {
      if (device) chosen.add(keyOf(device))
      decide(device?.deviceId ?? null)
    }
    // One device often shows up several times, once for each of its interfaces.
    const devices = [...new Map(deviceList.map((device) => [keyOf(device), device])).values()]
    if (devices.length <= 1) return choose(devices[0])
    const names = devices.map((device) => device.name || keyOf(device))
    electron.dialog
      .showMessageBox({
        type: 'question',
        title: 'Sidetone',
        message: 'Headset / 耳机 / 耳機',
        buttons: [...names, '✕'],
        cancelId: names.length
      })
      .then(
        ({ response }) => choose(devices[response]),
        () => decide(null)
      )
  })
}
