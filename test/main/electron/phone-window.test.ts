import { describe, expect, it } from 'vitest'
import type { ElectronApi } from '../../../src-main/electron/app.ts'
import { allowHeadsets } from '../../../src-main/electron/headsets.ts'
import { createLinks, linkIn } from '../../../src-main/electron/links.ts'
import { createPhoneWindow } from '../../../src-main/electron/phone-window.ts'
import { createElectron, type FakeElectronOptions, stoppable } from '../../fakes/electron.ts'
import { createFakeTimers } from '../../fakes/timers.ts'

const start = (options: Partial<FakeElectronOptions> = {}) => {
  const electron = createElectron({ dir: '/nowhere', ...options })
  electron.app.fireReady()
  // The stand-in has what is used of Electron, and only that.
  return { electron, api: electron as unknown as ElectronApi }
}

describe('the phone window', () => {
  function bench() {
    const { electron, api } = start()
    const timers = createFakeTimers()
    const logged: unknown[] = []
    const phone = createPhoneWindow(api, {
      preload: '/somewhere/preload.cjs',
      url: 'sidetone://desk/phone.html',
      log: (event, detail) => logged.push([event, detail]),
      after: timers.after,
      now: timers.now
    })
    const all = electron.BrowserWindow.all
    return { phone, timers, logged, all, living: () => all.filter((one) => !one.destroyed) }
  }

  it('opens for a seat: hidden, sandboxed, never slowed down, and stays when the same desk connects again', () => {
    const { phone, all } = bench()
    phone.follow('seat')
    phone.follow('seat')
    expect(all).toHaveLength(1)
    expect(all[0]).toMatchObject({ loaded: 'sidetone://desk/phone.html', shown: false, options: { show: false } })
    expect(all[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required'
    })
    expect([phone.owns(all[0]?.webContents), phone.owns(null), phone.owns(undefined), phone.seat]).toEqual([true, false, false, 'seat'])
  })

  it('is made again for the same seat when its page crashed, later each time, and sooner after it lived well', () => {
    const { phone, timers, all, living, logged } = bench()
    phone.follow('seat')
    const crash = () => living().at(-1)?.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    crash()
    expect(living()).toHaveLength(0)
    timers.advance(250)
    expect([living().length, phone.seat]).toEqual([1, 'seat'])
    crash()
    timers.advance(999)
    expect(living()).toHaveLength(0)
    timers.advance(1)
    expect(living()).toHaveLength(1)
    timers.advance(61_000)
    crash()
    timers.advance(250)
    expect([living().length, all.length, logged.length]).toEqual([1, 4, 3])
  })

  it('goes with its desk: it is told to hang up, and is taken away when it does not', () => {
    const { phone, timers, all, living } = bench()
    phone.follow('seat')
    phone.follow(undefined)
    const [first] = all
    expect(first?.webContents.told).toEqual([['sidetone:tell', { type: 'sidetone:end' }]])
    expect([phone.owns(first?.webContents), first?.destroyed]).toEqual([false, false])
    timers.advance(2_000)
    expect(first?.destroyed).toBe(true)
    first?.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    timers.advance(60_000)
    expect(living()).toHaveLength(0)
    phone.follow('another')
    expect(living()).toHaveLength(1)
    phone.close()
    timers.advance(2_000)
    expect([living().length, phone.seat]).toEqual([0, undefined])
  })

  it('is not made again by a crash when its desk has gone meanwhile', () => {
    const { phone, timers, living } = bench()
    phone.follow('seat')
    living()[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    phone.follow(undefined)
    timers.advance(60_000)
    expect(living()).toHaveLength(0)
  })
})

describe('links of other programs', () => {
  it.each([
    [['--flag', 'tel:+442079460018'], 'tel:+442079460018'],
    [['C:\\Sidetone.exe', 'sip:lin@pbx.example'], 'sip:lin@pbx.example'],
    [['CALLTO:123', 'tel:456'], 'tel:456'],
    [['https://evil.example/tel:1'], undefined],
    [['javascript:alert(1)', 'file:///etc/passwd', 'tel:'], undefined],
    [[`tel:${'1'.repeat(300)}`], undefined],
    [['tel:1\n2'], undefined],
    [[], undefined]
  ])('%j', (words, link) => expect(linkIn(words)).toBe(link))

  it('are heard from the start, from a second start and from macOS; what came early waits, the newest', () => {
    const { electron, api } = start()
    const links = createLinks(api, ['sidetone', 'tel:1'])
    electron.app.emit('second-instance', {}, ['sidetone', 'tel:2'])
    const heard: string[] = []
    links.on((text) => heard.push(text))
    electron.app.emit('second-instance', {}, ['sidetone'])
    electron.app.emit('second-instance', {}, ['sidetone', 'sip:a@b'])
    const event = stoppable({})
    electron.app.emit('open-url', event, 'tel:3')
    electron.app.emit('open-url', stoppable({}), 'https://evil.example')
    expect([heard, event.prevented]).toEqual([['tel:2', 'sip:a@b', 'tel:3'], true])
    links.on((text) => heard.push(`again ${text}`))
    expect(heard).toHaveLength(3)
  })

  it('are asked for by an installed app only, and only those that are not ours already', () => {
    const sources = start()
    createLinks(sources.api, [])
    expect(sources.electron.app.calls).toEqual([])
    const installed = start({ packaged: true, ownSchemes: ['tel'] })
    createLinks(installed.api, [])
    expect(installed.electron.app.calls).toEqual(['scheme callto', 'scheme sip'])
  })
})

describe('headsets', () => {
  const hid = (vendorId: number, usagePage: number, name = `device ${vendorId}`) =>
    // What is looked at of a device.
    ({ deviceId: `id-${vendorId}`, name, vendorId, productId: 1, collections: [{ usagePage, usage: 5 }] }) as unknown as Electron.HIDDevice
  function bench() {
    const { electron, api } = start()
    allowHeadsets(api, (origin) => origin === 'sidetone://desk')
    const { defaultSession } = electron.session
    return {
      electron,
      allowed: (device: Electron.HIDDevice, origin = 'sidetone://desk', deviceType: 'hid' | 'usb' = 'hid') =>
        defaultSession.device?.({ deviceType, origin, device }),
      async choose(...deviceList: Electron.HIDDevice[]) {
        const event = stoppable({})
        const chosen = await new Promise((resolve) => defaultSession.emit('select-hid-device', event, { deviceList }, resolve))
        return [event.prevented, chosen]
      }
    }
  }

  it('are the devices that say they are telephones; nothing else, and for nobody else', () => {
    const { allowed } = bench()
    expect(allowed(hid(1, 0x0b))).toBe(true)
    expect(allowed(hid(1, 0x01))).toBe(false)
    expect(allowed(hid(1, 0x0b), 'https://evil.example')).toBe(false)
    expect(allowed(hid(1, 0x0b), 'sidetone://desk', 'usb')).toBe(false)
  })

  it('are chosen by the user when there are several; what was chosen may be used', async () => {
    const { electron, allowed, choose } = bench()
    expect(await choose()).toEqual([true, null])
    expect(await choose(hid(1, 0xff00))).toEqual([true, 'id-1'])
    expect([allowed(hid(1, 0xff00)), allowed(hid(2, 0xff00)), electron.dialog.asked.length]).toEqual([true, false, 0])
    electron.dialog.press = 1
    expect(await choose(hid(2, 0xff00), hid(2, 0xff00), hid(3, 0xff00, ''))).toEqual([true, 'id-3'])
    expect(electron.dialog.asked[0]?.buttons).toEqual(['device 2', '3:1', '✕'])
    electron.dialog.press = 2
    expect(await choose(hid(4, 0xff00), hid(5, 0xff00))).toEqual([true, null])
    expect([allowed(hid(3, 0xff00)), allowed(hid(4, 0xff00))]).toEqual([true, false])
  })
})
