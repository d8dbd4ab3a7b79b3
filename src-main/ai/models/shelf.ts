import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createExtractor } from './features.ts'
import { decodeModel, ModelFileError } from './file.ts'
import { createModel, type TextModel } from './model.ts'

/** The models of one folder, read when they are first asked for. */
export interface ModelShelf {
  /** Undefined when the file is missing or damaged; that is told once, and not tried again. */
  model(name: string): TextModel | undefined
  /** Size of a model's file, 0 when there is none. */
  bytes(name: string): number
}

/** @param tell takes one line for the log when a file is missing or damaged */
export function createModelShelf(dir: string, tell: (line: string) => void): ModelShelf {
  const extract = createExtractor()
  const known = new Map<string, { model: TextModel; bytes: number } | undefined>()
  const open = (name: string) => {
    if (known.has(name)) return known.get(name)
    const path = join(dir, `${name}.bin`)
    let opened: { model: TextModel; bytes: number } | undefined
    try {
      const bytes = readFileSync(path)
      opened = { model: createModel(decodeModel(bytes), extract), bytes: bytes.length }
    } catch (error) {
      if (error instanceof ModelFileError) tell(`The model ${path} is not used: ${error.message}`)
      else if (error instanceof Error && 'code' in error) tell(`The model ${path} cannot be read (${String(error.code)}).`)
      else throw error
    }
    known.set(name, opened)
    return opened
  }
  return { model: (name) => open(name)?.model, bytes: (name) => open(name)?.bytes ?? 0 }
}
