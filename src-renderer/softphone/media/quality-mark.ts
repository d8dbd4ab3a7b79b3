/** How a call sounds, in the words that a MOS of G.107's scale stands for (annex B, R 90/80/70/60). */
export const GRADES = ['bad', 'poor', 'fair', 'good', 'best'] as const
export type Grade = (typeof GRADES)[number]

/** Bars lit, 1 to 5, and the word. G.107 annex B: 4.34 very satisfied, 4.03 satisfied, 3.60 some dissatisfied, 3.10 many. */
export function gradeOf(mos: number): { grade: Grade; bars: number } {
  const bars = mos >= 4.34 ? 5 : mos >= 4.03 ? 4 : mos >= 3.6 ? 3 : mos >= 3.1 ? 2 : 1
  return { grade: GRADES[bars - 1] ?? 'bad', bars }
}
