// `node resources/tools/run.mjs TOOL [args]`: runs a tool of node_modules, or `node`, under the pinned Node.
import { spawn } from 'node:child_process'
import { pinnedNode, root, toolFile, withPinnedNode } from './pinned-node.mjs'

const node = pinnedNode()
const [name, ...args] = process.argv.slice(2)
if (!name) {
  console.error('usage: node resources/tools/run.mjs TOOL [args]')
  process.exit(2)
}
const child = spawn(node, name === 'node' ? args : [toolFile(name), ...args], { cwd: root, stdio: 'inherit', env: withPinnedNode(node) })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
})
