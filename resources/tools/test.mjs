// `npm test`: everything. With arguments: `npm test -- unit [files]` or `npm test -- e2e [files]` runs one half.
import { buildIfNeeded } from './build.mjs'
import { runSteps } from './steps.mjs'
import { needSystemPackages } from './system-packages.mjs'

const [which, ...files] = process.argv.slice(2)
needSystemPackages()
buildIfNeeded()
const unit = ['Unit, contract, store, SIP and host tests', 'vitest', 'run', ...files]
const endToEnd = ['End-to-end tests in Chromium', 'playwright', 'test', ...files]
runSteps(which === 'unit' ? [unit] : which === 'e2e' ? [endToEnd] : [unit, endToEnd])
