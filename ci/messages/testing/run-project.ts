import { join, relative } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { execa } from 'execa';
import { RunModel } from '../run-model';

const root = join(__dirname, '../../..');
const project = relative(root, join(__dirname, 'project'));
const broken = relative(root, join(__dirname, 'broken-project'));

/** Runs the small project beside this file under the real cucumber-js and returns what it said, message by message. */
export async function runProject(
  options: { tags?: string; args?: readonly string[]; failBeforeAll?: boolean; broken?: boolean } = {},
): Promise<Envelope[]> {
  const { tags, args = [], failBeforeAll, broken: unreadable } = options;
  const { stdout } = await execa({
    cwd: root,
    reject: false,
    env: failBeforeAll ? { FAIL_BEFORE_ALL: '1' } : {},
  })(process.execPath, [
    'node_modules/@cucumber/cucumber/bin/cucumber.js',
    ...['--config', relative(root, join(__dirname, 'cucumber.json'))],
    ...['--require', `${project}/steps.cjs`, '--format', 'message'],
    ...(tags === undefined ? [] : ['--tags', tags]),
    ...args,
    unreadable ? broken : project,
  ]);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Envelope);
}

export function modelOf(envelopes: readonly Envelope[]): RunModel {
  const model = new RunModel();
  for (const envelope of envelopes) model.add(envelope);
  return model;
}
