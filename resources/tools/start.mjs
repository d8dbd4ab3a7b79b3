// `npm start`: the desktop app where Electron's binary is or can be had and there is a display, else the web host.
// `npm run web -- ...`: the web host at once.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfNeeded } from './build.mjs'
import { pinnedNode, root, withPinnedNode } from './pinned-node.mjs'

const args = process.argv.slice(2)
const node = pinnedNode()

/** Electron's executable, or why there is none. */
function electron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { missing: 'there is no display' }
  const folder = join(root, 'node_modules/electron')
  const find = () => {
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
    if (override) return join(override, process.platform === 'win32' ? 'electron.exe' : 'electron')
    const file = join(folder, 'path.txt')
    const path = existsSync(file) ? join(folder, 'dist', readFileSync(file, 'utf8')) : undefined
    return path && existsSync(path) ? path : undefined
  }
  const here = find()
  if (here) return { path: here }
  // The package fetches its binary on first use; where the download is refused this ends with an error.
  const installer = join(folder, 'install.js')
  if (existsSync(installer)) spawnSync(node, [installer], { cwd: root, env: withPinnedNode(node), stdio: 'ignore', timeout: 180_000 })
  const fetched = find()
  return fetched ? { path: fetched } : { missing: "Electron's binary could not be downloaded" }
}

buildIfNeeded()
let command
if (args[0] === '--web') command = [node, [join(root, 'out/main/web.js'), ...args.slice(1)]]
else {
  const found = electron()
  if (found.path) command = [found.path, [root, ...args]]
  else {
    console.log(`Opening Sidetone in the browser, because ${found.missing}.`)
    command = [node, [join(root, 'out/main/web.js'), ...args]]
  }
}
// The channel tells the host when this launcher is gone, however it ended.
const child = spawn(command[0], command[1], { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: withPinnedNode(node) })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
})
