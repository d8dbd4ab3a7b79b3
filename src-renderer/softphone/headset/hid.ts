/** What of WebHID (WICG draft) is used here; TypeScript's own DOM types do not have it yet. */

export interface HidReportItem {
  isAbsolute?: boolean
  isArray?: boolean
  isRange?: boolean
  usages?: readonly number[]
  usageMinimum?: number
  usageMaximum?: number
  reportSize?: number
  reportCount?: number
  logicalMinimum?: number
  logicalMaximum?: number
}
export interface HidReport {
  reportId?: number
  items?: readonly HidReportItem[]
}
export interface HidCollection {
  usagePage?: number
  usage?: number
  children?: readonly HidCollection[]
  inputReports?: readonly HidReport[]
  outputReports?: readonly HidReport[]
}
export interface HidDevice extends EventTarget {
  readonly opened: boolean
  readonly vendorId: number
  readonly productId: number
  readonly productName: string
  readonly collections: readonly HidCollection[]
  open(): Promise<void>
  close(): Promise<void>
  sendReport(reportId: number, data: BufferSource): Promise<void>
}
export interface Hid extends EventTarget {
  getDevices(): Promise<HidDevice[]>
  requestDevice(options: { filters: { vendorId?: number; productId?: number; usagePage?: number; usage?: number }[] }): Promise<HidDevice[]>
}

/** The browser's WebHID, where it has it and the page may use it. */
export function hidOf(navigator: Navigator): Hid | undefined {
  // Not in TypeScript's Navigator; absent in other browsers than Chromium.
  return (navigator as unknown as { hid?: Hid }).hid
}
