// Runs the specs whose names contain one of the given words, or all of them, one after another:
// there is one display.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);
const specs = readdirSync(folder)
  .filter((name) => name.endsWith('.spec.ts'))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();

if (specs.length === 0) {
  process.stderr.write(`No spec is named after: ${words.join(', ')}\n`);
  process.exit(1);
}

const node = ['--import', 'tsx', '--test', '--test-concurrency=1', '--test-reporter=spec', ...specs];
const { status } = spawnSync(process.execPath, node, { cwd: folder, stdio: 'inherit' });
process.exit(status ?? 1);
