import type { AnswerRule, ModelFailure } from '../../../src-shared/contract/model-server.ts'
import type { Ai } from '../ai.ts'
import { createFold } from '../text/fold.ts'
import { createBreaker } from './breaker.ts'
import { CompletionError, complete, type ModelServerConfig } from './completion.ts'
import { createJudge } from './judge.ts'
import { promptFor, type WordingTask } from './prompt.ts'
import { isSteering } from './steering.ts'

export type { ModelServerConfig } from './completion.ts'
export type { WordingTask } from './prompt.ts'

/** A wording that kept every rule, or why there is none. */
export type Wording =
  | { ok: true; text: string; articleId: string | undefined; tookMs: number }
  | { ok: false; failure: ModelFailure; rule?: AnswerRule; status?: number; tookMs: number }

/**
 * An optional server for wording (OpenAI-compatible chat completions). What it is sent is masked, what it answers is checked, and it
 * may fail in any way: nothing depends on it.
 */
export interface ModelServer {
  /** Never throws, and ends by the deadline. `signal`: the wording is not wanted any more. */
  word(task: WordingTask, signal?: AbortSignal): Promise<Wording>
}

export interface ModelServerOptions {
  config: ModelServerConfig
  ai: Pick<Ai, 'mask' | 'findings' | 'language'>
  /** Milliseconds of a steady clock. */
  clock: () => number
}

export function createModelServer({ config, ai, clock }: ModelServerOptions): ModelServer {
  const breaker = createBreaker({ now: clock })
  const judge = createJudge(ai)
  const fold = createFold()

  return {
    async word(task, signal) {
      const startedAt = clock()
      const failed = (failure: ModelFailure, more: { rule?: AnswerRule; status?: number } = {}): Wording => ({
        ok: false,
        failure,
        ...more,
        tookMs: clock() - startedAt
      })
      if (task.turns.some(({ speaker, text }) => speaker === 'customer' && isSteering(fold(text))))
        return failed('withheld', { rule: 'steering' })
      const prompt = promptFor(task, ai)
      if (!prompt) return failed('withheld', { rule: 'personal_data' })
      if (signal?.aborted) return failed('cancelled')
      if (!breaker.admit()) return failed('resting')
      const deadline = AbortSignal.timeout(config.deadlineMs)
      try {
        const answer = await complete(config, prompt.messages, signal ? AbortSignal.any([deadline, signal]) : deadline)
        breaker.succeeded()
        const verdict = judge(answer, task, prompt)
        return verdict.ok
          ? { ok: true, text: verdict.text, articleId: verdict.articleId, tookMs: clock() - startedAt }
          : failed('refused', { rule: verdict.rule })
      } catch (error) {
        if (signal?.aborted) {
          breaker.cancelled()
          return failed('cancelled')
        }
        breaker.failed()
        if (deadline.aborted) return failed('slow')
        if (!(error instanceof CompletionError)) return failed('unreachable')
        return failed(error.failure, error.status === undefined ? {} : { status: error.status })
      }
    }
  }
}
