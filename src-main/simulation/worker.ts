import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerAnswer, WorkerOrder } from './crew.ts'
import { runDay } from './day.ts'
import { openStage } from './stage.ts'

/** One thread of a crew. The main thread tells of missing models, once. */
const { resources, pickUpMs } = workerData as { resources: string; pickUpMs: number } // given by createCrew
const stage = openStage(resources, pickUpMs, () => {})

parentPort?.on('message', ({ plan, frontDesk, personTime }: WorkerOrder) => {
  const answer = (what: WorkerAnswer) => parentPort?.postMessage(what)
  runDay(stage, plan, frontDesk, personTime).then(
    (figures) => answer({ figures }),
    (error: unknown) => answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  )
})
