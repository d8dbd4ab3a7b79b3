// `npm run check`: types, Svelte, lint and format, layer rules, unused code.
import { runSteps } from './steps.mjs'

runSteps([
  ['Types', 'tsc', '-p', '.'],
  ['Svelte', 'svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
  ['Lint and format', 'biome', 'check'],
  ['Layers', 'depcruise', 'src-main', 'src-preload', 'src-renderer', 'src-shared'],
  ['Unused code', 'knip']
])
