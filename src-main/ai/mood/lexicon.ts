import type { Mood } from '../../../src-shared/taxonomy.ts'

/**
 * Cues of customers' moods: rows of mood, weight and phrases. A negated phrase counts for its `TURNED` mood instead. Calm has few
 * cues of its own: it is what remains when nothing stands out.
 */
export const MOOD_CUES: readonly (readonly [Mood, number, string])[] = [
  [
    'satisfied',
    2.6,
    `
    thank you so much | thanks so much | very helpful | really helpful | so helpful | perfect | excellent | wonderful | brilliant |
    fantastic | awesome | amazing | great help | great service | love it | love your | appreciate | appreciated | well done |
    delighted | thrilled | very happy | so happy | so glad | what a relief | relieved | exactly what i needed | lifesaver |
    made my day | impressed | best bank | 太好了 | 太棒了 | 非常感谢 | 太感谢 | 十分感谢 | 很满意 | 非常满意 | 帮了大忙 | 真不错 |
    点赞 | 好评 | 多亏 | 服务真好 | 服务很好 | 辛苦您了 | 辛苦了 | 放心了 | 太谢谢 | 真是太好`
  ],
  [
    'satisfied',
    1.9,
    `
    thank you | thanks | great | happy | glad | pleased | good news | nice | cheers | satisfied | helpful | that helps | works now |
    sorted | solved | good to know | good to hear | super | lovely | 谢谢 | 感谢 | 满意 | 开心 | 高兴 | 好的呀 | 明白了 谢 |
    解决了 | 不错 | 挺好 | 很好 | 真好 | 有帮助 | 太好 | 多谢`
  ],
  [
    'calm',
    0.9,
    `
    could you | would you | i would like | id like | please | just wanted | no problem | no rush | of course | all right | okay |
    good morning | good afternoon | 请问 | 麻烦 | 您好 | 你好 | 好的 | 没关系 | 不着急 | 可以的 | 想了解 | 想问`
  ],
  [
    'worried',
    2.6,
    `
    worried | worry | worrying | afraid | scared | anxious | panic | panicking | terrified | frightened | concerned | nervous |
    desperate | what if | lose everything | is my money safe | is it safe | money safe | am i at risk | emergency | freaking out |
    losing sleep | cant sleep | stressed | alarmed | please hurry | at risk of losing | 担心 | 害怕 | 着急 | 焦虑 | 紧张 | 慌 |
    怎么办 | 吓死 | 吓坏 | 睡不着 | 不安 | 忧虑 | 急死 | 会不会 ~ 没了 | 会不会 ~ 被 | 安全吗 | 急用 | 救命 | 好怕 | 不放心 |
    心里没底 | 怕`
  ],
  [
    'worried',
    1.6,
    `
    urgent | urgently | as soon as possible | asap | not sure what to do | dont know what to do | dont know what happened |
    dont understand what happened | suspicious | something wrong | somethings wrong | unsure | uneasy | my savings | hospital |
    stolen | hacked | scam | scammed | 紧急 | 尽快 | 赶紧 | 赶快 | 马上 | 不知道该 | 出什么事 | 是不是 ~ 骗 | 被骗 | 被盗 | 盗刷 |
    可疑`
  ],
  [
    'frustrated',
    2.6,
    `
    frustrated | frustrating | annoyed | annoying | disappointed | disappointing | fed up | tired of | sick of | still waiting |
    still not | still hasnt | still havent | still no | third/fourth/fifth time | again and again | over and over |
    keeps/keep ~ happening/failing/crashing | how many times | waste of time | wasting my time |
    nobody ~ help/helped/call/called/told | no one ~ help/helped/call/called/told | nobody answers | taking so long |
    takes forever | forever | been waiting | on hold | passed around | being passed | pathetic | makes no sense |
    doesnt make sense | useless | not good enough | bad service | poor service | terrible | awful | horrible | inconvenient |
    every time | unhappy | upset | dissatisfied | let down | dont want to repeat | repeat myself | explained ~ already/before |
    already told | already explained | 失望 | 烦死 | 好烦 | 很烦 | 太慢 | 等了 ~ 久/小时/天/分钟 | 等 ~ 半天 | 怎么还 |
    还没 ~ 解决/处理/弄好 | 又 ~ 不行/失败/出错/来 | 第三次 | 第四次 | 好几次 | 几次了 | 每次都 | 总是 | 一直没 |
    没人 ~ 管/理/接/回 | 说了 ~ 遍 | 不满 | 无语 | 没用 | 麻烦死 | 折腾 | 推来推去 | 踢皮球 | 太差 | 什么服务 | 不满意 | 白跑 |
    到底 ~ 什么时候 | 到底 ~ 怎么 | 浪费 ~ 时间 | 拖 ~ 久/天/月 | 体验 ~ 差 | 受够 | 不像话`
  ],
  [
    'frustrated',
    1.5,
    `
    why cant | why wont | why is it so | so slow | really slow | too slow | confusing | complicated | doesnt work | not working |
    wont work | cant believe | seriously | problem again | yet again | for weeks | for days | for hours | for an hour | bad | poor |
    worst | difficult | come on | messed up | mess | complain | complaint | 为什么 ~ 不能 | 为什么 ~ 还 | 怎么 ~ 这么 | 这么慢 |
    用不了 | 太麻烦 | 搞不懂 | 投诉 | 又 | 烦 | 凭什么 ~ 等 | 差`
  ],
  [
    'angry',
    2.9,
    `
    angry | furious | outrageous | outraged | unacceptable | ridiculous | disgrace | disgraceful | disgusting | disgusted |
    appalling | absurd | livid | fuming | how dare | ripping me off | rip off | ripped off | robbery | thieves | crooks | liars |
    lied | lying | you people | incompetent | shame on | shameful | had enough | enough is enough | last straw | ombudsman |
    sue you | my lawyer | see you in court | give me ~ manager/supervisor | worst bank | joke | hate | never again | scandal |
    demand | unbelievable | what the hell | nonsense | garbage | 生气 | 气死 | 愤怒 | 太过分 | 过分 | 凭什么 | 骗人 | 欺骗 | 忽悠 |
    坑人 | 坑钱 | 坑我 | 抢钱 | 岂有此理 | 荒唐 | 可恶 | 恶心 | 不负责任 | 不可理喻 | 耍我 | 什么态度 | 态度 ~ 恶劣 | 火大 | 发火 |
    垃圾 | 曝光 | 起诉 | 欺负 | 胡说 | 糊弄 | 敷衍 | 给我 ~ 说法 | 叫 ~ 领导 | 叫你们经理 | 没完 | 霸王 | 太气人 | 无耻`
  ],
  [
    'abusive',
    4.4,
    `
    idiot | idiots | moron | morons | stupid ~ bank/person/bot/woman/man/cow | you stupid | stupid | fuck | fucking | fucked |
    fuck you | shit | bullshit | bastard | bastards | asshole | bitch | dumbass | dumb | screw you | shut up | go to hell |
    piece of crap | scum | kill you | find you | retard | damn you | imbecile | you dimwit | crap | bloody idiot | 傻逼 | 傻b |
    混蛋 | 王八蛋 | 滚 | 妈的 | 他妈 | 操你 | 废物 | 白痴 | 蠢货 | 猪脑 | 去死 | 脑残 | 狗屎 | 神经病 | 有病吧 | 闭嘴 | 畜生 |
    弱智 | 滚蛋 | 老子 | 蠢 | 草泥马 | 你妈 | 狗东西 | 弄死`
  ],
  [
    'worried',
    1.1,
    `
    lost my | help me | please help | someone used | someone else | dont recognise | dont recognize | 丢了 | 不见了 | 帮帮我 |
    不是我`
  ]
]

/** What a negated phrase of a mood says: "not happy" is frustration, "not worried" is calm. */
export const TURNED: Readonly<Record<Mood, readonly [Mood, number]>> = {
  satisfied: ['frustrated', 1.15],
  calm: ['calm', 0],
  worried: ['calm', 0.5],
  frustrated: ['calm', 0.5],
  angry: ['calm', 0.4],
  abusive: ['calm', 0.3]
}

/** Words just before a phrase that make it stronger or weaker. */
export const STRONGER = [
  'very',
  'really',
  'so',
  'extremely',
  'absolutely',
  'completely',
  'totally',
  'too',
  'incredibly',
  'truly',
  'utterly',
  'deeply',
  'seriously',
  'beyond',
  'bloody',
  'damn'
]
export const WEAKER = ['bit', 'little', 'slightly', 'somewhat', 'kind', 'kinda', 'sort', 'fairly']
export const STRONGER_HAN = ['非常', '特别', '太', '很', '极其', '十分', '超级', '真的', '实在', '完全', '真是', '简直']
export const WEAKER_HAN = ['有点', '有些', '稍微', '略', '一点']

/** Praise in these forms is meant the other way round. */
export const SARCASM = `
  thanks for nothing | thanks a lot for nothing | great just great | oh great | just great | just perfect | just wonderful |
  just brilliant | well done for | nice job ruining | how lovely | yeah right | fat lot of good | big help | real nice |
  what a joke | very funny | 真是谢谢你们了 | 可真行 | 真行啊 | 你们可真 | 好一个 | 呵呵 | 谢谢你们 ~ 没 | 真有你们的 |
  真会 ~ 服务 | 服务真好啊`

/** Phrases that hold a mood's word and say nothing about it. */
export const NEUTRAL = `
  no worries | dont worry | not to worry | happy to | thanks in advance | thank you but | thanks but | lost in | great deal of |
  great britain | a bit | concerning my | as concerned | emergency fund | emergency contact | nice to meet | stupid question |
  dumb question | silly question | find you online | find you on | not bad | bad debt | complaint form | complaints department |
  着急用 | 不担心 | 别担心 | 没什么 ~ 担心 | 不着急 | 紧急联系人 | 总是 ~ 很好 | 又 ~ 问题 ~ 请教 | 满意度 | 滚动 | 利滚利 | 差额 |
  误差 | 差不多 | 出差 | 时差 | 恐怕 | 又要 | 又是你 | 烦请 | 麻烦 | 没关系 | 不差`
