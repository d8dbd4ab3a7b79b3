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

/** A file of the built renderer, or why there is none: 400 for a broken address, 404 for one that leads nowhere or out of the folder. */
export type PageFile = { file: string; contentType: string; lasting: boolean } | { status: 400 | 404 }

/** Which file of `root` (absolute, without a trailing separator) the path of an address means. Does not look whether it is there. */
export function pageFile(root: string, pathname: string): PageFile {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return { status: 400 } // a broken escape
  }
  if (decoded.includes('\0')) return { status: 400 }
  const relative = normalize(decoded).replace(/^[/\\]+/, '') || 'index.html'
  const file = join(root, relative)
  if (!file.startsWith(root + sep)) return { status: 404 }
  return { file, contentType: TYPES[extname(file)] ?? 'application/octet-stream', lasting: relative.startsWith(`assets${sep}`) }
}

/** Serves a built renderer. Files under assets/ have a hash in their name and may be kept; the rest is asked for every time. */
export async function serveFile(root: string, pathname: string, response: ServerResponse): Promise<void> {
  const found = pageFile(root, pathname)
  if ('status' in found) return void response.writeHead(found.status).end()
  try {
    const body = await readFile(found.file)
    response.writeHead(200, {
      'content-type': found.contentType,
      'content-length': body.length,
      'cache-control': found.lasting ? 'private, max-age=31536000, immutable' : 'no-store'
    })
    response.end(body)
  } catch {
    response.writeHead(404).end() // not there, or a folder
  }
}
