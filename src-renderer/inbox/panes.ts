/** Widths of the outer panes in px; the conversation takes the rest. */
export interface PaneWidths {
  list: number
  copilot: number
}
export const DEFAULT_WIDTHS: PaneWidths = { list: 320, copilot: 360 }
const LIST = { min: 240, max: 460 }
const COPILOT = { min: 300, max: 560 }
const CONVERSATION_MIN = 400

/** Under this room width the co-pilot does not fit beside the conversation and becomes a panel over it. */
export const COPILOT_BESIDE_FROM = 1_080

const clamp = (value: number, { min, max }: { min: number; max: number }): number => Math.min(max, Math.max(min, value))

/** Remembered widths made fit: a value that was never set or cannot be a width becomes the default. */
export function fitWidths(list: number, copilot: number): PaneWidths {
  const known = (value: number, fallback: number): number => (Number.isFinite(value) && value >= 100 ? value : fallback)
  return { list: clamp(known(list, DEFAULT_WIDTHS.list), LIST), copilot: clamp(known(copilot, DEFAULT_WIDTHS.copilot), COPILOT) }
}

/** The percentages that the pane library wants, for a room of `width` px; three of them, or two when the co-pilot is a panel. */
export function layoutOf(width: number, widths: PaneWidths): number[] {
  const beside = width >= COPILOT_BESIDE_FROM
  const room = Math.max(width, LIST.min + CONVERSATION_MIN)
  const copilot = beside ? Math.min(widths.copilot, room - CONVERSATION_MIN - LIST.min) : 0
  const list = Math.min(widths.list, Math.max(LIST.min, room - CONVERSATION_MIN - copilot))
  const percent = (px: number): number => (px / room) * 100
  return beside ? [percent(list), 100 - percent(list) - percent(copilot), percent(copilot)] : [percent(list), 100 - percent(list)]
}

/** The widths a layout of percentages means in a room of `width` px; a hidden co-pilot keeps its width. */
export function widthsOf(layout: readonly number[], width: number, before: PaneWidths): PaneWidths {
  const px = (percent: number | undefined, fallback: number): number =>
    percent === undefined ? fallback : Math.round((percent / 100) * width)
  return { list: px(layout[0], before.list), copilot: px(layout[2], before.copilot) }
}

/** Limits in percent, for the pane library. */
export function limitsOf(width: number): {
  list: { min: number; max: number }
  copilot: { min: number; max: number }
  conversationMin: number
} {
  const percent = (px: number): number => Math.min(100, (px / Math.max(width, 1)) * 100)
  return {
    list: { min: percent(LIST.min), max: percent(LIST.max) },
    copilot: { min: percent(COPILOT.min), max: percent(COPILOT.max) },
    conversationMin: percent(CONVERSATION_MIN)
  }
}
