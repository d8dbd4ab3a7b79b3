import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { choosePhonePort } from '../../../src-main/workplace/phone-port.ts'

let dir: string
let taken: Server | undefined
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sidetone-port-'))
})
afterEach(() => {
  taken?.close()
  taken = undefined
  rmSync(dir, { recursive: true, force: true })
})

test('the same folder gives the same port at the next start', async () => {
  const first = await choosePhonePort(dir)
  expect(await choosePhonePort(dir)).toBe(first)
})

test('a port that somebody took meanwhile is left to them, and the new one is kept from then on', async () => {
  const first = await choosePhonePort(dir)
  taken = createServer()
  await new Promise<void>((done) => taken?.listen(first, '127.0.0.1', done))
  const second = await choosePhonePort(dir)
  expect(second).not.toBe(first)
  expect(await choosePhonePort(dir)).toBe(second)
})

test.each(['', 'nonsense', '0', '80', '70000', '1.5'])('a file that holds no usable port (%j) is replaced', async (content) => {
  writeFileSync(join(dir, 'phone-port'), content)
  const port = await choosePhonePort(dir)
  expect(port).toBeGreaterThan(1_023)
  expect(await choosePhonePort(dir)).toBe(port)
})
