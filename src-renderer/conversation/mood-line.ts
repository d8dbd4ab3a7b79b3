import { MOODS, type Mood } from '../../src-shared/taxonomy.ts'

export interface MoodPoint {
  entryId: string
  at: number
  mood: Mood
  x: number
  y: number
}

/** How many utterances the line shows; older ones fall off to the left. */
const SHOWN = 24

/** Points of the mood line in a box of `width` x `height`: relaxed at the top, strained at the bottom, the newest at the right. */
export function moodPoints(
  moods: readonly { entryId: string; at: number; mood: Mood }[],
  width: number,
  height: number,
  inset = 4
): MoodPoint[] {
  const shown = moods.slice(-SHOWN)
  const step = shown.length > 1 ? (width - 2 * inset) / (shown.length - 1) : 0
  const depth = (height - 2 * inset) / (MOODS.length - 1)
  return shown.map((moodAt, i) => ({
    ...moodAt,
    x: shown.length > 1 ? inset + i * step : width - inset,
    y: inset + MOODS.indexOf(moodAt.mood) * depth
  }))
}

export type MoodTrend = 'steady' | 'better' | 'worse'
/** Where the mood went over its last three utterances, in words for those who cannot see the line. */
export function trendOf(moods: readonly { mood: Mood }[]): MoodTrend {
  const [first, last] = [moods.at(-3) ?? moods[0], moods.at(-1)]
  if (!first || !last) return 'steady'
  const change = MOODS.indexOf(last.mood) - MOODS.indexOf(first.mood)
  return change > 0 ? 'worse' : change < 0 ? 'better' : 'steady'
}
