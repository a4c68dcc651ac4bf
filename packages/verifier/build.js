// Makes the one file that an auditor is given: `dist/fairlead-verify.js`, plain JavaScript that needs Node and nothing else.
import { chmodSync } from 'node:fs';
import { build } from 'vite';

await build({
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    ssr: 'src/cli/main.ts',
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: false,
    rollupOptions: { output: { entryFileNames: 'fairlead-verify.js', banner: '#!/usr/bin/env node' } },
  },
});
chmodSync(new URL('dist/fairlead-verify.js', import.meta.url), 0o755);
