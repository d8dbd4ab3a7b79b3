import type { Point } from './experiment.ts'
import type { Estimate } from './statistics.ts'
import { GOAL, type Study, verdictOf } from './study.ts'

/** A study in words and tables, the same for the terminal and the page. */

export interface Table {
  title: string
  head: string[]
  rows: string[][]
}

const bounds = ({ mean, low, high, runs }: Estimate, show: (value: number) => string): string => {
  if (runs === 0) return 'N/A'
  return runs < 2 ? show(mean) : `${show(mean)} (${show(low)} to ${show(high)})`
}
export const seconds = (one: Estimate): string => bounds(one, (ms) => `${(ms / 1000).toFixed(1)} s`)
export const percent = (one: Estimate): string => bounds(one, (ratio) => `${(ratio * 100).toFixed(1)} %`)
const share = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`

const rowsOf = (points: readonly Point[], name: (point: Point) => string): string[][] =>
  points.flatMap((point) =>
    (['off', 'on'] as const).map((arm) => {
      const one = point[arm]
      return [
        arm === 'off' ? name(point) : '',
        arm,
        seconds(one.asaMs),
        seconds(one.wait95Ms),
        percent(one.serviceLevelRatio),
        percent(one.abandonRatio),
        percent(one.toPeopleRatio),
        arm === 'on' ? percent(one.containedRatio) : '-',
        percent(one.occupancyRatio),
        arm === 'on' ? percent(point.fewerToPeople) : '-'
      ]
    })
  )
const HEAD = [
  'front desk',
  'ASA of people',
  '95 % wait',
  'service level',
  'abandoned',
  'to people',
  'contained',
  'occupancy',
  'fewer to people'
]

export function tablesOf(study: Study): Table[] {
  const load = (point: Point) => `x${point.knobs.load}`
  const at = study.goal ? `, at load x${study.goal.knobs.load}` : ''
  return [
    { title: 'Load', head: ['load', ...HEAD], rows: rowsOf(study.loads, load) },
    { title: `Staff${at}`, head: ['staff', ...HEAD], rows: rowsOf(study.staff, (point) => `x${point.knobs.staff}`) },
    {
      title: `Deflection: how many come for what there is a flow for${at}`,
      head: ['such callers', ...HEAD],
      rows: rowsOf(study.routine, (point) => share(point.knobs.routineRatio ?? Number.NaN))
    },
    {
      title: `If assumptions were otherwise${at}`,
      head: ['assumption', ...HEAD],
      rows: study.otherwise.flatMap(({ what, point }) => rowsOf([point], () => what))
    }
  ].filter(({ rows }) => rows.length > 0)
}

const seconds1 = (ms: number): string => `${(ms / 1000).toFixed(0)} s`

/** The answer to the question, plainly, for better or worse. */
export function findings(study: Study): string[] {
  const { goal, base, reach, log } = study
  const lines: string[] = []
  if (log)
    lines.push(
      `As the days were, people alone: ${seconds(base.off.asaMs)} average speed of answer and ${percent(base.off.abandonRatio)} abandoned in the simulation; ${log.observed.asaSeconds.toFixed(1)} s and ${share(log.observed.abandonRatio)} in the log. The log names who served in an hour, not for how much of it they were there: the simulated day has more people than the real one had, so loads are to be read as multiples of what these people could easily bear.`
    )
  if (!goal)
    lines.push(
      `No load between the ones looked at lets callers wait ${seconds1(GOAL.waitMs)} for people alone: the question cannot be asked of these days.`
    )
  else {
    const { asa, waitOfHelped, fewer } = verdictOf(goal)
    const says = (yes: boolean) => (yes ? 'holds' : 'DOES NOT HOLD')
    lines.push(
      `People alone let callers wait three minutes (${seconds(goal.off.asaMs)}) at ${goal.knobs.load} times the calls, found by search, with the same people; ${percent(goal.off.abandonRatio)} give up.`,
      `With the front desk, same people, same callers: average speed of answer of those whom people answer ${seconds(goal.on.asaMs)}. At most ${seconds1(GOAL.asaMs)} asked, with the whole interval: ${says(asa)}.`,
      `Averaged over everybody who was helped, those at the front desk at once: ${seconds(goal.on.waitOfHelpedMs)}, against ${seconds(goal.off.waitOfHelpedMs)}. At most ${seconds1(GOAL.asaMs)} asked: ${says(waitOfHelped)}.`,
      `Calls to people: ${percent(goal.fewerToPeople)} fewer. At least ${share(GOAL.fewerRatio)} asked: ${says(fewer)}.`
    )
  }
  const where = (is: (one: ReturnType<typeof verdictOf>) => boolean) =>
    study.loads
      .filter((point) => is(verdictOf(point)))
      .map(({ knobs }) => `x${knobs.load}`)
      .join(', ') || 'none'
  lines.push(
    `Both hold, with their whole intervals, at these loads of those tried: ${where(({ asa, fewer }) => asa && fewer)} for those whom people answer; ${where(({ waitOfHelped, fewer }) => waitOfHelped && fewer)} for everybody who is helped.`
  )
  const upTo = (load: number | undefined) => (load === undefined ? 'no load tried' : `x${load.toFixed(2)}`)
  lines.push(
    `An average speed of answer of ${seconds1(GOAL.asaMs)} is reached at ${upTo(reach.off)} with people alone and at ${upTo(reach.on)} with the front desk (means, on a line between the loads tried).`
  )
  if (study.loads.some(({ knobs }) => knobs.load >= 5))
    lines.push(
      'At five and ten times the calls nobody but more people helps: see the table. The front desk answers those it can, the others queue until they give up.'
    )
  return lines
}

export function assumptions(study: Study): string[] {
  const { knobs } = study.base
  const { understanding, log } = study
  const read = log ? 'read from the log' : 'from the table, exponential'
  return [
    `MEASURED by our own intent engine (${study.model}), on ${understanding.utterances} utterances written for this simulation and used neither to train nor to tune it: ${share(understanding.right)} recognised rightly; the front desk is sure enough to act on ${share(understanding.actedOn)}, of which ${share(understanding.rightOfActedOn)} are right; of wishes there is a flow for ${share(understanding.routineRecognised)} are recognised at once. Containment, wrong beginnings (${share(study.base.on.wronglyAnswered.mean / study.base.on.arrived.mean)} of callers), and what goes to people follow from running the real flows on those words; nothing of it is set.`,
    `MEASURED by running it: routing, offers, handing over, verification with a one-time code, the practice bank's refusals. It is the very code of the centre, on virtual time.`,
    log
      ? `READ FROM THE LOG: when calls come and of which type (${Object.entries(log.observed.types)
          .map(([type, ratio]) => `${type} ${share(ratio)}`)
          .join(
            ', '
          )}); who was at work in which hour; service times, drawn again by type (${log.observed.serviceSeconds.toFixed(0)} s on average); patience, by Kaplan and Meier with hanging up as the event and being answered as censoring (half have given up after ${medianOf(study)} s; the mean, waiting divided by those who gave up, is ${log.patience.meanSeconds.toFixed(0)} s).`
      : 'FROM THE TABLE: calls and people an hour; calls come as a Poisson process, service times and patience are exponential.',
    'ASSUMED: what callers of a type come for (src-main/simulation/mix.ts). The log does not tell. This decides how much can be contained: see the table on deflection.',
    `ASSUMED: ${share(knobs.insistsRatio)} ask for a person before anything else; ${share(knobs.unsettledRatio)} of those whose flow ran to its end, rightly, want a person all the same; an article ends the matter for ${share(knobs.articleHelpsRatio)} of those it is right for; whoever was not understood, or answered wrongly, notices and asks for a person, and believes nothing wrong.`,
    `ASSUMED: callers hear the front desk out (14 Latin or 4.5 Chinese characters a second), think, and speak; nobody hangs up on it; the bank takes 0.4 s; a person is on the line ${(study.pickUpMs / 1000).toFixed(1)} s after the offer, and free again when the call ends.`,
    `ASSUMED: a person needs as long for whom the front desk passes on as for anybody (factor ${knobs.personTime}); service times, ${read}, do not depend on how hard the matter is. Both are put to the test under "if assumptions were otherwise".`,
    'ASSUMED: half the callers speak English and half Chinese; everybody at work can serve everybody; nobody is passed on from person to person; nobody calls again who gave up; a call is a call by voice.',
    'A load of x2.5 means that each call of the log comes twice and half of them a third time, the copies up to ten minutes sooner or later, as other callers.',
    `Every figure is the mean of ${study.seeds} days with its 95 % confidence interval (Student's t): each seed runs one day of the log with other patience, wishes and service times. The same callers call with and without the front desk, so the differences are taken day by day.`
  ]
}

const medianOf = ({ log }: Study): string =>
  String(log?.patience.steps.find(({ share: left }) => left <= 0.5)?.seconds ?? 'more than the log shows')
