// `npm test`: everything. With arguments: `npm test -- unit [files]`, `npm test -- e2e [files]` or `npm test -- sip [files]` runs one part.
import { buildIfNeeded } from './build.mjs'
import { runSteps } from './steps.mjs'
import { needSystemPackages } from './system-packages.mjs'

const [which, ...files] = process.argv.slice(2)
const parts = {
  unit: ['Unit, contract, store and host tests', 'vitest', 'run', ...files],
  e2e: ['End-to-end tests in Chromium', 'playwright', 'test', ...files],
  sip: [
    'Softphone against real SIP peers',
    'node',
    'resources/tools/isolated.mjs',
    ...['vitest', 'run', '--config', 'test/sip/vitest.config.ts', ...files]
  ]
}
if (which !== undefined && !(which in parts)) {
  console.error(`npm test knows the parts ${Object.keys(parts).join(', ')}; not "${which}"`)
  process.exit(2)
}
needSystemPackages(which === undefined ? Object.keys(parts) : [which])
if (which !== 'sip') buildIfNeeded()
runSteps(which === undefined ? Object.values(parts) : [parts[which]])
