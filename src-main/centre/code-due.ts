import { awaitsCode } from './front-desk/decide.ts'
import { awaitsCode as personAwaitsCode } from './risk/code.ts'
import type { Conversation } from './state.ts'

/** A code that is asked for stands in no timeline, whoever asks. */
export const isCodeDue = (conversation: Conversation, now: number): boolean =>
  (conversation.codeUntil !== undefined && now < conversation.codeUntil) ||
  (conversation.state === 'front-desk'
    ? conversation.frontDesk !== undefined && awaitsCode(conversation.frontDesk)
    : personAwaitsCode(conversation) || conversation.code?.state === 'checking' || conversation.code?.state === 'sending')
