import type { CheckRow } from '../../../src-shared/contract/copilot.ts'
import type { Locale } from '../../../src-shared/taxonomy.ts'
import type { VerifiedBefore } from './turns.ts'

const WORDS: Readonly<Record<Locale, { frontDesk: string; colleague: string; colon: string; how: Readonly<Record<string, string>> }>> = {
  en: {
    frontDesk: 'front desk',
    colleague: 'colleague',
    colon: ': ',
    how: { one_time_code: 'one-time code', code: 'one-time code', questions: 'security questions', branch: 'in the branch' }
  },
  'zh-CN': {
    frontDesk: '智能前台',
    colleague: '同事',
    colon: '：',
    how: { one_time_code: '动态验证码', code: '动态验证码', questions: '安全问题', branch: '网点当面' }
  },
  'zh-TW': {
    frontDesk: '智慧前台',
    colleague: '同事',
    colon: '：',
    how: { one_time_code: '一次性驗證碼', code: '一次性驗證碼', questions: '安全問題', branch: '分行當面' }
  }
}

/** Who was verified before is not asked again: the check is done, and its quote says by whom and how, in the reader's language. */
export function withIdentity(checks: readonly CheckRow[], before: VerifiedBefore | undefined, locale: Locale): CheckRow[] {
  if (!before) return [...checks]
  const { frontDesk, colleague, colon, how } = WORDS[locale]
  const who = before.byFrontDesk ? frontDesk : colleague
  const quote = before.how === undefined ? who : `${who}${colon}${how[before.how] ?? before.how}`
  return checks.map((row) => {
    if (row.check !== 'identity') return row
    // Its place in the conversation may not be at this desk; the law behind it stays.
    const { entryId: _, at: __, speaker: ___, ...rest } = row
    return { ...rest, state: 'done', quote, ...(before.at === undefined ? {} : { at: before.at }) }
  })
}
