/**
 * Words that give orders to a machine, in a customer's text or come back in an answer. Text to a model cannot be told from orders to it
 * (OWASP LLM01:2025), so a conversation with such words is not sent at all, and an answer with them is not shown.
 * `text` is folded (text/fold.ts): lower case, simplified characters.
 */
export function isSteering(text: string): boolean {
  const seen = text.replace(/\p{Cf}/gu, '').replace(/\s+/g, ' ')
  return ORDERS.some((order) => order.test(seen))
}

const ORDERS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|what you were told|(?:everything|anything|all|text) (?:above|before|previous))\b/,
  /\b(?:new|updated|real|hidden|developer|system) (?:instructions?|prompts?|directives?)\b/,
  /\b(?:system|developer) (?:message|mode|override)\b/,
  /\b(?:reveal|print|repeat|show|output|leak)\b.{0,30}\b(?:prompt|instructions)\b/,
  /\byou are (?:now |actually |no longer )?(?:an?|the|my) (?:[\w-]+ ){0,2}(?:assistant|model|bot|chatbot|ai)\b|\byou are now in\b/,
  /\b(?:act|behave|respond|roleplay) as (?:an?|if|though)\b|\bpretend (?:that )?you\b|\bfrom now on,? (?:you|always|only|answer|reply|respond)\b/,
  /\b(?:language model|llm|chatgpt|gpt-?\d|jailbreak|prompt injection)\b|\bas an ai\b|\bi am an ai\b/,
  /\b(?:reply|respond|answer|output) (?:only|exactly|verbatim)\b|\b(?:reply|respond|answer|write|output|say) with (?:the )?(?:following|text|words?)\b/,
  /\b(?:tell|instruct|make) the (?:agent (?:to|that)|model|assistant|ai|bot)\b|\b(?:note|message|instructions?) (?:to|for) the (?:ai|model|assistant|bot)\b/,
  /<\|?\/?(?:im_start|im_end|system|user|assistant|endoftext|begin_of_text|eot_id)\b|\[\/?(?:inst|sys)\]|<<sys>>/,
  /(?:^|[\n.!?] ?)(?:system|assistant|instructions?) ?[:：]|#{2,} ?(?:system|instruction)/,
  /["'](?:text|source|role|content)["'] ?:/,
  /(?:忽略|无视|忘记|忘掉|不要理会|不用管|跳过|绕过|覆盖).{0,16}(?:指令|指示|提示词|规则|设定|命令|以上(?:内容|要求)|之前的(?:内容|要求|话)|前面的(?:内容|要求|话))/,
  /(?:系统|新的?|隐藏|开发者)指令|开发者模式|提示词/,
  /(?:你现在是|你不再是|从现在(?:开始|起),?，?你|你扮演|扮演(?:一个|一名)|假装你|假设你是)/,
  /(?:语言模型|大模型|人工智能助手|越狱|作为(?:一个|一名)?(?:ai|人工智能|机器人))/,
  /只(?:能|需|要)?(?:回答|回复|输出)|(?:原样|逐字)(?:回答|回复|输出|重复)|必须输出|(?:回复|输出)(?:以下|如下)(?:内容|文字|的话)/,
  /(?:让|叫|命令|指示|告诉)(?:坐席|模型|助手|ai|机器人)(?:说|回答|回复|告诉|转)/
]
