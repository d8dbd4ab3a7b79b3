import { createServer } from 'node:http'
import { join } from 'node:path'
import { build } from 'esbuild'

/** One file of this folder as a script for a page. */
export async function script(name: string): Promise<string> {
  const built = await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    bundle: true,
    write: false,
    format: name.startsWith('bare') ? 'esm' : 'iife',
    target: 'chrome130',
    logLevel: 'error',
    define: { global: 'globalThis' }
  })
  return built.outputFiles[0]?.text ?? ''
}

/** Serves `/NAME` as a page with the script of that name. A page of a real loopback server may open WebSockets on loopback. */
export async function servePages(names: readonly string[]): Promise<{ origin: string; close(): Promise<void> }> {
  const scripts = new Map<string, string>()
  for (const name of names) scripts.set(name, await script(name))
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1).replace(/\.js$/, '')
    const code = scripts.get(name)
    if (code === undefined) return response.writeHead(404).end()
    const isScript = request.url?.endsWith('.js')
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? code : `<!doctype html><meta charset="utf-8"><title>${name}</title><body><script type="module" src="/${name}.js"></script>`
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the page server has no port')
  return { origin: `http://127.0.0.1:${address.port}`, close: () => new Promise((done) => server.close(() => done())) }
}
