import { join } from 'node:path'
import { createModelShelf, type ModelShelf } from '../../../src-main/ai/models/shelf.ts'

export const MODELS = join(import.meta.dirname, '../../../resources/models')

/** The models as they are shipped; a test fails when one is missing. */
export const shippedModels = (): ModelShelf =>
  createModelShelf(MODELS, (line) => {
    throw new Error(line)
  })
