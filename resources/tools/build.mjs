// Builds what is older than its sources. `buildIfNeeded()` is quiet when there is nothing to do.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pinnedNode, root, toolFile, withPinnedNode } from './pinned-node.mjs'

const SOURCES = [
  'src-main',
  'src-preload',
  'src-renderer',
  'src-shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'svelte.config.js'
]
const BUILT = ['out/main/web.js', 'out/main/electron.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((at, name) => Math.max(at, newest(join(path, name))), stat.mtimeMs)
}

const upToDate = () => {
  if (!BUILT.every((file) => existsSync(join(root, file)))) return false
  const built = Math.min(...BUILT.map((file) => statSync(join(root, file)).mtimeMs))
  return SOURCES.every((path) => newest(join(root, path)) <= built)
}

/** Builds when something is missing or older than its sources. Its output goes to stderr; a failed build ends the process. */
export function buildIfNeeded() {
  if (upToDate()) return
  process.stderr.write('Building Sidetone (once after an update) ...\n')
  const node = pinnedNode()
  const { status, stdout, stderr } = spawnSync(node, [toolFile('electron-vite'), 'build'], {
    cwd: root,
    env: withPinnedNode(node),
    encoding: 'utf8'
  })
  if (status === 0) return
  process.stderr.write(`${stdout}\n${stderr}\nThe build failed; the lines above say why.\n`)
  process.exit(1)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) buildIfNeeded()
