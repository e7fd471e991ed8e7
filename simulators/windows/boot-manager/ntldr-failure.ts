import { type BootFailure, bareFailure } from './boot-failure';

/**
 * What NTLDR says about a file that it cannot load: `<Windows root>\system32\hal.dll.` or the SYSTEM hive's path. Texts
 * of Windows 2000 to 2003, general knowledge.
 */
export function ntldrFileFailure(file: string): BootFailure {
  const isHive = !file.startsWith('<');
  const advice = isHive
    ? [
        '',
        'You can attempt to repair this file by starting Windows Setup',
        'using the original Setup CD-ROM.',
        "Select 'r' at the first screen to start repair.",
      ]
    : ['', 'Please re-install a copy of the above file.'];
  return bareFailure(
    'windows-5.2',
    ['Windows could not start because the following file is missing or corrupt:', file, ...advice],
    file,
  );
}

/** What NTLDR says where boot.ini names a partition that is not there. */
export function ntldrDiskFailure(): BootFailure {
  return bareFailure('windows-5.2', [
    'Windows could not start because of a computer disk hardware',
    'configuration problem.',
    'Could not read from the selected boot disk. Check boot path',
    'and disk hardware.',
    '',
    'Please check the Windows documentation about hardware disk',
    'configuration and your hardware reference manuals for additional',
    'information.',
  ]);
}
