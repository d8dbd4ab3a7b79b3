import { defineConfig } from 'vitest/config'

/** The softphone against real SIP peers; `npm test -- sip` runs it in a network of its own. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 3,
    // On a loaded machine one more try; what needed it is listed.
    retry: process.env['CI'] ? 1 : 0
  }
})
