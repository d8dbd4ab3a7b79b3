const inMain = (rooms) => `^src-main/(${rooms})(/|\\.ts$)`
/** The arrows of ARCHITECTURE.md: renderer -> shared <- main; doors -> electron/host -> desk -> store, hub, ai; practice -> centre -> ai, hub. */
const forbid = (name, from, to, extra = {}) => ({ name, severity: 'error', from: { path: from, ...extra }, to: { path: to, dependencyTypesNot: ['type-only'] } })
const onlyThrough = (library, pattern, file) => ({
  name: `${library}-through-one-file`, severity: 'error', from: { path: '^src-', pathNot: file }, to: { path: `node_modules/${pattern}`, dependencyTypesNot: ['type-only'] }
})

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.css$' } },
    { name: 'shared-is-pure', severity: 'error', from: { path: '^src-shared' }, to: { path: '^src-(main|renderer|preload)' } },
    { name: 'shared-no-node', severity: 'error', from: { path: '^src-(shared|renderer)' }, to: { dependencyTypes: ['core'] } },
    { name: 'renderer-sees-shared-only', severity: 'error', from: { path: '^src-renderer' }, to: { path: '^src-(main|preload)' } },
    { name: 'contract-is-types-in-the-renderer', severity: 'error', from: { path: '^src-renderer' }, to: { path: '^src-shared/(contract/|events|commands)', dependencyTypesNot: ['type-only'] } },
    { name: 'preload-stands-alone', severity: 'error', from: { path: '^src-preload' }, to: { path: '^src-(main|renderer)' } },
    forbid('ai-is-pure', inMain('ai'), '^src-main/(?!ai/)'),
    forbid('sqlite-is-a-leaf', inMain('sqlite'), '^src-main/(?!sqlite/)'),
    forbid('audit-knows-sqlite-only', inMain('audit'), '^src-main/(?!(audit|sqlite)/)'),
    forbid('hub-knows-storage-only', inMain('hub'), '^src-main/(?!(hub|sqlite)/)'),
    forbid('store-knows-sqlite-only', inMain('store'), '^src-main/(?!(store|sqlite)/)'),
    forbid('desk-below-hosts', inMain('desk'), '^src-main/(?!(desk|store|hub|ai|sqlite)/)'),
    forbid('centre-below-practice', inMain('centre'), '^src-main/(?!(centre|ai|hub)/)'),
    forbid('practice-below-hosts', inMain('practice'), '^src-main/(?!(practice|centre|ai|hub|sqlite)/)'),
    forbid('host-knows-no-electron', inMain('host'), '^src-main/electron'),
    { name: 'core-no-electron', severity: 'error', from: { path: '^src-main/(?!electron)' }, to: { path: '(^electron$|node_modules/electron/)', dependencyTypesNot: ['type-only'] } },
    onlyThrough('sip.js', 'sip\\.js', '^src-renderer/softphone/sip(/|\\.ts$)'),
    onlyThrough('headsets', 'softphone-vendor-headsets', '^src-renderer/softphone/headset/vendors\\.ts$'),
    onlyThrough('numbers', 'libphonenumber-js', '^src-renderer/softphone/numbers\\.ts$'),
    onlyThrough('echarts', 'echarts', '^src-renderer/charts/echarts\\.ts$'),
    onlyThrough('sqlite', 'better-sqlite3', '^src-main/sqlite/sqlite\\.ts$'),
    onlyThrough('werift', 'werift', '^src-main/practice/pbx/media\\.ts$')
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'svelte'],
      extensions: ['.ts', '.js', '.svelte', '.mjs', '.json']
    }
  }
}
