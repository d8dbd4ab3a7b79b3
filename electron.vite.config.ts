import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const at = (path: string) => resolve(import.meta.dirname, path)
// Native code stays outside; everything else is bundled, so that an installed app carries no node_modules but SQLite.
const NATIVE = ['better-sqlite3-multiple-ciphers', 'electron']

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: { electron: at('src-main/electron.ts'), web: at('src-main/web.ts') },
        external: NATIVE,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
      }
    }
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: { input: { preload: at('src-preload/preload.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } }
    }
  },
  renderer: {
    root: at('src-renderer'),
    base: './',
    publicDir: false,
    plugins: [svelte({ configFile: at('svelte.config.js') })],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      target: 'chrome146',
      rolldownOptions: { input: { index: at('src-renderer/index.html'), phone: at('src-renderer/phone.html') } }
    }
  }
})
