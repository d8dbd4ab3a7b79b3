import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSeats } from '../../../src-main/workplace/seats.ts'

const secret = Buffer.alloc(32, 1)
const claim = { kind: 'seat', deskId: 'agent-lin', personId: 'agent-lin' } as const

test('a seat says whose it is until its time is over, also after a restart', () => {
  let now = 1_000
  const token = createSeats(secret, () => now).issue(claim, 500)
  const again = createSeats(secret, () => now)
  expect(again.read('seat', token)).toMatchObject(claim)
  now = 1_499
  expect(again.read('seat', token)).toMatchObject(claim)
  now = 1_500
  expect(again.read('seat', token)).toBeUndefined()
})

test('one kind is not taken for the other, nor one signed with another secret', () => {
  const seats = createSeats(secret, () => 0)
  expect(seats.read('browser', seats.issue(claim, 10))).toBeUndefined()
  expect(seats.read('seat', seats.issue({ kind: 'browser' }, 10))).toBeUndefined()
  expect(createSeats(Buffer.alloc(32, 2), () => 0).read('seat', seats.issue(claim, 10))).toBeUndefined()
})

test('no text that we did not sign is read, and none makes it throw', () => {
  const seats = createSeats(secret, () => 0)
  const [text = '', signature = ''] = seats.issue(claim, 10).split('.')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String().map((forged) => `${forged}.${signature}`),
        fc.string().map((one) => `${text}.${one}`)
      ),
      (token) => {
        fc.pre(token !== `${text}.${signature}`)
        return seats.read('seat', token) === undefined
      }
    )
  )
})
