/** Stable ids of DESIGN's taxonomies; the texts shown for them live in the renderer's catalogue. */

export const INTENTS = [
  'balance',
  'transactions',
  'interest_rates',
  'repayment_due',
  'card_lost',
  'card_activate',
  'card_limit',
  'transfer_status',
  'transfer_large',
  'pin_password',
  'personal_details',
  'account_open',
  'account_close',
  'fees',
  'statement',
  'branch_atm',
  'appointment',
  'wealth_product',
  'loan_apply',
  'loan_status',
  'mortgage_prepay',
  'insurance_claim',
  'policy_status',
  'fraud_report',
  'complaint',
  'contract_dispute',
  'aml_enquiry',
  'human_agent',
  'unknown'
] as const
export type Intent = (typeof INTENTS)[number]

/** Topics on which a person decides: no script is suggested, only material is shown. */
export const HUMAN_ONLY: readonly Intent[] = ['complaint', 'contract_dispute', 'aml_enquiry']

/** Moods of customers, from relaxed to strained. There is no such thing for agents, on purpose (EU AI Act, art. 5(1)(f)). */
export const MOODS = ['satisfied', 'calm', 'worried', 'frustrated', 'angry', 'abusive'] as const
export type Mood = (typeof MOODS)[number]
export const STRAINED: readonly Mood[] = ['frustrated', 'angry', 'abusive']
export const isStrained = (mood: Mood): boolean => STRAINED.includes(mood)

export const PRESENCES = ['available', 'busy', 'wrap-up', 'break', 'training', 'meeting', 'technical', 'not-responding', 'offline'] as const
export type Presence = (typeof PRESENCES)[number]
/** What a person may choose; the others are set by the centre from facts. */
export const CHOOSABLE_PRESENCES = ['available', 'break', 'training', 'meeting', 'offline'] as const satisfies readonly Presence[]

export const ROLES = ['agent', 'expert', 'supervisor', 'reviewer', 'admin', 'screen'] as const
export type Role = (typeof ROLES)[number]

export const CHANNELS = ['voice', 'chat', 'email'] as const
export type Channel = (typeof CHANNELS)[number]

export const QUEUES = ['accounts', 'cards', 'loans', 'wealth', 'insurance', 'complaints', 'expert'] as const
export type Queue = (typeof QUEUES)[number]

export const DISPOSITIONS = [
  'resolved',
  'information_given',
  'callback_agreed',
  'escalated',
  'transferred',
  'fraud_case_opened',
  'complaint_recorded',
  'customer_left',
  'wrong_number'
] as const
export type Disposition = (typeof DISPOSITIONS)[number]

export const LOCALES = ['en', 'zh-CN', 'zh-TW'] as const
export type Locale = (typeof LOCALES)[number]
/** A customer's spoken or written language. */
export type Language = 'en' | 'zh'

export const PACES = ['calm', 'normal', 'busy', 'burst'] as const
export type Pace = (typeof PACES)[number]

export const CHECKS = ['greeting', 'identity', 'risk_wording', 'no_forbidden_promise', 'recording_notice', 'calm_closing'] as const
export type Check = (typeof CHECKS)[number]

/** Why the phone cannot be called ready; the catalogue has one sentence for each. `checking`: not known yet. */
export const READINESS_CAUSES = [
  'checking',
  'not-registered',
  'microphone-denied',
  'microphone-missing',
  'microphone-busy',
  'microphone-silent',
  'no-output',
  'probe-failed',
  'no-phone-page',
  'do-not-disturb'
] as const

/** Why a recording has a gap. */
export const PAUSE_REASONS = ['payment', 'personal', 'request'] as const
