/** Median and 99th percentile of durations (ms), nearest rank. */
export function quantiles(durations: readonly number[]): { msMedian: number; msP99: number } {
  const sorted = [...durations].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { msMedian: round(at(0.5)), msP99: round(at(0.99)) }
}

/** Four digits behind the point are more than any of these files can tell. */
export const round = (value: number): number => Math.round(value * 10_000) / 10_000

/** A share, or null when there is nothing to share out. */
export const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : round(part / whole))

/** F1 of one label; 0 when it was neither right nor given. */
export function f1(truth: readonly boolean[], given: readonly boolean[]): number {
  let both = 0
  let either = 0
  truth.forEach((is, i) => {
    if (is && given[i]) both++
    either += Number(is) + Number(given[i] ?? false)
  })
  return either === 0 ? 0 : (2 * both) / either
}

/** Mean F1 of labels; sets of labels a row, so that several may hold at once. */
export function macroF1(labels: readonly string[], truth: readonly ReadonlySet<string>[], given: readonly ReadonlySet<string>[]): number {
  const scores = labels.map((label) =>
    f1(
      truth.map((set) => set.has(label)),
      given.map((set) => set.has(label))
    )
  )
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, labels.length)
}

/** Area under the ROC curve: how likely a positive scores above a negative (ties count half); null when one side is missing. */
export function auc(truth: readonly boolean[], scores: readonly number[]): number | null {
  const order = [...truth.keys()].sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0))
  const positives = truth.filter(Boolean).length
  const negatives = truth.length - positives
  if (positives === 0 || negatives === 0) return null
  let rankSum = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]) to++
    const rank = (from + 1 + to) / 2
    for (let i = from; i < to; i++) if (truth[order[i] ?? 0]) rankSum += rank
    from = to
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** The best F1 that any threshold on the scores reaches. */
export function bestF1(truth: readonly boolean[], scores: readonly number[]): number {
  const order = [...truth.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const positives = truth.filter(Boolean).length
  let hits = 0
  let best = 0
  order.forEach((i, at) => {
    if (truth[i]) hits++
    if (scores[order[at + 1] ?? -1] !== scores[i]) best = Math.max(best, (2 * hits) / (at + 1 + positives))
  })
  return best
}

export interface Timing {
  /** The first answer, which reads the models and compiles the lexicons. */
  msFirst: number
  msMedian: number
  msP99: number
}

/** Asks for every item in turn, after one that warms everything up and is timed by itself. */
export function timed<Item, Answer>(items: readonly Item[], ask: (item: Item) => Answer): { answers: Answer[]; timing: Timing } {
  const clock = (item: Item) => {
    const from = performance.now()
    const answer = ask(item)
    return { answer, took: performance.now() - from }
  }
  const first = items.slice(0, 1).map(clock)
  const all = items.map(clock)
  return {
    answers: all.map(({ answer }) => answer),
    timing: { msFirst: round(first[0]?.took ?? 0), ...quantiles(all.map(({ took }) => took)) }
  }
}
