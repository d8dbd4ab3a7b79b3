/** A matrix that learns by Adam (Kingma and Ba, 2015); what no example of a batch touched stays as it is. */
export interface Adam {
  columns: number
  weights: Float32Array
  /** The gradients gathered for this batch; a row's begin at `place(row)` once `touch(row)` was called. */
  touch(row: number): Float32Array
  place(row: number): number
  step(rate: number, number: number): void
}

const FIRST = 0.9
const SECOND = 0.98
const EPSILON = 1e-8

export function createAdam(rows: number, columns: number, start: () => number): Adam {
  const weights = new Float32Array(rows * columns)
  for (let i = 0; i < weights.length; i++) weights[i] = start()
  const mean = new Float32Array(rows * columns)
  const square = new Float32Array(rows * columns)
  const slots = new Int32Array(rows).fill(-1)
  let touched = new Int32Array(Math.min(rows, 64))
  let gradients = new Float32Array(touched.length * columns)
  let count = 0
  const grow = () => {
    const wider = new Int32Array(Math.min(rows, touched.length * 2))
    wider.set(touched)
    touched = wider
    const longer = new Float32Array(wider.length * columns)
    longer.set(gradients)
    gradients = longer
  }
  return {
    columns,
    weights,
    touch: (row) => {
      if (slots[row] === -1) {
        if (count === touched.length) grow()
        slots[row] = count
        touched[count++] = row
      }
      return gradients
    },
    place: (row) => (slots[row] ?? 0) * columns,
    step: (rate, number) => {
      const size = (rate * Math.sqrt(1 - SECOND ** number)) / (1 - FIRST ** number)
      for (let slot = 0; slot < count; slot++) {
        const row = touched[slot] ?? 0
        slots[row] = -1
        const to = row * columns
        const from = slot * columns
        for (let c = 0; c < columns; c++) {
          const gradient = gradients[from + c] ?? 0
          if (gradient === 0) continue
          const m = FIRST * (mean[to + c] ?? 0) + (1 - FIRST) * gradient
          const v = SECOND * (square[to + c] ?? 0) + (1 - SECOND) * gradient * gradient
          mean[to + c] = m
          square[to + c] = v
          weights[to + c] = (weights[to + c] ?? 0) - (size * m) / (Math.sqrt(v) + EPSILON)
        }
      }
      gradients.fill(0, 0, count * columns)
      count = 0
    }
  }
}
