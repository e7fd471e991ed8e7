#!/usr/bin/env node
/*
 * The set-up, in plain JavaScript for the Node.js that is there (20 or newer) and without any dependency:
 *
 *   node ci/setup/main.mjs [--npm-only] [<file.ts> [arguments]]
 *
 * checks the machine, installs the Debian packages and the npm dependencies that are missing, then runs the file under
 * Node.js 24 with ts-node. `--npm-only` leaves the machine and its packages alone, for work that boots nothing.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkMachine, readMachine } from './check-machine.mjs';
import { ExitCode } from './exit-codes.mjs';
import { handOver } from './hand-over.mjs';
import { installPackages } from './install-packages.mjs';
import { findNode24, installDependencies } from './node-modules.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { StepDisplay } from './step-display.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const env = process.env;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  if (error.output) process.stderr.write(`${error.output.trim().split('\n').slice(-15).join('\n')}\n\n`);
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

/** @param {readonly string[]} argv */
async function main(argv) {
  const npmOnly = argv[0] === '--npm-only';
  const [file, ...args] = npmOnly ? argv.slice(1) : argv;
  const display = new StepDisplay(process.stderr);
  if (!npmOnly) {
    await display.step('Machine', () => checkMachine(readMachine(env)));
    const list = readFileSync(join(here, 'debian-packages.txt'), 'utf8');
    const uid = process.getuid?.() ?? -1;
    await display.step('Debian packages', (progress) =>
      installPackages({ list, run: runCommand, uid, env, progress }),
    );
  }
  await display.step('npm packages', (progress) =>
    installDependencies({ root, run: runCommand, env, progress }),
  );
  const node = findNode24(root);
  display.done();
  return file ? handOver({ node, root, file, args, env }) : ExitCode.ok;
}
