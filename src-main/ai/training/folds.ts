import { createRandom } from './random.ts'

/**
 * Which fold each text is held out in: even within every label, and texts that are all but the same (the same words in any order, digits
 * apart) share a fold, so that no text is judged by its own twin.
 */
export function foldsOf(texts: readonly string[], targets: Float32Array, labels: number, folds: number, seed: number): Uint8Array {
  const random = createRandom(seed)
  const groups = new Map<string, number[]>()
  texts.forEach((text, i) => {
    const key = `${strongest(targets, i, labels)} ${likeness(text)}`
    const group = groups.get(key)
    if (group) group.push(i)
    else groups.set(key, [i])
  })
  const byLabel = new Map<number, number[][]>()
  for (const group of groups.values()) {
    const label = strongest(targets, group[0] ?? 0, labels)
    const list = byLabel.get(label)
    if (list) list.push(group)
    else byLabel.set(label, [group])
  }
  const fold = new Uint8Array(texts.length)
  for (const list of byLabel.values()) {
    for (let i = list.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      const kept = list[i] ?? []
      list[i] = list[j] ?? []
      list[j] = kept
    }
    const offset = Math.floor(random() * folds)
    list.forEach((group, at) => {
      for (const i of group) fold[i] = (at + offset) % folds
    })
  }
  return fold
}

function strongest(targets: Float32Array, row: number, labels: number): number {
  let best = 0
  for (let c = 1; c < labels; c++) if ((targets[row * labels + c] ?? 0) > (targets[row * labels + best] ?? 0)) best = c
  return best
}

function likeness(text: string): string {
  const plain = text.toLowerCase().replace(/\p{N}+/gu, '0')
  const words = plain.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words)].sort().join(' ')
}
