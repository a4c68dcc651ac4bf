import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const namedExportsOnly = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Named exports only.' },
];

const entryHoldsNoCode = {
  selector: 'Program > :not(ExportNamedDeclaration[source], ExportAllDeclaration)',
  message: 'An entry re-exports and holds no code.',
};

const localTime =
  '/^((get|set)(FullYear|Year|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)|getTimezoneOffset|to(Date|Time)String|toLocale(Date|Time)?String)$/';

const pure = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take `now: Date` as an argument.' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length>1]', message: 'These are local time: `new Date(Date.UTC(…))`.' },
  { selector: 'CallExpression[callee.name="Date"]', message: '`Date()` is the clock, as local time.' },
  { selector: `MemberExpression[property.name=${localTime}]`, message: 'Local time or locale: use the UTC or ISO method.' },
  { selector: 'MemberExpression[property.name="localeCompare"]', message: 'Its order depends on the machine: compare code units.' },
];

export default defineConfig(
  globalIgnores(['**/dist/', '**/.reports/', '**/*.generated.ts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
    },
  },
  {
    rules: {
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-depth': ['error', 3],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 60],
      'max-params': ['error', 3],
      'no-restricted-syntax': ['error', ...namedExportsOnly],
    },
  },
  // An entry holds no code: it is as long as its package has files.
  { files: ['**/index.ts'], rules: { 'max-lines': 'off', 'no-restricted-syntax': ['error', ...namedExportsOnly, entryHoldsNoCode] } },
  {
    files: ['packages/{domain,engine}/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/index.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take `now: Date` as an argument.' },
        { object: 'Math', property: 'random', message: 'Take ids from the port.' },
      ],
      'no-restricted-syntax': ['error', ...namedExportsOnly, ...pure],
    },
  },
  {
    files: ['**/*.test.{ts,tsx}'],
    rules: { 'max-lines': ['error', 500], 'max-lines-per-function': 'off' },
  },
  {
    files: ['*.config.{js,ts}', 'apps/*/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable', URL: 'readonly' } },
  },
);
