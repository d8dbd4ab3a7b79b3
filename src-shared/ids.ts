import { v7 } from 'uuid'

/**
 * A new id: UUIDv7 (RFC 9562), unique, and sorting by the time it was made. Commands carry client-made ones, so that the same command
 * sent twice has the same id.
 */
export const newId = (): string => v7()
