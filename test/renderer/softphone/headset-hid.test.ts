import { describe, expect, it } from 'vitest'
import type { HidCollection } from '../../../src-renderer/softphone/headset/hid.ts'
import { isTelephony, readButtons, readReports, writeLamps } from '../../../src-renderer/softphone/headset/hid-reports.ts'
import { openHidTelephony } from '../../../src-renderer/softphone/headset/hid-telephony.ts'
import { createFakeHid, FakeHidDevice } from '../../fakes/hid-device.ts'

const [HOOK, FLASH, DROP, MUTE] = [0x0b0020, 0x0b0021, 0x0b0026, 0x0b002f]
const [LAMP_MUTE, LAMP_OFF_HOOK, LAMP_RING, LAMP_HOLD] = [0x080009, 0x080017, 0x080018, 0x080020]
const padding = (bits: number) => ({ reportSize: 1, reportCount: bits, usages: [] })

/** One bit each, as most headsets write it: hook, mute (relative), flash, then lamps in the same order as they are used. */
const PLAIN: HidCollection[] = [
  {
    usagePage: 0x0b,
    usage: 5,
    inputReports: [
      {
        reportId: 2,
        items: [
          { usages: [HOOK], reportSize: 1, reportCount: 1, isAbsolute: true },
          { usages: [MUTE, FLASH], reportSize: 1, reportCount: 2, isAbsolute: false },
          padding(5)
        ]
      }
    ],
    outputReports: [
      { reportId: 2, items: [{ usages: [LAMP_OFF_HOOK, LAMP_MUTE], reportSize: 1, reportCount: 2 }, padding(6)] },
      {
        reportId: 3,
        items: [
          padding(8),
          { isRange: true, usageMinimum: LAMP_RING, usageMaximum: LAMP_RING, reportSize: 1, reportCount: 1 },
          { usages: [LAMP_HOLD], reportSize: 1, reportCount: 1 }
        ]
      }
    ],
    // Chromium lists the reports of the inner collections in the outer one as well.
    children: [{ usagePage: 0x0b, usage: 6, inputReports: [{ reportId: 2, items: [{ usages: [MUTE], reportSize: 1, reportCount: 1 }] }] }]
  }
]
/** Buttons as the number of the one that is down, without report ids, and no lamps for mute and hold. */
const ARRAY: HidCollection[] = [
  {
    usagePage: 0x0b,
    usage: 5,
    inputReports: [
      {
        reportId: 0,
        items: [
          { usages: [HOOK], reportSize: 1, reportCount: 1, isAbsolute: true },
          padding(7),
          { isArray: true, usages: [DROP, MUTE], reportSize: 8, reportCount: 1, logicalMinimum: 1 }
        ]
      }
    ],
    outputReports: [{ reportId: 0, items: [{ usages: [LAMP_RING, LAMP_OFF_HOOK], reportSize: 1, reportCount: 2 }] }]
  }
]
const bytes = (...all: number[]) => new DataView(new Uint8Array(all).buffer)

describe("a headset's reports", () => {
  it('are read where its descriptor says', () => {
    const reports = readReports({ collections: PLAIN })
    expect(readButtons(reports, 2, bytes(0b101))).toEqual({ hook: true, mute: false, flash: true })
    expect(readButtons(reports, 2, bytes(0b010))).toEqual({ hook: false, mute: true, flash: false })
    expect(readButtons(reports, 9, bytes(0xff))).toEqual({})
    expect(readButtons(reports, 2, bytes())).toEqual({})
    const array = readReports({ collections: ARRAY })
    expect(readButtons(array, 0, bytes(1, 1))).toEqual({ hook: true, drop: true, mute: false })
    expect(readButtons(array, 0, bytes(0, 2))).toEqual({ hook: false, drop: false, mute: true })
    expect(readButtons(array, 0, bytes(0, 0))).toEqual({ hook: false, drop: false, mute: false })
  })

  it('are written whole, each lamp at its bit', () => {
    const reports = readReports({ collections: PLAIN })
    expect([...writeLamps(reports, 2, new Set(['offHook', 'mute'] as const))]).toEqual([0b11])
    expect([...writeLamps(reports, 3, new Set(['ring', 'mute'] as const))]).toEqual([0, 0b01])
    expect([...writeLamps(reports, 3, new Set(['hold'] as const))]).toEqual([0, 0b10])
  })

  it('without a hook are no telephone', () => {
    expect(isTelephony({ collections: PLAIN })).toBe(true)
    expect(isTelephony({ collections: [{ usagePage: 0x0c, usage: 1 }] })).toBe(false)
    expect(isTelephony({ collections: [{ usagePage: 0x0b, usage: 5 }] })).toBe(false)
  })
})

const NAME = 'Acme Talk 20'
async function bench(collections = PLAIN, label = `Headset Microphone (${NAME})`) {
  const device = new FakeHidDevice(NAME, collections)
  const fake = createFakeHid([new FakeHidDevice('Keyboard', []), device])
  const told: unknown[] = []
  const driver = openHidTelephony(fake.hid)({ press: (press) => told.push(press), status: (status) => told.push(status) })
  const status = await driver.connect(label, false)
  return { device, fake, told, driver, status }
}
const ring = { type: 'ring', callId: 'a', name: '' } as const
const lift = { type: 'off-hook', callId: 'a', how: 'rung' } as const
const rest = { type: 'on-hook', callId: 'a', last: true } as const

describe('a USB headset', () => {
  it('is found by the name of the microphone and opened', async () => {
    const { status, device, driver } = await bench()
    expect([status, device.opened]).toEqual([{ state: 'connected', name: NAME }, true])
    await driver.disconnect()
    expect(device.opened).toBe(false)
  })

  it('has its lamps lit as the call goes', async () => {
    const { device, driver } = await bench()
    const lit = async (order: Parameters<typeof driver.tell>[0]) => {
      device.sent.splice(0)
      await driver.tell(order)
      return device.sent
    }
    expect(await lit(ring)).toEqual(['3: 00000000 00000001'])
    expect(await lit(lift)).toEqual(['3: 00000000 00000000', '2: 00000001'])
    expect(await lit({ type: 'mute', on: true })).toEqual(['2: 00000011'])
    expect(await lit({ type: 'hold', callId: 'a', on: true })).toEqual(['3: 00000000 00000010'])
    expect(await lit({ type: 'on-hook', callId: 'b', last: false })).toEqual([])
    expect(await lit(rest)).toEqual(['2: 00000000', '3: 00000000 00000000'])
  })

  it('answers, mutes, holds and hangs up with its buttons', async () => {
    const { device, driver, told } = await bench()
    await driver.tell(ring)
    device.report(2, 0b001)
    expect(told.splice(0)).toEqual([{ type: 'answer' }])
    await driver.tell(lift)
    device.report(2, 0b011) // mute is down
    device.report(2, 0b001) // and up again
    expect(told.splice(0)).toEqual([{ type: 'mute', on: true }])
    await driver.tell({ type: 'mute', on: true })
    device.report(2, 0b011)
    expect(told.splice(0)).toEqual([{ type: 'mute', on: false }])
    device.report(2, 0b101)
    expect(told.splice(0)).toEqual([{ type: 'hold', on: true }])
    device.report(2, 0b000)
    expect(told).toEqual([{ type: 'hang-up' }])
  })

  it('tells no press when it only acknowledges its lamp', async () => {
    const { device, driver, told } = await bench()
    await driver.tell(ring)
    await driver.tell(lift)
    device.report(2, 0b001)
    await driver.tell(rest)
    device.report(2, 0b000)
    expect(told).toEqual([])
  })

  it('hangs up also when it never acknowledged, and not with an old hook beside the mute button', async () => {
    const { device, driver, told } = await bench()
    await driver.tell(lift)
    device.report(2, 0b010)
    device.report(2, 0b000)
    expect(told.splice(0)).toEqual([{ type: 'mute', on: true }])
    await driver.tell(lift)
    device.report(2, 0b000)
    expect(told).toEqual([{ type: 'hang-up' }])
  })

  it('declines with its drop button while it rings, else hangs up; a hook that only clicks does both in turn', async () => {
    const { device, driver, told } = await bench(ARRAY)
    await driver.tell(ring)
    device.report(0, 0, 1)
    device.report(0, 0, 0)
    await driver.tell(lift)
    device.report(0, 1, 1)
    expect(told).toEqual([{ type: 'reject' }, { type: 'hang-up' }])

    const clicks = PLAIN.map((one) => ({
      ...one,
      inputReports: [{ reportId: 2, items: [{ usages: [HOOK], reportSize: 1, reportCount: 1, isAbsolute: false }] }]
    }))
    const other = await bench(clicks)
    await other.driver.tell(ring)
    other.device.report(2, 1)
    other.device.report(2, 0)
    await other.driver.tell(lift)
    other.device.report(2, 1)
    expect(other.told).toEqual([{ type: 'answer' }, { type: 'hang-up' }])
  })

  it('that is pulled out says so, and comes back when it is plugged in again', async () => {
    const { device, fake, told, driver } = await bench()
    fake.unplug(device)
    await driver.tell(ring)
    expect(told.splice(0)).toEqual([{ state: 'none' }])
    fake.plug(new FakeHidDevice('Something else', PLAIN))
    fake.plug(device)
    await expect.poll(() => told).toEqual([{ state: 'connected', name: NAME }])
    device.report(2, 0b001)
    expect(told.slice(1)).toEqual([{ type: 'answer' }])
  })

  it('is asked for only in the click of a button', async () => {
    const device = new FakeHidDevice(NAME, PLAIN)
    const { hid, requests } = createFakeHid([], [device])
    const driver = openHidTelephony(hid)({ press() {}, status() {} })
    expect(await driver.connect(NAME, false)).toEqual({ state: 'none' })
    expect(requests).toEqual([])
    expect(await driver.connect(NAME, true)).toEqual({ state: 'connected', name: NAME })
    expect(requests).toEqual([{ filters: [{ usagePage: 0x0b }] }])
  })

  it('that cannot be had is said: not chosen, no telephone, taken by another program, no WebHID', async () => {
    const events = { press() {}, status() {} }
    expect(await openHidTelephony(createFakeHid([]).hid)(events).connect('X', true)).toEqual({ state: 'unpermitted', name: 'X' })
    const speaker = new FakeHidDevice('Speaker', [])
    expect(await openHidTelephony(createFakeHid([], [speaker]).hid)(events).connect('X', true)).toMatchObject({
      state: 'failed',
      name: 'Speaker'
    })
    const busy = Object.assign(new FakeHidDevice('Busy', PLAIN), { failOpen: true })
    expect(await openHidTelephony(createFakeHid([busy]).hid)(events).connect('Busy', false)).toMatchObject({
      state: 'failed',
      detail: 'Failed to open the device.'
    })
    expect(await openHidTelephony(undefined)(events).connect('X', true)).toEqual({ state: 'none' })
    expect(await openHidTelephony(undefined)(events).suits('X')).toBe(false)
  })
})
