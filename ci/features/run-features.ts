import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration, loadSources, runCucumber } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import { RUN_FOLDER_VARIABLE, runSecrets } from '../../simulators/evidence';
import { type Counts, RunModel, type Verdict, verdictOf } from '../messages';
import { writeReport } from '../report';
import { splitArguments } from './split-arguments';
import { onStopSignal } from './stop-signals';

export interface FeatureRun {
  /** Absolute; gets messages.ndjson, junit.xml, index.html and an evidence folder per scenario. */
  readonly runFolder: string;
  /** Arguments of cucumber-js: tags, names, paths, profiles ... */
  readonly argv: readonly string[];
  /** Counts of the unit tests of the same run, for the page. */
  readonly units?: Counts | undefined;
}

/**
 * Runs feature files in this process and judges them by their messages. The report is written in any case, also when
 * the run is stopped by a signal (which ends the process) or cucumber itself gives up.
 */
export async function runFeatures({
  runFolder,
  argv,
  units,
}: FeatureRun): Promise<{ verdict: Verdict; page: string }> {
  process.env[RUN_FOLDER_VARIABLE] = runFolder;
  const run = new RunModel();
  const messages = join(runFolder, 'messages.ndjson');
  const report = (): Promise<string> => writeReport(run, { runFolder, secrets: runSecrets, units });
  const keep = (envelope: Envelope): void => {
    run.add(envelope);
    appendFileSync(messages, `${runSecrets.mask(JSON.stringify(envelope))}\n`);
  };

  const undo = onStopSignal(async (signal) => {
    process.stdout.write(`\n${signal}: stopping; machines and files of this run go with it.\n`);
    const page = await report();
    process.stdout.write(`What was seen until now: ${page}\n`);
    return undefined;
  });
  try {
    const { config, profiles, rest } = splitArguments(argv);
    const { runConfiguration } = await loadConfiguration({
      ...(config === undefined ? {} : { file: config }),
      profiles: [...profiles],
      provided: [...rest],
    });
    // Alone, a scenario runs in this thread and is shown step by step.
    const { plan } = await loadSources(runConfiguration.sources);
    if (plan.length < 2) runConfiguration.runtime.parallel = 0;
    runConfiguration.formats.files[join(runFolder, 'junit.xml')] = 'junit';
    await runCucumber(runConfiguration, {}, keep);
  } catch (error) {
    run.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    undo();
  }
  return { verdict: verdictOf(run), page: await report() };
}
