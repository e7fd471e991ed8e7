import { type GptAttribute, hasAttribute, PARTITION_TYPES, withAttribute } from '../../../disk/gpt';
import { isVolumeOf, setAttributes } from '../../disk-tables';
import type { VolumeView, WindowsHost } from '../../windows-host';
import type { Command } from './command';
import { editDisk, tableOf } from './disk-image';
import { yesNo } from './disk-state';
import { InvalidArguments, serviceFailure } from './failure';
import { type FocusedPartition, focusedVolume } from './focus';

interface VolumeAttributes {
  readonly readOnly: boolean;
  readonly hidden: boolean;
  readonly noDefaultDriveLetter: boolean;
  readonly shadowCopy: boolean;
}

const NAMES: Readonly<Record<string, GptAttribute>> = {
  readonly: 'readOnly',
  hidden: 'hidden',
  nodefaultdriveletter: 'noDriveLetter',
  shadowcopy: 'shadowCopy',
};

async function partitionOf(host: WindowsHost, volume: VolumeView): Promise<FocusedPartition | undefined> {
  const disk = (await host.disks()).find(({ number }) => number === volume.diskNumbers[0]);
  if (!disk || volume.location.style === 'dynamic') return undefined;
  const { partitions } = await tableOf(host, disk);
  const partition = partitions.find((one) => isVolumeOf(volume, disk, one));
  return partition && { disk, partition };
}

/** What the volume's GPT entry says. Volumes elsewhere have no attributes here (our limit). */
export async function volumeAttributes(host: WindowsHost, volume: VolumeView): Promise<VolumeAttributes> {
  const found = await partitionOf(host, volume);
  const { attributes = 0n, type } = found?.partition ?? {};
  const has = (name: GptAttribute) => type === PARTITION_TYPES.basicData && hasAttribute(attributes, name);
  return {
    readOnly: has('readOnly'),
    hidden: has('hidden') || volume.info === 'Hidden',
    noDefaultDriveLetter: has('noDriveLetter'),
    shadowCopy: has('shadowCopy'),
  };
}

/** `attributes volume`, `attributes volume set hidden`, `attributes volume clear readonly`. */
export const attributesVolume: Command = async ({ host, focus, say }, words) => {
  const volume = await focusedVolume(host, focus);
  const [verb, name = ''] = words.map((word) => word.toLowerCase());
  const attribute = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (verb === undefined) {
    const { readOnly, hidden, noDefaultDriveLetter, shadowCopy } = await volumeAttributes(host, volume);
    // The four lines are in a program that reads diskpart's output.
    return say(
      [
        `Read-only              : ${yesNo(readOnly)}`,
        `Hidden                 : ${yesNo(hidden)}`,
        `No Default Drive Letter: ${yesNo(noDefaultDriveLetter)}`,
        `Shadow Copy            : ${yesNo(shadowCopy)}`,
      ].join('\r\n'),
    );
  }
  if ((verb !== 'set' && verb !== 'clear') || !attribute || words.length > 2) throw new InvalidArguments();
  const found = await partitionOf(host, volume);
  if (found && found.partition.type === PARTITION_TYPES.basicData) {
    const { disk, partition } = found;
    const attributes = withAttribute(partition.attributes, attribute, verb === 'set');
    await editDisk(host, disk, (reader) => setAttributes(reader, partition, attributes));
  } else if (verb === 'set') {
    // Our limit: Windows keeps them for MBR disks in places that were not looked into.
    throw serviceFailure('This stand-in keeps attributes only for basic data volumes of GPT disks.');
  }
  // Both sentences are in programs that read diskpart's output.
  say(`Volume attributes ${verb === 'set' ? 'set' : 'cleared'} successfully.`);
};
