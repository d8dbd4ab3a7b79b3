import { refusalOf } from '../connect.ts'
import { domain } from './domain.ts'
import { shell } from './shell.ts'

/** A failure in words: what the desk refused it with, or that the desk could not be reached. */
export function failureText(error: unknown): string {
  const refusal = refusalOf(error)
  // The code may come from a newer host than this screen.
  return refusal ? (domain().refusal[refusal.code] ?? shell().refusedUnknown) : shell().unreachable
}
