import { readU16 } from '../../../disk/bytes';
import type { Command } from './command';
import { InvalidArguments, serviceFailure } from './failure';
import { focusedVolume } from './focus';
import { parseParameters, requireNoWords } from './parameters';
import { criticalFailure, isCritical } from './system-partition';

const LONGEST_LABEL = 32;
const UNITS = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];

/** `4096`, `64K`. */
function parseUnit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, digits, kilo] = /^(\d{1,6})(k)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * (kilo === undefined ? 1 : 1024);
  if (!UNITS.includes(bytes)) throw new InvalidArguments();
  return bytes;
}

/** `format fs=ntfs label="Data" quick unit=4096 override`. */
export const format: Command = async ({ host, focus, say }, words) => {
  const volume = await focusedVolume(host, focus);
  const { values, flags } = parseParameters(words, {
    values: ['fs', 'label', 'unit', 'revision'],
    flags: ['quick', 'override', 'compress', 'recommended', 'nowait', 'noerr'],
  });
  const fileSystem = (values.get('fs') ?? 'ntfs').toUpperCase();
  const label = values.get('label') ?? '';
  const unitBytes = parseUnit(values.get('unit'));
  // vdserr.h of the Windows SDK: VDS_E_*_FORMAT_NOT_SUPPORTED, VDS_E_BAD_LABEL, VDS_E_COMPRESSION_NOT_SUPPORTED.
  // That only NTFS is to be had, and without compression, is our limit.
  if (!['NTFS', 'FAT', 'FAT32', 'EXFAT', 'REFS', 'UDF'].includes(fileSystem)) throw new InvalidArguments();
  if (fileSystem !== 'NTFS')
    throw serviceFailure(`The ${fileSystem} file system format is not supported on this volume.`);
  if (flags.has('compress')) throw serviceFailure('The specified file system does not support compression.');
  if (label.length > LONGEST_LABEL || /["*/:<>?\\|]/.test(label))
    throw serviceFailure('The label is illegal.');
  if (isCritical(volume)) throw criticalFailure('Format');
  await host.formatVolume(volume.number, { label, quick: flags.has('quick'), unitBytes });
  // Both lines were seen on real Windows.
  say('  100 percent completed');
  say('DiskPart successfully formatted the volume.');
};

const unitText = (bytes: number): string => (bytes < 16_384 ? String(bytes) : `${bytes / 1024}K`);

/** `filesystems`. Headings and fields as in a transcript; the list of what can be made here is ours. */
export const fileSystems: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const volume = await focusedVolume(host, focus);
  const boot =
    volume.fileSystem === 'NTFS' ? await host.readVolume(volume.number, 0, 512) : new Uint8Array(512);
  // Bytes of a sector, sectors of a cluster (the NTFS boot sector).
  const unit = readU16(boot, 11) * (boot[13] ?? 0);
  say(
    [
      'Current File System',
      '',
      `  Type                 : ${volume.fileSystem}`,
      ...(unit === 0 ? [] : [`  Allocation Unit Size : ${unitText(unit)}`]),
      '  Flags : 00000000',
      '',
      'File Systems Supported for Formatting',
      '',
      '  Type                 : NTFS (Default)',
      `  Allocation Unit Sizes: ${UNITS.map((one) => `${unitText(one)}${one === 4096 ? ' (Default)' : ''}`).join(', ')}`,
    ].join('\r\n'),
  );
};
