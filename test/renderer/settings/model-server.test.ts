import { expect, it } from 'vitest'
import { draftOf, isChanged } from '../../../src-renderer/settings/model-server.svelte.ts'
import type { ModelServerSettings } from '../../../src-shared/contract/model-server.ts'

const saved: ModelServerSettings = { on: true, url: 'https://models.example.com/v1', model: 'small', deadlineMs: 4_000, hasKey: true }

it('holds no key until somebody types one', () => {
  expect(draftOf(saved)).toEqual({ on: true, url: 'https://models.example.com/v1', model: 'small', deadlineMs: 4_000 })
})

it('is changed by what would be saved otherwise, an emptied key included', () => {
  expect(isChanged(draftOf(saved), saved)).toBe(false)
  expect(isChanged({ ...draftOf(saved), url: ' https://models.example.com/v1 ' }, saved)).toBe(false)
  for (const change of [{ on: false }, { url: '' }, { model: 'large' }, { deadlineMs: 500 }, { key: '' }, { key: 'sk-1' }])
    expect(isChanged({ ...draftOf(saved), ...change }, saved)).toBe(true)
})
