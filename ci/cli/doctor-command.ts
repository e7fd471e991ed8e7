import { Command } from 'commander';
import { examineAll, printFindings } from '../doctor';
import { ExitCode } from '../setup/exit-codes.mjs';

/** `rescue-lab doctor`: what was found, what works, what is missing and how to get it. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Say what was found on this machine, what works, what is missing and how to get it.')
    .option('--json', 'print one JSON object on one line: {"ready", "findings": [...]}')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examineAll();
      const ready = findings.every(({ status }) => status !== 'missing');
      const colours = process.stdout.isTTY && !process.env['NO_COLOR'];
      process.stdout.write(
        json ? `${JSON.stringify({ ready, findings })}\n` : printFindings(findings, colours),
      );
      process.exitCode = ready ? ExitCode.ok : ExitCode.failed;
    });
}
