import type { HidCollection, HidDevice, HidReport, HidReportItem } from './hid.ts'

/**
 * Where in a headset's reports its hook, mute and lamps are: read from its report descriptor, which every maker writes otherwise.
 * Usages: USB HID Usage Tables 1.5, Telephony Device page (0x0B, chapter 14) and LED page (0x08, chapter 11).
 */

const TELEPHONY = 0x0b
const USAGES = {
  hook: 0x0b0020,
  flash: 0x0b0021,
  drop: 0x0b0026,
  mute: 0x0b002f
} as const
const LAMPS = {
  mute: 0x080009,
  offHook: 0x080017,
  ring: 0x080018,
  hold: 0x080020
} as const
/** The ringer itself is a telephony usage on some headsets that have no ring lamp. */
const RINGER = 0x0b009e

export type Button = keyof typeof USAGES
export type Lamp = keyof typeof LAMPS

interface Field {
  reportId: number
  /** From the report's first bit, least significant first (HID 1.11, 8.4). */
  bit: number
  size: number
}
interface ArrayField extends Field {
  /** The usage that each value names, by value. */
  usages: ReadonlyMap<number, number>
  count: number
}
export interface InputField extends Field {
  /** Relative: a press sends 1 and then 0, and nothing is on or off by itself. */
  isToggle: boolean
}

export interface TelephonyReports {
  inputs: Partial<Record<Button, InputField>>
  arrays: readonly ArrayField[]
  outputs: Partial<Record<Lamp, Field>>
  /** Length of each output report in bytes: a report is sent whole. */
  sizes: ReadonlyMap<number, number>
}

const collectionsOf = (collections: readonly HidCollection[]): HidCollection[] =>
  collections.flatMap((one) => [one, ...collectionsOf(one.children ?? [])])

/** Can this device be answered with at all? */
export const isTelephony = (device: Pick<HidDevice, 'collections'>): boolean =>
  device.collections.some((collection) => collection.usagePage === TELEPHONY) && readReports(device).inputs.hook !== undefined

export function readReports(device: Pick<HidDevice, 'collections'>): TelephonyReports {
  const collections = collectionsOf(device.collections)
  const inputs: TelephonyReports['inputs'] = {}
  const outputs: TelephonyReports['outputs'] = {}
  const arrays: ArrayField[] = []
  const sizes = new Map<number, number>()
  for (const { report, item, bit, index } of fieldsOf(collections.flatMap((one) => one.inputReports ?? []))) {
    const field = { reportId: report.reportId ?? 0, bit, size: item.reportSize ?? 1 }
    if (item.isArray) {
      if (index === 0) arrays.push({ ...field, count: item.reportCount ?? 1, usages: arrayUsages(item) })
      continue
    }
    const button = nameOf(USAGES, usageOf(item, index))
    if (button) inputs[button] ??= { ...field, isToggle: item.isAbsolute === false }
  }
  const outputReports = collections.flatMap((one) => one.outputReports ?? [])
  for (const { report, item, bit, index } of fieldsOf(outputReports)) {
    const size = item.reportSize ?? 1
    const reportId = report.reportId ?? 0
    sizes.set(reportId, Math.max(sizes.get(reportId) ?? 0, Math.ceil((bit + size) / 8)))
    const usage = usageOf(item, index)
    const lamp = nameOf(LAMPS, usage) ?? (usage === RINGER ? 'ring' : undefined)
    if (lamp) outputs[lamp] ??= { reportId, bit, size }
  }
  return { inputs, outputs, arrays, sizes }
}

/** Every value of every report with its place; a report that stands in several collections is one report, its items in order. */
function* fieldsOf(reports: readonly HidReport[]): Generator<{ report: HidReport; item: HidReportItem; bit: number; index: number }> {
  const seen = new Set<number>()
  for (const report of reports) {
    // Chromium lists a report in the outer collection and again in the inner ones that it belongs to.
    if (seen.has(report.reportId ?? 0)) continue
    seen.add(report.reportId ?? 0)
    let bit = 0
    for (const item of report.items ?? [])
      for (let index = 0; index < (item.reportCount ?? 1); index++) {
        yield { report, item, bit, index }
        bit += item.reportSize ?? 1
      }
  }
}

function usageOf(item: HidReportItem, index: number): number | undefined {
  if (item.isRange && item.usageMinimum !== undefined && item.usageMaximum !== undefined)
    return item.usageMinimum + index <= item.usageMaximum ? item.usageMinimum + index : undefined
  // The last usage stands for all that follow (HID 1.11, 6.2.2.8).
  return item.usages?.[Math.min(index, item.usages.length - 1)]
}

function arrayUsages(item: HidReportItem): ReadonlyMap<number, number> {
  const first = item.logicalMinimum ?? 0
  const all =
    item.isRange && item.usageMinimum !== undefined && item.usageMaximum !== undefined
      ? // A range may be written over the whole page: only what a headset could mean is kept.
        Array.from({ length: Math.min(256, item.usageMaximum - item.usageMinimum + 1) }, (_, i) => (item.usageMinimum ?? 0) + i)
      : (item.usages ?? [])
  return new Map(all.map((usage, i) => [first + i, usage]))
}

function nameOf<Name extends string>(table: Record<Name, number>, usage: number | undefined): Name | undefined {
  // The keys of a record are its names; Object.keys forgets it.
  return (Object.keys(table) as Name[]).find((name) => table[name] === usage)
}

/** One value out of a report's bytes; `undefined` when the report is too short for it. */
export function readField(data: DataView, bit: number, size: number): number | undefined {
  if (bit + size > data.byteLength * 8) return undefined
  let value = 0
  for (let i = 0; i < size; i++) if ((data.getUint8((bit + i) >> 3) >> ((bit + i) & 7)) & 1) value += 2 ** i
  return value
}

/** Which buttons a report names, and for each whether it is down. Fields that are not in it are not in the result. */
export function readButtons(reports: TelephonyReports, reportId: number, data: DataView): Partial<Record<Button, boolean>> {
  const buttons: Partial<Record<Button, boolean>> = {}
  for (const array of reports.arrays) {
    if (array.reportId !== reportId) continue
    const usages = Array.from({ length: array.count }, (_, i) => readField(data, array.bit + i * array.size, array.size)).map((value) =>
      value === undefined ? undefined : array.usages.get(value)
    )
    const known = [...array.usages.values()]
    for (const button of Object.keys(USAGES) as Button[]) // its keys are the buttons
      if (known.includes(USAGES[button])) buttons[button] = usages.includes(USAGES[button])
  }
  for (const [button, field] of Object.entries(reports.inputs) as [Button, InputField][]) {
    const value = field.reportId === reportId ? readField(data, field.bit, field.size) : undefined
    if (value !== undefined) buttons[button] = value !== 0
  }
  return buttons
}

/** The whole of one output report with the given lamps lit. */
export function writeLamps(reports: TelephonyReports, reportId: number, lit: ReadonlySet<Lamp>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(reports.sizes.get(reportId) ?? 1)
  for (const [lamp, field] of Object.entries(reports.outputs) as [Lamp, Field][]) {
    const byte = field.bit >> 3
    if (field.reportId === reportId && lit.has(lamp)) bytes[byte] = (bytes[byte] ?? 0) | (1 << (field.bit & 7))
  }
  return bytes
}
