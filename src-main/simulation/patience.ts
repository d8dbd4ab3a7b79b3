/** One caller: how long they waited, and whether they gave up then (else they were answered: they would have waited longer). */
export interface Wait {
  seconds: number
  gaveUp: boolean
}

/** A distribution of times that can be drawn from, ms. */
export type Draw = (random: () => number) => number

/** The share still willing to wait after `seconds`, as steps. */
export interface Survival {
  steps: { seconds: number; share: number }[]
  /** Seconds: all the waiting there was, divided by the number who gave up. */
  meanSeconds: number
}

/** Kaplan and Meier (1958): who was answered is censored at that moment. */
export function survivalOf(waits: readonly Wait[]): Survival {
  const sorted = [...waits].sort((a, b) => a.seconds - b.seconds)
  const steps: Survival['steps'] = []
  let share = 1
  let i = 0
  while (i < sorted.length) {
    const seconds = sorted[i]?.seconds ?? 0
    const atRisk = sorted.length - i
    let gaveUp = 0
    for (; sorted[i]?.seconds === seconds; i++) if (sorted[i]?.gaveUp) gaveUp += 1
    if (gaveUp === 0) continue
    share *= 1 - gaveUp / atRisk
    steps.push({ seconds, share })
  }
  const gaveUp = sorted.filter((one) => one.gaveUp).length
  const total = sorted.reduce((sum, one) => sum + one.seconds, 0)
  return { steps, meanSeconds: gaveUp === 0 ? Number.POSITIVE_INFINITY : total / gaveUp }
}

/**
 * Draws from the steps. Beyond the last one nobody knows: there the tail goes on exponentially with the mean of the whole, which is
 * what the steps themselves come to when giving up is as likely in every second.
 */
export function drawPatience({ steps, meanSeconds }: Survival): Draw {
  const last = steps.at(-1)
  return (random) => {
    const left = random()
    if (!last || left < last.share) {
      const beyond = last && last.share > 0 ? left / last.share : left
      if (!Number.isFinite(meanSeconds)) return Number.POSITIVE_INFINITY
      return ((last?.seconds ?? 0) - Math.log(Math.max(beyond, Number.MIN_VALUE)) * meanSeconds) * 1000
    }
    let low = 0
    let high = steps.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((steps[middle]?.share ?? 0) <= left) high = middle
      else low = middle + 1
    }
    return (steps[low]?.seconds ?? 0) * 1000
  }
}

/** @param meanMs infinite: for ever */
export const exponential =
  (meanMs: number): Draw =>
  (random) => {
    const draw = -Math.log(1 - random())
    return Number.isFinite(meanMs) ? draw * meanMs : meanMs
  }

/** Any of the values again, each as likely. */
export function empirical(valuesMs: readonly number[]): Draw {
  if (valuesMs.length === 0) throw new Error('nothing to draw from')
  return (random) => valuesMs[Math.floor(random() * valuesMs.length)] ?? 0
}
