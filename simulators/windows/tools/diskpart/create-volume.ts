import { createVolume, type NewVolumeRequest } from '../../../disk/ldm';
import { SECTOR_BYTES } from '../../../disk/mbr';
import type { Command } from './command';
import { serviceFailure } from './failure';
import { focusedDisk, focusVolume } from './focus';
import { changeOwnGroup, diskOfGroup, ownGroups } from './own-group';
import { diskNumbers, parseParameters, wholeNumber } from './parameters';

const SECTORS_OF_MIB = 2 ** 20 / SECTOR_BYTES;

/** `create volume mirror size=1000 disk=1,2`: `size` is what it takes of every disk, in MB (Microsoft's pages). */
function create(layout: NewVolumeRequest['layout']): Command {
  return async (context, words) => {
    const { host, focus, say } = context;
    const parameters = parseParameters(words, { values: ['size', 'disk', 'align'] });
    // Our limit.
    if (parameters.values.has('align'))
      throw serviceFailure('This stand-in aligns dynamic volumes by itself.');
    const size = wholeNumber(parameters, 'size');
    const numbers = diskNumbers(parameters) ?? [(await focusedDisk(host, focus)).number];
    // vdserr.h of the Windows SDK, VDS_E_DUPLICATE_DISK.
    if (new Set(numbers).size < numbers.length)
      throw serviceFailure('The same disk was specified more than once.');
    const groups = await ownGroups(host);
    const own = groups.find(({ disks }) => disks.some(({ view }) => view.number === numbers[0])) ?? {
      disks: [],
    };
    const disks: string[] = [];
    for (const number of numbers) disks.push(await diskOfGroup(host, own, number));
    let guid = '';
    await changeOwnGroup(context, own, [], (draft) => {
      const sizeSectors = size === undefined ? undefined : size * SECTORS_OF_MIB;
      ({ guid } = createVolume(draft, { layout, disks, sizeSectors }));
    });
    const volume = (await host.volumes()).find(
      ({ location }) => location.style === 'dynamic' && location.volumeGuid === guid,
    );
    if (volume) await focusVolume(host, focus, volume);
    // Seen on real Windows.
    say('DiskPart successfully created the volume.');
  };
}

export const createSimple = create('simple');
export const createStripe = create('striped');
export const createMirror = create('mirror');
export const createRaid = create('raid5');
