// Where Electron's executable is, fetching it once when it is not there yet.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, withPinnedNode } from './pinned-node.mjs'

/** A download that has not even been answered by then is taken for refused. */
const ANSWER_MS = 10_000
const DOWNLOAD_MS = 300_000

/**
 * @param {{ node: string, env?: NodeJS.ProcessEnv, platform?: string, asRoot?: boolean, folder?: string, answerMs?: number, tell?: (line: string) => void }} options
 *   `folder`: Electron's package; `answerMs`: how long the server of the binary may take to answer at all
 * @returns {Promise<{ path?: string, missing?: string }>} the executable, or in words why there is none
 */
export async function findElectron({
  node,
  env = process.env,
  platform = process.platform,
  asRoot = process.getuid?.() === 0,
  folder = join(root, 'node_modules/electron'),
  answerMs = ANSWER_MS,
  tell = (line) => process.stderr.write(`${line}\n`)
}) {
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { missing: 'there is no display' }
  if (platform === 'linux' && asRoot) return { missing: 'Electron does not run as root' }
  const here = findExecutable(folder, env, platform)
  if (here) return { path: here }
  const installer = join(folder, 'install.js')
  if (!existsSync(installer) || !(await answers(env, answerMs))) return { missing: "Electron's binary could not be downloaded" }
  tell('Fetching Electron (once) ...')
  await install(node, installer, env)
  const fetched = findExecutable(folder, env, platform)
  return fetched ? { path: fetched } : { missing: "Electron's binary could not be downloaded" }
}

function findExecutable(folder, env, platform) {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return join(override, platform === 'win32' ? 'electron.exe' : 'electron')
  const file = join(folder, 'path.txt')
  const path = existsSync(file) ? join(folder, 'dist', readFileSync(file, 'utf8').trim()) : undefined
  return path && existsSync(path) ? path : undefined
}

/** The server that Electron's installer will ask; the same settings as its own. */
const addressOf = (env) =>
  env.npm_config_electron_mirror ||
  env.NPM_CONFIG_ELECTRON_MIRROR ||
  env.ELECTRON_MIRROR ||
  'https://github.com/electron/electron/releases/'

/** Whether anybody answers there, whatever the answer: a firewall that swallows packets must not keep a person waiting. */
async function answers(env, limitMs) {
  if (env.ELECTRON_GET_USE_PROXY) return true // only the installer knows the way through a proxy
  try {
    await fetch(addressOf(env), { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(limitMs) })
    return true
  } catch {
    return false // refused, unknown or silent: all the same to us
  }
}

function install(node, installer, env) {
  return new Promise((resolve) => {
    const child = spawn(node, [installer], { cwd: root, env: withPinnedNode(node, env), stdio: 'ignore', timeout: DOWNLOAD_MS })
    child.on('error', resolve)
    child.on('exit', resolve)
  })
}
