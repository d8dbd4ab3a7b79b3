// `npm start`: the desktop app where Electron's binary is or can be had and there is a display, else the web host.
// `npm run web -- ...`: the web host at once.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfNeeded } from './build.mjs'
import { findElectron } from './electron-binary.mjs'
import { pinnedNode, root, withPinnedNode } from './pinned-node.mjs'

const args = process.argv.slice(2)
const node = pinnedNode()
const web = (rest) => ({ file: node, args: [join(root, 'out/main/web.js'), ...rest], web: true })

/** Runs it until it ends; signals are passed on, and its exit code becomes ours. */
function run({ file, args, web }, onMissing) {
  // The channel tells the web host when this launcher is gone, however it ended.
  const stdio = web ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit'
  const child = spawn(file, args, { cwd: root, stdio, env: withPinnedNode(node) })
  const watch = whenOrphaned(() => child.kill('SIGTERM'))
  let started = false
  const forward = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  child.on('spawn', () => {
    started = true
  })
  child.on('error', (error) => {
    if (started) return
    clearInterval(watch)
    for (const signal of signals) process.off(signal, forward)
    onMissing(error)
  })
  child.on('exit', (code, signal) => {
    clearInterval(watch)
    process.exitCode = signal ? 1 : (code ?? 1)
  })
}

/** A signal to npm ends npm and the shell between us, which passes nothing on: all we see is that our parent changed. */
function whenOrphaned(then) {
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event) return undefined
  return setInterval(() => {
    if (process.ppid !== parent) then()
  }, 500)
}

function openInBrowser(because) {
  // On stderr, so that a script that reads the ready line (--json) finds nothing else on stdout.
  console.error(`Opening Sidetone in the browser, because ${because}.`)
  run(web(args), failed)
}
function failed(error) {
  console.error(`Sidetone could not start: ${error.message}`)
  process.exitCode = 1
}

buildIfNeeded()
if (args[0] === '--web') run(web(args.slice(1)), failed)
else {
  const found = await findElectron({ node })
  if (found.missing) openInBrowser(found.missing)
  else run({ file: found.path, args: [root, ...args], web: false }, () => openInBrowser("Electron's binary cannot be run"))
}
