import { METRICS, type MetricId, SERVICE_LEVEL } from '../../src-shared/metrics.ts'
import { formatDuration, formatRatio } from '../text/catalogue.svelte.ts'
import { text } from '../text/wallboard.ts'
import { MIN_SAMPLE, MIN_UTTERANCES } from './figures.ts'

/** What a tile tells about itself when it is asked. */
export interface About {
  formula: string
  switches?: string
  source: string
  sample?: string
}

const switches = (): string =>
  [
    text().switchT(formatDuration(SERVICE_LEVEL.targetMs)),
    text().switchS(formatDuration(SERVICE_LEVEL.shortMs)),
    text().goal(formatRatio(SERVICE_LEVEL.goalRatio)),
    text().minSample(text().contacts(MIN_SAMPLE))
  ].join(text().comma)

/** A metric of the catalogue in the reader's language. */
export function aboutMetric(metric: MetricId, sample: number): About {
  const formula = text().formulas[metric]
  return {
    formula,
    source: METRICS[metric].source,
    sample: text().contacts(sample),
    ...(metric === 'service_level' ? { switches: switches() } : {})
  }
}

/** A tile that shows the centre's state as it is, or several metrics at once. */
export function aboutTile(tile: 'waiting' | 'longest_wait' | 'queues' | 'people' | 'volume' | 'level', sample?: string): About {
  const withTarget = tile === 'queues' || tile === 'level'
  return {
    formula: text().formulas[tile],
    source: withTarget ? METRICS.service_level.source : text().sourceCentre,
    ...(sample === undefined ? {} : { sample }),
    ...(withTarget
      ? { switches: switches() }
      : tile === 'longest_wait'
        ? { switches: text().goalWait(formatDuration(SERVICE_LEVEL.targetMs)) }
        : {})
  }
}

export function aboutEmotion(utterances: number): About {
  return {
    formula: text().formulas.emotion,
    switches: text().minSample(text().utterances(MIN_UTTERANCES)),
    source: text().sourceEmotion,
    sample: text().utterances(utterances)
  }
}
