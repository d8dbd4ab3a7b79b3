import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

export interface Log {
  /** One event with details. Details must already be free of customers' words and numbers. */
  write(event: string, detail?: Record<string, unknown>): void
  close(): void
}

/** A structured log in a file of the data folder; never on stdout, which belongs to scripts. */
export function createLog(dir: string): Log {
  mkdirSync(dir, { recursive: true })
  const destination = pino.destination({ dest: join(dir, 'sidetone.log'), sync: true, mkdir: true })
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return { write: (event, detail) => logger.info({ event, ...detail }), close: () => destination.flushSync() }
}
