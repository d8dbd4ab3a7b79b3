import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json'
}

/** Serves a built renderer. Files under assets/ have a hash in their name and may be kept; the rest is asked for every time. */
export async function serveFile(root: string, pathname: string, response: ServerResponse): Promise<void> {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    response.writeHead(400).end() // a broken escape in the address
    return
  }
  const relative = normalize(decoded).replace(/^[/\\]+/, '') || 'index.html'
  const file = join(root, relative)
  if (!file.startsWith(root + sep) || relative.includes('\0')) {
    response.writeHead(404).end()
    return
  }
  try {
    const body = await readFile(file)
    const lasting = relative.startsWith(`assets${sep}`)
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': lasting ? 'private, max-age=31536000, immutable' : 'no-store'
    })
    response.end(body)
  } catch {
    response.writeHead(404).end() // not there, or a folder
  }
}
