import { Worker } from 'node:worker_threads'
import type { DayPlan } from './plan.ts'
import type { DayFigures } from './tally.ts'

/** Runs one day. */
export type RunDay = (plan: DayPlan, frontDesk: boolean, personTime: number) => Promise<DayFigures>

export interface WorkerOrder {
  plan: DayPlan
  frontDesk: boolean
  personTime: number
}
export type WorkerAnswer = { figures: DayFigures } | { failed: string }

interface Hand {
  worker: Worker
  job?: { resolve: (figures: DayFigures) => void; reject: (error: Error) => void } | undefined
}

/** Threads that run days side by side. A day comes out the same in any of them. */
export interface Crew {
  run: RunDay
  close(): Promise<void>
}

export function createCrew(size: number, resources: string, pickUpMs: number): Crew {
  const queue: { order: WorkerOrder; job: NonNullable<Hand['job']> }[] = []
  const hands: Hand[] = Array.from({ length: size }, () => {
    const hand: Hand = { worker: new Worker(new URL('./worker.ts', import.meta.url), { workerData: { resources, pickUpMs } }) }
    hand.worker.on('message', (answer: WorkerAnswer) => {
      const { job } = hand
      hand.job = undefined
      if ('figures' in answer) job?.resolve(answer.figures)
      else job?.reject(new Error(answer.failed))
      next()
    })
    hand.worker.on('error', (error) => hand.job?.reject(error instanceof Error ? error : new Error(String(error))))
    return hand
  })
  function next(): void {
    const free = hands.find(({ job }) => job === undefined)
    const first = free && queue.shift()
    if (!first) return
    free.job = first.job
    free.worker.postMessage(first.order)
  }
  return {
    run: (plan, frontDesk, personTime) =>
      new Promise((resolve, reject) => {
        queue.push({ order: { plan, frontDesk, personTime }, job: { resolve, reject } })
        next()
      }),
    close: async () => {
      await Promise.all(hands.map(({ worker }) => worker.terminate()))
    }
  }
}
