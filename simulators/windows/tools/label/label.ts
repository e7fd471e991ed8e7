import { type Program, type ProgramContext, WindowsError } from '../../shell';
import { type VolumeView, WindowsHostError } from '../../windows-host';
import { findVolume } from '../volumes';

/** NTFS' limit, which the prompt names. */
const LONGEST = 32;

/** Our words, in the order of the real ones. */
const helpText = [
  'Creates, changes, or deletes the volume label of a disk.',
  '',
  'LABEL [drive:][label]           the label of the volume with this letter',
  'LABEL [/MP] [volume] [label]    the same for a letter or a volume name',
  '',
];

// The texts below are Windows' message table, messages 6002 to 6007, and the prompts of Microsoft's page on `label`.
const INVALID_DRIVE = 'Invalid drive specification.';
const NOT_SUPPORTED = 'Cannot change label on this volume.  The request is not supported.';

interface Request {
  readonly volume: VolumeView;
  /** Undefined where it is to be asked for. */
  readonly label: string | undefined;
}

/** `label`, `label X:`, `label X:name`, `label name`, `label /mp \\?\Volume{...}\ name`. Undefined for no such volume. */
async function parse({ args, host }: ProgramContext): Promise<Request | undefined> {
  const words = args[0]?.toLowerCase() === '/mp' ? args.slice(1) : [...args];
  const [first = ''] = words;
  const named = /^(\\\\\?\\volume\{[^}]*\}\\?|[a-z]:\\?)(.*)$/is.exec(first);
  const [, name = `${host.systemDrive}:`, attached = first] = named ?? [];
  const label = [attached, ...words.slice(1)].filter((word) => word !== '').join(' ');
  const volume = await findVolume(host, name);
  return volume && { volume, label: label === '' ? undefined : label };
}

async function ask({ input, output }: ProgramContext, volume: VolumeView): Promise<string | undefined> {
  const drive = volume.letter ?? '';
  const { label, serialNumber } = volume;
  output.write(`Volume in drive ${drive} ${label === '' ? 'has no label' : `is ${label}`}\r\n`);
  if (serialNumber !== undefined) {
    const hex = serialNumber.toString(16).toUpperCase().padStart(8, '0');
    output.write(`Volume Serial Number is ${hex.slice(0, 4)}-${hex.slice(4)}\r\n`);
  }
  const typed = await input.readLine(`Volume label (${LONGEST} characters, ENTER for none)? `);
  if (typed === undefined || typed !== '') return typed;
  if (label === '') return undefined;
  const answer = await input.readLine('\r\nDelete current volume label (Y/N)? ');
  return /^\s*y/i.test(answer ?? '') ? '' : undefined;
}

/** `label`: changes the label of an NTFS volume. Exit code 0 or 1. */
export const label: Program = async (context) => {
  const { args, host, output } = context;
  if (args.includes('/?')) {
    output.write(helpText.map((line) => `${line}\r\n`).join(''));
    return 0;
  }
  const request = await parse(context);
  const refuse = (text: string): number => {
    output.write(`${text}\r\n`);
    return 1;
  };
  if (!request) return refuse(INVALID_DRIVE);
  const { volume } = request;
  const wanted = request.label ?? (await ask(context, volume));
  if (wanted === undefined) return 0;
  if (wanted.length > LONGEST || /["*/:<>?\\|]/.test(wanted)) return refuse(new WindowsError(123).message);
  try {
    await host.setLabel(volume.number, wanted);
    return 0;
  } catch (error) {
    if (!(error instanceof WindowsHostError)) throw error;
    if (error.refusal === 'not-supported') return refuse(NOT_SUPPORTED);
    return refuse(new WindowsError(error.refusal === 'in-use' ? 32 : 5).message);
  }
};
