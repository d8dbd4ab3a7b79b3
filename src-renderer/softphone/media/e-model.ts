/**
 * The E-model: how a listener would score a call, computed from what is measured of it. Sources: ITU-T G.107 (06/2015, narrowband),
 * G.107.1 (06/2015, wideband), G.107.2 (06/2019, fullband); equipment factors from ITU-T G.113 (11/2007) Appendices I and IV, those of
 * Opus from Alahmadi, Pocta and Melvin, "An Adaptive Bitrate Switching Algorithm for Speech Applications in Context of WebRTC", ACM
 * TOMM 17(4), 2021, doi:10.1145/3458751.
 */

/** Which of the three models rates a codec. A score tells how far a call is from the best of its own scale. */
export type Scale = 'narrowband' | 'wideband' | 'fullband'

interface Equipment {
  scale: Scale
  /** Impairment of the codec itself. */
  ie: number
  /** Robustness against random loss: the larger, the less a lost packet is heard. */
  bpl: number
  /** One frame and the codec's look-ahead. */
  frameMs: number
}

/** No impairment at all, the end of the scale over that of G.107, and what loss can destroy (clause 7.5 of each recommendation). */
const SCALES: Record<Scale, { best: number; top: number; losable: number }> = {
  // 93.2 is Ro - Is with every parameter at its default (G.107 7.7); 100 and 1.29 and 1.48 times it are the ends of the scales.
  narrowband: { best: 93.2, top: 1, losable: 95 },
  wideband: { best: 129, top: 1.29, losable: 95 },
  fullband: { best: 148, top: 1.48, losable: 132 }
}

/**
 * G.711 by G.113 Appendix I, with concealment: Chromium conceals losses of every codec; without it Bpl would be 4.3 ({@link G711_BARE}).
 * G.722 at 64 kbit/s: Ie,WB 13 by G.113 Appendix IV. G.113 gives no robustness for it under Chromium's concealment: the one measured for
 * Opus under the same concealment is taken. Opus: WebRTC's default of 32 kbit/s, super-wideband, variable rate, between the rows of 31
 * and 34 kbit/s in the paper above.
 */
const EQUIPMENT: Record<string, Equipment> = {
  pcmu: { scale: 'narrowband', ie: 0, bpl: 25.1, frameMs: 20 },
  pcma: { scale: 'narrowband', ie: 0, bpl: 25.1, frameMs: 20 },
  g722: { scale: 'wideband', ie: 13, bpl: 10.4, frameMs: 21.5 },
  opus: { scale: 'fullband', ie: 16, bpl: 10.4, frameMs: 26.5 }
}
/** G.711 whose losses nothing conceals (G.113 Appendix I). */
export const G711_BARE: Equipment = { scale: 'narrowband', ie: 0, bpl: 4.3, frameMs: 20 }
/** A codec that is not known is rated as G.711 is: what is judged then is the network. */
const UNKNOWN: Equipment = { scale: 'narrowband', ie: 0, bpl: 25.1, frameMs: 20 }

/** The factors of a codec by its SDP name, in any case. */
export const equipmentOf = (codec: string | undefined): Equipment => EQUIPMENT[codec?.toLowerCase() ?? ''] ?? UNKNOWN

/**
 * Impairment by absolute delay: Idd of G.107 clause 7.4 with sT = 1 and mT = 100 ms. Echo is cancelled at both ends, so that talker and
 * listener echo (Idte, Idle) are nothing.
 * @param oneWayMs mouth to ear
 */
export function delayImpairment(oneWayMs: number): number {
  if (oneWayMs <= 100) return 0
  const x = Math.log2(oneWayMs / 100)
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
}

/**
 * Ie,eff of G.107 clause 7.5: what codec and loss take together.
 * @param burstRatio 1 for random loss; larger when losses come in a row (same clause)
 */
export function equipmentImpairment({ scale, ie, bpl }: Equipment, lossRatio: number, burstRatio = 1): number {
  const percent = Math.min(1, Math.max(0, lossRatio)) * 100
  return ie + ((SCALES[scale].losable - ie) * percent) / (percent / burstRatio + bpl)
}

export interface Heard {
  /** SDP name of the codec that is received. */
  codec?: string | undefined
  /** There and back; 0 when not known. */
  rttMs?: number | undefined
  /** How long packets wait before they are played. */
  jitterBufferMs?: number | undefined
  lossRatio?: number | undefined
}

/** R on the scale of the codec: R = (Ro - Is) - Id - Ie,eff + A, with A = 0 (G.107 clause 7.1). */
export function ratingOf({ codec, rttMs = 0, jitterBufferMs = 0, lossRatio = 0 }: Heard): { r: number; scale: Scale } {
  const equipment = equipmentOf(codec)
  const oneWayMs = rttMs / 2 + jitterBufferMs + equipment.frameMs
  return { r: SCALES[equipment.scale].best - delayImpairment(oneWayMs) - equipmentImpairment(equipment, lossRatio), scale: equipment.scale }
}

/** MOS 1..4.5 of a narrowband R by G.107 Annex B; an R of a wider scale is brought to 0..100 first (Annex A of G.107.1 and G.107.2). */
export function mosOfRating(r: number, scale: Scale): number {
  const x = r / SCALES[scale].top
  if (x >= 100) return 4.5
  // Below 6.5 the cubic falls under 1 and rises again: the recommendation means it to be cut there.
  return x <= 6.5 ? 1 : Math.max(1, 1 + 0.035 * x + x * (x - 60) * (100 - x) * 7e-6)
}

/** How what is heard would be scored, 1..4.5, and on which scale. */
export function mosOf(heard: Heard): { mos: number; scale: Scale } {
  const { r, scale } = ratingOf(heard)
  return { mos: mosOfRating(r, scale), scale }
}
