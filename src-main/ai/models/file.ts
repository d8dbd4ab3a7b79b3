import { crc32 } from 'node:zlib'
import type { Block } from './features.ts'
import type { Matrix } from './members.ts'
import type { Member, ModelData } from './model.ts'

/**
 * A model as one file: `STM1`, CRC-32 of all that follows the eighth byte, length of the head, the head as JSON, then the arrays, each
 * beginning at a multiple of four. Little-endian.
 */
const MAGIC = 0x314d5453
const START = 12

export class ModelFileError extends Error {
  readonly reason: 'not-a-model' | 'damaged'

  constructor(reason: 'not-a-model' | 'damaged', detail: string) {
    super(detail)
    this.name = 'ModelFileError'
    this.reason = reason
  }
}

interface MatrixHead {
  rows: number
  columns: number
}
interface Head {
  name: string
  labels: string[]
  output: 'one' | 'several'
  settings: Record<string, number>
  members: {
    blocks: Block[]
    documents: number
    terms: number
    temperature: number
    share: number
    layers: MatrixHead[]
  }[]
}

export function encodeModel(model: ModelData): Uint8Array<ArrayBuffer> {
  const head: Head = {
    name: model.name,
    labels: [...model.labels],
    output: model.output,
    settings: { ...model.settings },
    members: model.members.map(({ terms, temperature, share, layers }) => ({
      blocks: terms.blocks.map((block) => ({ ...block })),
      documents: terms.documents,
      terms: terms.hashes.length,
      temperature,
      share,
      layers: layers.map(({ rows, columns }) => ({ rows, columns }))
    }))
  }
  const words = new TextEncoder().encode(JSON.stringify(head))
  const arrays = model.members.flatMap(({ terms, layers }) => [
    terms.hashes,
    terms.frequencies,
    terms.blockOf,
    ...layers.flatMap(({ cells, scales, bias }) => [scales, bias, cells])
  ])
  let size = aligned(START + words.length)
  for (const array of arrays) size = aligned(size + array.byteLength)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(8, words.length, true)
  bytes.set(words, START)
  let at = aligned(START + words.length)
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at = aligned(at + array.byteLength)
  }
  view.setUint32(4, crc32(bytes.subarray(8)), true)
  return bytes
}

/** @throws ModelFileError when the bytes are no model, were cut or changed. */
export function decodeModel(source: Uint8Array): ModelData {
  // A copy of its own begins at a multiple of eight, which typed arrays over it need.
  const bytes = new Uint8Array(source)
  const view = new DataView(bytes.buffer)
  if (bytes.length < START || view.getUint32(0, true) !== MAGIC)
    throw new ModelFileError('not-a-model', 'The file is not a model of this program.')
  if (crc32(bytes.subarray(8)) !== view.getUint32(4, true))
    throw new ModelFileError('damaged', 'The file was cut or changed: its checksum does not fit.')
  const length = view.getUint32(8, true)
  // The checksum vouches for the head: it is as `encodeModel` wrote it.
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(START, START + length))) as Head
  let at = aligned(START + length)
  const take = (size: number): number => {
    const from = at
    at = aligned(at + size)
    return from
  }
  const { buffer } = bytes
  const members = head.members.map(({ blocks, documents, terms: count, temperature, share, layers }): Member => {
    const terms = {
      blocks,
      documents,
      hashes: new Uint32Array(buffer, take(count * 4), count),
      frequencies: new Uint16Array(buffer, take(count * 2), count),
      blockOf: new Uint8Array(buffer, take(count), count)
    }
    const matrices = layers.map(
      ({ rows, columns }): Matrix => ({
        rows,
        columns,
        scales: new Float32Array(buffer, take(columns * 4), columns),
        bias: new Float32Array(buffer, take(columns * 4), columns),
        cells: new Int8Array(buffer, take(rows * columns), rows * columns)
      })
    )
    return { terms, layers: matrices, temperature, share }
  })
  const { name, labels, output, settings } = head
  return { name, labels, output, settings, members }
}

const aligned = (size: number): number => Math.ceil(size / 4) * 4
