import type { HandoffReason } from '../../../src-shared/front-desk.ts'
import type { Language, Mood } from '../../../src-shared/taxonomy.ts'
import { isStrained } from '../../../src-shared/taxonomy.ts'
import { MOOD_NAMES } from '../../ai/summary/words.ts'

/** What a handoff says in the conversation's language; screens have their own words for the ids. */

type Sentences = Readonly<Record<Language, Readonly<Record<HandoffReason, string>>>>

/** What to do next. */
export const NEXT_STEP: Sentences = {
  en: {
    requested: 'Greet them by name and go on where they stand.',
    human_only: 'Listen first; a person decides here, so promise nothing before it is decided.',
    strain: 'Say that you have read everything, and take one step that helps at once.',
    risk: 'Verify who they are, ask who told them to do this, and stop nothing without saying why.',
    not_understood: 'Ask what they need in your own words; the question is quoted above.',
    verification_failed: 'Verify them another way before you tell or change anything.',
    refused: 'Explain what the bank refused and what else is possible.',
    bank_unavailable: 'Look it up yourself; the front desk could not reach the bank.',
    not_for_front_desk: 'Take it from the beginning; nothing has been tried yet.',
    passed_on: 'Go on from what your colleague did.'
  },
  zh: {
    requested: '称呼姓名，从现在的进度继续。',
    human_only: '先倾听；此类事项由人工决定，未决定前不作承诺。',
    strain: '说明已看过全部内容，先做一件马上有帮助的事。',
    risk: '核实身份，问清是谁让客户这样做的；要拦下的，说明原因。',
    not_understood: '用自己的话问清需求；客户的问题已在上面。',
    verification_failed: '换一种方式核实身份，之前不告知也不更改任何内容。',
    refused: '说明银行为何不能办理，还有什么办法。',
    bank_unavailable: '自己查询；前台没有连上银行系统。',
    not_for_front_desk: '从头了解；之前没有办理过。',
    passed_on: '接着同事的进度办理。'
  }
}

/** Why it comes to a person, as part of a spoken sentence. */
const REASON: Sentences = {
  en: {
    requested: 'asks for a person',
    human_only: 'needs a person’s decision',
    strain: 'is upset',
    risk: 'may be in the hands of a fraudster',
    not_understood: 'was not understood',
    verification_failed: 'could not be verified',
    refused: 'was refused by the bank',
    bank_unavailable: 'could not be served, as the bank did not answer',
    not_for_front_desk: 'needs a person',
    passed_on: 'is passed on by a colleague'
  },
  zh: {
    requested: '要求人工服务',
    human_only: '需要人工决定',
    strain: '情绪激动',
    risk: '可能遭遇诈骗',
    not_understood: '前台没有听明白',
    verification_failed: '身份核实未通过',
    refused: '银行未予办理',
    bank_unavailable: '银行系统没有应答',
    not_for_front_desk: '需要人工办理',
    passed_on: '由同事转来'
  }
}

/** All of it in one sentence to be whispered. */
export function spokenHandoff(
  language: Language,
  {
    name,
    topic,
    because,
    verified,
    mood,
    done
  }: { name: string; topic: string; because: HandoffReason; verified: boolean; mood?: Mood | undefined; done: number }
): string {
  const reason = REASON[language][because]
  const strained = mood !== undefined && isStrained(mood) && because !== 'strain'
  if (language === 'en') {
    const state = verified ? 'verified' : 'not verified'
    const feeling = strained ? `, ${MOOD_NAMES[mood].en}` : ''
    const tried = done > 0 ? `, ${done} ${done === 1 ? 'thing' : 'things'} done already` : ''
    return `${name}, ${state}${feeling}: ${topic}; ${reason}${tried}.`
  }
  const state = verified ? '已核实身份' : '未核实身份'
  return `${name}，${state}${strained ? `，${MOOD_NAMES[mood].zh}` : ''}：${topic}；${reason}${done > 0 ? `，已办理${done}项` : ''}。`
}
