import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte({ configFile: resolve(import.meta.dirname, 'svelte.config.js') })],
  resolve: { alias: { electron: resolve(import.meta.dirname, 'test/fakes/electron.ts') } },
  test: {
    include: ['test/{main,renderer,shared,contracts,build,voice}/**/*.test.ts'],
    testTimeout: 15_000,
    hookTimeout: 20_000,
    pool: 'forks',
    maxWorkers: 2
  }
})
