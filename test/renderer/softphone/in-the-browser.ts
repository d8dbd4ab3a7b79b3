import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'vite'

/**
 * A module as browsers get it: tests otherwise run what Svelte makes for servers, where no signal tells anybody anything. Without a DOM
 * signals and effects work all the same.
 * @param entry its path; all that it exports is given
 */
export async function asInTheBrowser(entry: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'sidetone-signals-'))
  try {
    const built = await build({
      configFile: false,
      logLevel: 'error',
      plugins: [svelte({ configFile: false })],
      build: { write: false, minify: false, target: 'esnext', lib: { entry, formats: ['es'] } }
    })
    const [chunk] = (Array.isArray(built) ? built : [built]).flatMap((all) => ('output' in all ? all.output : []))
    if (chunk?.type !== 'chunk') throw new Error('nothing was built')
    const file = join(folder, 'module.mjs')
    writeFileSync(file, chunk.code)
    return await import(/* @vite-ignore */ pathToFileURL(file).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
