import { DiskFormatError } from '../../../disk/bytes';
import type { Program, ProgramContext } from '../../shell';
import { type VolumeCheck, type VolumeView, WindowsHostError } from '../../windows-host';
import { findVolume } from '../volumes';
import { isOld, stages, totals } from './report';
import { scheduleCheck } from './schedule';
import { ExitCode, verdict } from './verdict';
import { readVolumeFacts, type VolumeFacts } from './volume-facts';

/** Where a boot sector names its file system. */
const NTFS_NAME = 3;

const SWITCHES: ReadonlySet<string> = new Set([
  '/f',
  '/r',
  '/x',
  '/v',
  '/i',
  '/c',
  '/b',
  '/scan',
  '/spotfix',
]);

/** Our words. */
const helpText = [
  'Checks a disk and shows a status report.',
  '',
  'CHKDSK [volume] [/F] [/R] [/X]',
  '',
  '  volume  a drive letter with a colon, or the name of a volume',
  '  /F      fixes errors and clears the dirty mark of the volume',
  '  /R      looks for bad sectors too (as /F)',
  '  /X      dismounts the volume first (as /F)',
  '',
].join('\r\n');

interface CommandLine {
  readonly volume: string;
  readonly repair: boolean;
  readonly surface: boolean;
}

function parse({ args, resolvePath }: ProgramContext): CommandLine | { readonly wrong: string } {
  const words = args.map((word) => (/^[/-]/.test(word) ? word.toLowerCase().replace(/^-/, '/') : word));
  const wrong = words.find((word) => word.startsWith('/') && !SWITCHES.has(word));
  if (wrong !== undefined) return { wrong };
  const [volume, another] = words.filter((word) => !word.startsWith('/'));
  if (another !== undefined) return { wrong: another };
  return {
    volume: volume ?? resolvePath('.').slice(0, 2),
    repair: ['/f', '/r', '/x', '/spotfix'].some((word) => words.includes(word)),
    surface: words.includes('/r'),
  };
}

/**
 * `chkdsk [volume] [/f] [/r] [/x]`: figures from the volume's own master file table, the verdict from the host. Texts are
 * those of reports of real Windows except where a comment says otherwise; what lies below the bytes that this system
 * looks at (times, security descriptors, bad sectors) is passed over.
 */
export const chkdsk: Program = async (context) => {
  const { host, output } = context;
  const say = (...lines: readonly string[]): void =>
    output.write(lines.map((line) => `${line}\r\n`).join(''));
  if (context.args[0] === '/?') {
    output.write(helpText);
    return ExitCode.sound;
  }
  const line = parse(context);
  if ('wrong' in line) {
    say(`Invalid parameter - ${line.wrong}`);
    return ExitCode.failed;
  }
  const volume = await findVolume(host, line.volume);
  if (!volume) {
    // General knowledge.
    say('The drive, the path, or the file name is not valid.');
    return ExitCode.failed;
  }
  const before = await look(context, volume);
  if (before === 'other file system') {
    say('The type of the file system is RAW.', 'CHKDSK is not available for RAW drives.');
    return ExitCode.failed;
  }
  say('The type of the file system is NTFS.');
  try {
    // The verdict comes first, so that a volume in use ends here.
    const check = await host.checkVolume(volume.number, { repair: line.repair });
    return await report(context, volume, line, before, check);
  } catch (error) {
    if (!(error instanceof WindowsHostError)) throw error;
    return refused(context, volume, error);
  }
};

/** The figures, or `damaged` where Windows' own records on the volume cannot be read. */
async function look(
  { host }: ProgramContext,
  volume: VolumeView,
): Promise<VolumeFacts | 'damaged' | 'other file system'> {
  try {
    return await readVolumeFacts((offset, length) => host.readVolume(volume.number, offset, length));
  } catch (error) {
    if (error instanceof WindowsHostError) return 'other file system';
    if (!(error instanceof DiskFormatError)) throw error;
    return error.offset === NTFS_NAME ? 'other file system' : 'damaged';
  }
}

async function report(
  context: ProgramContext,
  volume: VolumeView,
  { repair, surface }: CommandLine,
  before: VolumeFacts | 'damaged' | 'other file system',
  check: VolumeCheck,
): Promise<number> {
  const { version } = context.host;
  const say = (...lines: readonly string[]): void =>
    context.output.write(lines.map((line) => `${line}\r\n`).join(''));
  const facts = repair ? await look(context, volume) : before;
  if (typeof facts === 'string') {
    // General knowledge.
    say('Unable to determine volume version and state. CHKDSK aborted.');
    return ExitCode.failed;
  }
  const dirty = typeof before === 'object' && before.dirty;
  if (facts.label !== '') say(`Volume label is ${facts.label}.`);
  // Our text: real Windows shows the mark with `fsutil dirty query` only.
  if (dirty && !repair) say('', 'The volume is dirty: it was not dismounted cleanly. /F clears that.');
  if (!repair) say('', 'WARNING!  /F parameter not specified.', 'Running CHKDSK in read-only mode.');
  const { lines, exitCode } = verdict(check, { repair, dirty, version });
  say(
    '',
    ...stages(facts, version, surface),
    ...(isOld(version) ? [] : ['']),
    ...lines,
    '',
    ...totals(facts),
  );
  return exitCode;
}

/** A volume in use can be checked at the next start, if its user says so; texts documented by Microsoft. */
async function refused(
  context: ProgramContext,
  volume: VolumeView,
  error: WindowsHostError,
): Promise<number> {
  const { host, files, input, output } = context;
  output.write('Cannot lock current drive.\r\n\r\n');
  if (error.refusal === 'write-protected') {
    output.write('Windows cannot run disk checking on this volume because it is write protected.\r\n');
    return ExitCode.failed;
  }
  const answer = await input.readLine(
    [
      'Chkdsk cannot run because the volume is in use by another',
      'process.  Would you like to schedule this volume to be',
      'checked the next time the system restarts? (Y/N) ',
    ].join('\r\n'),
  );
  output.write('\r\n');
  if (!/^y/i.test(answer?.trim() ?? '')) return ExitCode.failed;
  if (await scheduleCheck(host, files, volume)) {
    output.write('This volume will be checked the next time the system restarts.\r\n');
  } else {
    output.write(
      'Chkdsk could not schedule this volume to be checked\r\nthe next time the system restarts.\r\n',
    );
  }
  return ExitCode.failed;
}
