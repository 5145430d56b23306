import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'

const zodByName = {
  selector:
    "ImportDeclaration[source.value='zod'][importKind!='type'] > :matches(ImportSpecifier, ImportDefaultSpecifier)",
  message: "Use `import * as z from 'zod'`: the named import keeps all of zod in the bundle.",
}

export default ts.config(
  {
    ignores: [
      '**/node_modules/',
      '**/build/',
      '**/dist/',
      '**/.svelte-kit/',
      '**/.out/',
      '**/.wrangler/',
      '**/.state/',
      'worker/worker-configuration.d.ts',
      'eslint.config.js',
      '.dependency-cruiser.cjs',
    ],
  },
  ...ts.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-restricted-syntax': ['error', zodByName],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Reading process.env['X'] is what noPropertyAccessFromIndexSignature would ask for; both ways are fine here.
      '@typescript-eslint/dot-notation': 'off',
      // The panel is always served from the root of its own host: there is no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // TypeScript knows better than the template parser which globals exist.
      'no-undef': 'off',
    },
  },
  {
    // The template parser loses the types of function bindings and snippet parameters; svelte-check has them.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['worker/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'worker/src/providers/*/real-server.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        {
          name: 'fetch',
          message: 'Every call to another server goes through providers/upstream.ts; fetch is an argument.',
        },
      ],
    },
  },
  {
    files: ['web/src/**/*.ts', 'web/src/**/*.svelte'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@zonedeck/worker', '@zonedeck/worker/*'],
              allowTypeImports: true,
              message: 'The web knows the worker by its types alone.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'web/e2e/**/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
)
