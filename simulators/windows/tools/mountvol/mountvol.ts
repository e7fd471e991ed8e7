import { type Program, type ProgramContext, WindowsError } from '../../shell';
import { type VolumeView, WindowsHostError } from '../../windows-host';
import { forgetAbsentVolumes, setAutoMount } from '../system-hives';
import { findVolume, volumeName } from '../volumes';
import { efiSystemVolume } from './efi-system-volume';

/** Our words, in the order of the real ones. */
const helpText = [
  'Gives volumes a letter, takes it away, or lists them.',
  '',
  'MOUNTVOL drive: VolumeName   gives the volume this letter',
  'MOUNTVOL drive: /D           takes the letter away',
  'MOUNTVOL drive: /L           shows the name of the volume with this letter',
  'MOUNTVOL drive: /P           as /D, and dismounts the volume',
  'MOUNTVOL drive: /S           gives the EFI system partition this letter',
  'MOUNTVOL /R                  forgets the letters of volumes that are gone',
  'MOUNTVOL /N                  gives new volumes no letters',
  'MOUNTVOL /E                  gives new volumes letters again',
  '',
];

/** Header and layout of the list: seen on real Windows 10. */
async function listing({ host }: ProgramContext): Promise<string> {
  const lines = ['Possible values for VolumeName along with current mount points are:', ''];
  for (const volume of await host.volumes()) {
    lines.push(
      `    ${volumeName(volume, host.version)}\\`,
      `        ${volume.letter === undefined ? '*** NO MOUNT POINTS ***' : `${volume.letter}:\\`}`,
      '',
    );
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

/** The volume with the letter of `X:` or `X:\`. Other paths are folders, where this system mounts nothing (our limit). */
function letterOf(path: string): string {
  const letter = /^([a-z]):\\?$/i.exec(path)?.[1];
  if (letter === undefined) throw new WindowsError(50);
  return letter.toUpperCase();
}

async function mounted({ host }: ProgramContext, path: string): Promise<VolumeView> {
  const volume = await findVolume(host, `${letterOf(path)}:`);
  if (!volume) throw new WindowsError(2);
  return volume;
}

/** `X: \\?\Volume{...}\`: a volume has one letter at most, and a letter one volume. */
async function mount(context: ProgramContext, path: string, name: string): Promise<void> {
  const letter = letterOf(path);
  if (!/^\\\\\?\\Volume\{.*\}\\$/i.test(name)) throw new WindowsError(87);
  const volume = await findVolume(context.host, name);
  if (!volume) throw new WindowsError(2);
  if (volume.letter !== undefined) throw new WindowsError(87);
  await context.host.assignLetter(volume.number, letter);
}

/** `X: /s`: where firmware finds no EFI system partition, the parameter is wrong (general knowledge). */
async function mountEfiSystem({ host }: ProgramContext, path: string): Promise<void> {
  const letter = letterOf(path);
  const volume = await efiSystemVolume(host);
  if (!volume || (volume.letter !== undefined && volume.letter !== letter)) throw new WindowsError(87);
  await host.assignLetter(volume.number, letter);
}

async function run(context: ProgramContext): Promise<string> {
  const { args, host, files } = context;
  const [first, second, more] = args;
  const option = (second ?? first)?.toLowerCase().replace(/^-/, '/');
  if (first === undefined || first === '/?') return `${helpText.join('\r\n')}\r\n${await listing(context)}`;
  if (more !== undefined) throw new WindowsError(87);
  if (second === undefined) {
    const done =
      option === '/r'
        ? await forgetAbsentVolumes(host, files, await host.volumes())
        : option === '/n' || option === '/e'
          ? await setAutoMount(host, files, option === '/e')
          : undefined;
    if (done === undefined) throw new WindowsError(87);
    if (!done) throw new WindowsError(5);
    return '';
  }
  switch (option) {
    case '/l':
      return `    ${volumeName(await mounted(context, first), host.version)}\\\r\n`;
    case '/d':
    case '/p':
      await host.removeLetter((await mounted(context, first)).number);
      return '';
    case '/s':
      await mountEfiSystem(context, first);
      return '';
    default:
      await mount(context, first, second);
      return '';
  }
}

/**
 * `mountvol [X: VolumeName | X: /d | X: /l | X: /p | X: /s | /r | /n | /e]`. What fails says Windows' own text for the error;
 * which error that is, is our choice. Exit code 0 or 1.
 */
export const mountvol: Program = async (context) => {
  try {
    context.output.write(await run(context));
    return 0;
  } catch (error) {
    if (!(error instanceof WindowsError) && !(error instanceof WindowsHostError)) throw error;
    const message = error instanceof WindowsError ? error.message : refusal(error);
    context.output.write(`${message}\r\n`);
    return 1;
  }
};

function refusal({ refusal: why }: WindowsHostError): string {
  if (why === 'letter-in-use') return new WindowsError(145).message;
  return new WindowsError(why === 'in-use' ? 32 : 5).message;
}
