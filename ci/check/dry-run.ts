import { Writable } from 'node:stream';
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api';
import { RunModel, repeatCommand, scenarioStatus } from '../messages';

/** Matches every step of every feature file with its definition, without running any; exits 1 on undefined or ambiguous ones. */
async function main(): Promise<void> {
  const run = new RunModel();
  const { runConfiguration } = await loadConfiguration({ provided: { dryRun: true } });
  runConfiguration.formats.stdout = 'message';
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await runCucumber(runConfiguration, { stdout: nowhere }, (envelope) => run.add(envelope));
  const bad = run.results.filter((scenario) =>
    ['undefined', 'ambiguous', 'unknown'].includes(scenarioStatus(scenario)),
  );
  for (const problem of run.problems) console.log(problem);
  for (const scenario of bad) {
    console.log(`${scenarioStatus(scenario)}: ${scenario.name} (${repeatCommand(scenario)})`);
    for (const step of scenario.steps) {
      if (step.status === 'undefined' || step.status === 'ambiguous')
        console.log(`  ${step.keyword} ${step.text}`);
    }
  }
  console.log(`${run.results.length} scenarios, ${bad.length + run.problems.length} with problems`);
  process.exitCode = bad.length + run.problems.length > 0 || run.results.length === 0 ? 1 : 0;
}

void main();
