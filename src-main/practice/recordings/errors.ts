/** Why a recording could not be made or opened. `damaged`: changed, or no recording at all. */
export type RecordingErrorKind = 'missing' | 'damaged' | 'wrong_key' | 'disk_full' | 'io'

export class RecordingError extends Error {
  readonly kind: RecordingErrorKind
  constructor(kind: RecordingErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RecordingError'
    this.kind = kind
  }
}

/** What the file system said, in our words. */
export function asRecordingError(error: unknown): RecordingError {
  if (error instanceof RecordingError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const kind = code === 'ENOENT' ? 'missing' : code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' ? 'disk_full' : 'io'
  return new RecordingError(kind, error instanceof Error ? error.message : String(error), { cause: error })
}
