const tests = '\\.test\\.ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: '^(\\$app/|\\$env/|\\$service-worker|cloudflare:|@lucide/svelte/icons/|\\./\\$types|#lib)',
      },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared holds the words of the domain: no web, no worker, and only small pure packages.',
      severity: 'error',
      from: { path: '^shared/src', pathNot: tests },
      to: { pathNot: '^shared/src|node_modules/(zod|punycode|ipaddr\\.js|jsonc-parser)/' },
    },
    {
      name: 'web-not-worker',
      comment: 'The web knows the worker by its emitted types alone.',
      severity: 'error',
      from: { path: '^web/src' },
      to: { path: '^worker/', pathNot: '^worker/dist/.*\\.d\\.ts$' },
    },
    { name: 'worker-not-web', severity: 'error', from: { path: '^worker/src' }, to: { path: '^web/' } },
    {
      name: 'providers-are-islands',
      comment: 'A provider never imports another one: what two share belongs beside provider.ts.',
      severity: 'error',
      from: { path: '^worker/src/providers/([^/]+)/' },
      to: { path: '^worker/src/providers/[^/]+/', pathNot: '^worker/src/providers/$1/' },
    },
    {
      name: 'only-the-registry-knows-providers',
      severity: 'error',
      from: { path: '^worker/src', pathNot: `^worker/src/providers/|${tests}` },
      to: { path: '^worker/src/providers/[^/]+/' },
    },
    {
      name: 'adapters-not-simulators',
      comment: 'What runs in production never holds a simulator, a test server or a fixture.',
      severity: 'error',
      from: { path: '^worker/src', pathNot: `${tests}|simulator|replay|real-server|conformance` },
      to: { path: 'simulator|fixtures|real-server|conformance' },
    },
    {
      name: 'features-keep-their-stores',
      comment: "A feature never imports another feature's store: ask the feature instead.",
      severity: 'error',
      from: { path: '^worker/src/features/([^/]+)/', pathNot: tests },
      to: {
        path: ['^worker/src/features/[^/]+/store', '^worker/src/features/[^/]+/[^/]+/store'],
        pathNot: '^worker/src/features/$1/',
      },
    },
    {
      name: 'share-not-panel',
      comment: 'The public page imports nothing of the panel.',
      severity: 'error',
      from: { path: '^web/src/share/' },
      to: { path: '^web/src/(routes|lib)/', pathNot: '^web/src/lib/(share|statistics)/|^web/src/lib/when\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|worker/dist' },
    exclude: { path: '(^|/)(build|\\.svelte-kit|\\.out|\\.wrangler|worker-configuration\\.d\\.ts)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'types', 'import', 'browser', 'default'],
      extensions: ['.ts', '.js', '.svelte', '.d.ts'],
    },
  },
}
