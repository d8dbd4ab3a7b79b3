import { mkdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageFile } from '../../../src-main/host/static-files.ts'
import { buildHost, type HostBench } from '../../build/host.ts'

let bench: HostBench
beforeAll(async () => {
  bench = await buildHost()
  mkdirSync(join(bench.root, 'folder'))
})
afterAll(() => bench.close())

test('the page is served, never from a cache; files with a hash in their name may be kept', async () => {
  const page = await bench.ask('/')
  expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([200, 'text/html; charset=utf-8', 'no-store'])
  expect(page.body).toContain('<title>Sidetone</title>')
  const script = await bench.ask('/assets/app-1a2b.js?v=1')
  expect([script.status, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
  expect(script.headers['cache-control']).toContain('immutable')
})

test('HEAD tells what GET would, without the content', async () => {
  const { body, headers, status } = await bench.ask('/index.html', { method: 'HEAD' })
  const whole = await bench.ask('/index.html')
  expect([status, body, headers['content-length']]).toEqual([200, '', String(whole.body.length)])
})

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/assets/../../secret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/..\\secret.txt',
  '/..%5csecret.txt',
  '//secret.txt',
  '/%2f..%2fsecret.txt',
  '/....//secret.txt',
  '/%252e%252e/secret.txt',
  '/../page-other/x'
])('%s leads nowhere', async (path) => {
  const answer = await bench.ask(path)
  expect([400, 404]).toContain(answer.status)
  expect(answer.body).not.toContain('not for the page')
})

test('a folder and a missing file are not found; a broken escape and NUL are a bad request', async () => {
  for (const path of ['/folder', '/assets', '/assets/', '/missing.js']) expect((await bench.ask(path)).status).toBe(404)
  for (const path of ['/%', '/%e4%zz', '/a%00b', '/index.html%00']) expect((await bench.ask(path)).status).toBe(400)
})

test('an address that climbs is not followed, with or without a slash in front', () => {
  for (const path of ['../secret.txt', '%2e%2e%2fsecret.txt', '/../../etc/passwd', '..'])
    expect(pageFile(join(sep, 'srv', 'page'), path)).not.toMatchObject({ file: expect.stringMatching(/^(?!.*page.).*$/) })
  expect(pageFile(join(sep, 'srv', 'page'), '../page-other/x')).toEqual({ status: 404 })
})

test('no address whatever means a file outside the folder', () => {
  const root = join(sep, 'srv', 'page')
  const piece = fc.oneof(fc.constantFrom('..', '.', '%2e', '%2e%2e', '%2f', '%5c', '\\', '/', '//', 'a', '%00', '%'), fc.string())
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom('/', ''), (pieces, start) => {
      const found = pageFile(root, `${start}${pieces.join('/')}`)
      return 'status' in found || found.file.startsWith(root + sep)
    })
  )
})
