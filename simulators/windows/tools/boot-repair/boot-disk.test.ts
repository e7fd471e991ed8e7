import { expect, it, vi } from 'vitest';
import { mountedFiles } from '../../shell';
import { MemoryHost } from '../../shell/testing/memory-host';
import { findBootDisk } from './boot-disk';

it('knows an EFI system partition without boot files by its file system', async () => {
  const host = new MemoryHost([{ guid: '5a1c9e01-0000-4000-8000-000000000001', volumes: [{}, {}] }]);
  const [system, windows] = await host.volumes();
  const volumes = [
    { ...system!, fileSystem: 'FAT32' },
    { ...windows!, fileSystem: 'NTFS' },
  ];
  vi.spyOn(host, 'volumes').mockResolvedValue(volumes.toReversed());
  const machine = { host, files: mountedFiles(host) };
  expect(await findBootDisk(machine)).toMatchObject({ firmware: 'UEFI', systemVolume: volumes[0] });
  vi.spyOn(host, 'volumes').mockResolvedValue(volumes.slice(1));
  expect((await findBootDisk(machine))?.systemVolume).toBeUndefined();
});
