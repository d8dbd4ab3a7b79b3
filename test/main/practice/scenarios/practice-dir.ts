import { join } from 'node:path'

/** The practice content as it is shipped. */
export const PRACTICE_DIR = join(import.meta.dirname, '../../../../resources/practice')
