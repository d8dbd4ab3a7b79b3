import type { Language, Locale, Queue, Role } from '../../src-shared/taxonomy.ts'

/** Somebody who works in the practice centre. */
export interface Person {
  personId: string
  name: Record<Locale, string>
  role: Role
  initials: string
  hue: number
  queues: readonly Queue[]
  languages: readonly Language[]
  /** How many written conversations at once; a call takes the whole person. */
  chatCapacity: number
  /** Colleagues are simulated: nobody signs in as them. */
  colleague: boolean
  /** The number inside the house; '' for who has no phone. */
  extension: string
  /** The language they answer their phone in. */
  speaks: Language
}

const all: readonly Queue[] = ['accounts', 'cards', 'loans', 'wealth', 'insurance', 'complaints']
const both: readonly Language[] = ['en', 'zh']

const person = (
  personId: string,
  role: Role,
  names: [string, string, string],
  initials: string,
  hue: number,
  rest: Partial<Person> = {}
): Person => ({
  personId,
  role,
  name: { en: names[0], 'zh-CN': names[1], 'zh-TW': names[2] },
  initials,
  hue,
  queues: all,
  languages: both,
  chatCapacity: 4,
  colleague: false,
  extension: '',
  speaks: 'en',
  ...rest
})

/** Those one can sign in as. */
export const PEOPLE: readonly Person[] = [
  person('agent-lin', 'agent', ['Lin Yue', '林悦', '林悅'], '林', 190, { extension: '101', speaks: 'zh' }),
  person('agent-tom', 'agent', ['Tom Becker', '汤姆·贝克', '湯姆·貝克'], 'TB', 28, { extension: '102' }),
  person('expert-grace', 'expert', ['Grace Chen', '陈嘉怡', '陳嘉怡'], '陈', 268, {
    queues: ['expert', 'wealth', 'complaints'],
    extension: '103'
  }),
  person('super-ruth', 'supervisor', ['Ruth Adler', '鲁思·阿德勒', '魯思·阿德勒'], 'RA', 340, {
    queues: [],
    chatCapacity: 0,
    extension: '104'
  }),
  person('screen-1', 'screen', ['Wallboard 1', '大屏 1', '大螢幕 1'], '1', 140, { queues: [], chatCapacity: 0 })
]

/** Simulated colleagues who serve the background traffic, so that the board shows a centre at work. */
const COLLEAGUE_NAMES: readonly (readonly [string, string, string, Language?])[] = [
  ['Amara Obi', '阿玛拉', '阿瑪拉'],
  ['Diego Ruiz', '迭戈', '迪亞哥'],
  ['Hannah Vogt', '汉娜', '漢娜'],
  ['Ken Mori', '森健', '森健'],
  ['Li Na', '李娜', '李娜', 'zh'],
  ['Noor Aziz', '努尔', '努爾'],
  ['Petra Novak', '佩特拉', '佩特拉'],
  ['Sam Green', '萨姆', '山姆'],
  ['Wang Wei', '王伟', '王偉', 'zh'],
  ['Zhao Min', '赵敏', '趙敏', 'zh'],
  ['Tara Singh', '塔拉', '塔拉'],
  ['Xu Jing', '许静', '許靜', 'zh']
]
/** So many of them, the last ones, are experts. */
const EXPERT_COLLEAGUES = 3
const FIRST_EXTENSION = 201

export const COLLEAGUES: readonly Person[] = COLLEAGUE_NAMES.map(([en, zhCN, zhTW, speaks = 'en'], i) => {
  const expert = i >= COLLEAGUE_NAMES.length - EXPERT_COLLEAGUES
  return person(`colleague-${i + 1}`, expert ? 'expert' : 'agent', [en, zhCN, zhTW], zhCN.slice(0, 1), i * 30, {
    colleague: true,
    extension: String(FIRST_EXTENSION + i),
    speaks,
    ...(expert ? { queues: ['expert', 'wealth', 'complaints'] as const } : {})
  })
})
