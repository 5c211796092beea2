import { basename } from 'node:path'
import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { packages } from './tools/workspace/src/packages.ts'

const testFiles = ['**/*.test.ts', '**/test/**/*.ts']

const everywhere = [
  {
    regex: '^fp-ts(/(?!lib/[\\w/]+\\.js$)|$)',
    message: "Import fp-ts by module, with its extension: 'fp-ts/lib/Either.js'.",
  },
  {
    regex: '^io-ts/(?!lib/[\\w/]+\\.js$)',
    message: "Import 'io-ts', or a module of it as 'io-ts/lib/X.js'.",
  },
  { regex: '(^|/)apps/|^@task-outcome/demo(/|$)', message: 'Nothing may depend on an app.' },
  {
    regex: '(^|/)(packages|testing|tools)/|^(\\.\\./)+(?!src/)[\\w-]+/src(/|$)',
    message: 'Import a package by its name.',
  },
]

const restrictImports = (own, allowed) => [
  'error',
  {
    patterns: [
      ...everywhere,
      {
        regex: allowed.length === 0 ? '^@task-outcome/' : `^@task-outcome/(?!(${allowed.join('|')})(/|$))`,
        message:
          allowed.length === 0
            ? `${own} depends on none of our packages.`
            : `Of our packages, ${own} may import only: ${allowed.join(', ')}.`,
      },
    ],
  },
]

export default defineConfig(
  globalIgnores(['site/', '**/dist/', '**/coverage/', '**/reports/', '**/.turbo/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', URL: 'readonly', fetch: 'readonly' },
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // A type and its companion value share a name: `export const X = …; export type X = …`.
      'no-redeclare': 'off',
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/array-type': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': [
        'error',
        { fixMixedExportsWithInlineTypeSpecifier: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Constructors such as `left: <E, A = never>(e: E) => Either<E, A>` name a parameter for the caller.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // `async` is also the shortest way to give a promise, and to turn what is thrown into a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
    },
  },
  {
    files: testFiles,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  Object.entries(packages).flatMap(([folder, { source, tests }]) => [
    {
      files: [`${folder}/**/*.{ts,tsx}`],
      rules: { 'no-restricted-imports': restrictImports(folder, source) },
    },
    {
      files: testFiles.map(pattern => `${folder}/${pattern}`),
      // Programs that tests run as processes of their own import the package as it is built, by its name.
      rules: {
        'no-restricted-imports': restrictImports(folder, [basename(folder), ...source, ...tests]),
      },
    },
    {
      files: [`${folder}/*.config.ts`],
      rules: { 'no-restricted-imports': restrictImports(folder, ['build']) },
    },
  ]),
)
