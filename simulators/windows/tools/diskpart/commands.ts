import { absent } from './absent';
import { automount } from './automount';
import { clean } from './clean';
import type { Command } from './command';
import { convertBasic, convertGpt, convertMbr } from './convert';
import { convertDynamic } from './convert-dynamic';
import { createEfi, createExtended, createLogical, createMsr, createPrimary } from './create-partition';
import { createMirror, createRaid, createSimple, createStripe } from './create-volume';
import { deleteDisk, deletePartition, deleteVolume } from './delete';
import { detailDisk, detailPartition, detailVolume } from './details';
import { uniqueIdDisk } from './disk-identity';
import {
  attributesDisk,
  importDisk,
  offlineDisk,
  offlineVolume,
  onlineDisk,
  onlineVolume,
} from './disk-state';
import { extend } from './extend';
import { fileSystems, format } from './format';
import { assignLetter, removeLetter } from './letters';
import { listDisk, listPartition, listVirtualDisk, listVolume } from './lists';
import { addDisk, breakDisk, repair } from './mirror';
import { gptAttributes, markActive, markInactive, setId } from './partition-id';
import { san } from './san-policy';
import { selectDisk, selectPartition, selectVolume } from './select';
import { shrink } from './shrink';
import { recover, rescan } from './table-copies';
import { attributesVolume } from './volume-attributes';

export interface Verb {
  /** What `help` says of it (our words). */
  readonly help: string;
  /** The command itself, or what it can be about. */
  readonly does: Command | Verbs;
}

export type Verbs = Readonly<Record<string, Verb>>;

const partitions: Verbs = {
  efi: { help: 'An EFI system partition, on a GPT disk.', does: createEfi },
  extended: { help: 'An extended partition, on an MBR disk.', does: createExtended },
  logical: { help: 'A logical drive in the extended partition.', does: createLogical },
  msr: { help: 'A Microsoft reserved partition, on a GPT disk.', does: createMsr },
  primary: { help: 'A primary partition.', does: createPrimary },
};

const dynamicVolumes: Verbs = {
  mirror: { help: 'A mirrored volume.', does: createMirror },
  raid: { help: 'A RAID-5 volume.', does: createRaid },
  simple: { help: 'A simple volume.', does: createSimple },
  stripe: { help: 'A striped volume.', does: createStripe },
};

/** Every command, in alphabetical order. `exit`, `help` and `rem` are not among them: they are about the session. */
export const verbs: Verbs = {
  active: { help: 'Make the selected partition the one that a BIOS starts.', does: markActive },
  add: { help: 'Add a mirror to the selected simple volume.', does: addDisk },
  assign: { help: 'Give the selected volume a drive letter.', does: assignLetter },
  automount: { help: 'Show, turn on or off whether new volumes get letters.', does: automount },
  attributes: {
    help: 'Show or change the attributes of a disk or volume.',
    does: {
      disk: { help: 'The read-only attribute of the selected disk.', does: attributesDisk },
      volume: { help: 'The four attributes of the selected volume.', does: attributesVolume },
    },
  },
  break: { help: 'Break the selected mirror in two.', does: breakDisk },
  clean: { help: 'Take the partition table off the selected disk, or everything.', does: clean },
  convert: {
    help: 'Turn the selected disk into one of another format.',
    does: {
      basic: { help: 'From dynamic to basic.', does: convertBasic },
      dynamic: { help: 'From basic to dynamic.', does: convertDynamic },
      gpt: { help: 'From MBR to GPT.', does: convertGpt },
      mbr: { help: 'From GPT to MBR.', does: convertMbr },
    },
  },
  create: {
    help: 'Make a partition or a volume.',
    does: {
      partition: { help: 'A partition of the selected disk.', does: partitions },
      volume: { help: 'A volume of dynamic disks.', does: dynamicVolumes },
    },
  },
  delete: {
    help: 'Delete a partition, a volume or a missing disk.',
    does: {
      disk: { help: 'Take a missing disk out of its group.', does: deleteDisk },
      partition: { help: 'Delete the selected partition.', does: deletePartition },
      volume: { help: 'Delete the selected volume.', does: deleteVolume },
    },
  },
  detail: {
    help: 'Show what is known of a disk, partition or volume.',
    does: {
      disk: { help: 'The selected disk and its volumes.', does: detailDisk },
      partition: { help: 'The selected partition and its volume.', does: detailPartition },
      volume: { help: 'The selected volume and its disks.', does: detailVolume },
    },
  },
  extend: { help: 'Enlarge the selected volume.', does: extend },
  filesystems: { help: "Show the selected volume's file system.", does: fileSystems },
  format: { help: 'Make a file system on the selected volume.', does: format },
  gpt: {
    help: 'Change the attributes of a GPT partition.',
    does: { attributes: { help: 'Set all 64 bits of them.', does: gptAttributes } },
  },
  import: { help: 'Import the disk group of the selected foreign disk.', does: importDisk },
  inactive: { help: 'Let a BIOS no longer start the selected partition.', does: markInactive },
  list: {
    help: 'List disks, partitions or volumes.',
    does: {
      disk: { help: 'All disks.', does: listDisk },
      partition: { help: 'The partitions of the selected disk.', does: listPartition },
      vdisk: { help: 'Virtual disks.', does: listVirtualDisk },
      volume: { help: 'The volumes of all disks.', does: listVolume },
    },
  },
  offline: {
    help: 'Take a disk or volume offline.',
    does: {
      disk: { help: 'The selected disk.', does: offlineDisk },
      volume: { help: 'The selected volume.', does: offlineVolume },
    },
  },
  online: {
    help: 'Bring a disk or volume online.',
    does: {
      disk: { help: 'The selected disk.', does: onlineDisk },
      volume: { help: 'The selected volume.', does: onlineVolume },
    },
  },
  recover: { help: 'Mend the metadata of the disk group of the selected disk.', does: recover },
  remove: { help: 'Take the drive letter of the selected volume away.', does: removeLetter },
  repair: { help: 'Put a disk in the place of a missing one.', does: repair },
  rescan: { help: 'Look for disks and volumes again.', does: rescan },
  san: { help: 'Show or set the SAN policy of this system.', does: san },
  select: {
    help: 'Choose the disk, partition or volume to work on.',
    does: {
      disk: { help: 'By its number, or system, or next.', does: selectDisk },
      partition: { help: 'By its number on the selected disk.', does: selectPartition },
      volume: { help: 'By its number or letter.', does: selectVolume },
    },
  },
  setid: { help: 'Change the type of the selected partition.', does: setId },
  shrink: { help: 'Make the selected volume smaller.', does: shrink },
  uniqueid: {
    help: 'Show or set what identifies a disk.',
    does: { disk: { help: 'Signature or GUID of the selected disk.', does: uniqueIdDisk } },
  },
};

const notHere = (what: string): Verb => ({ help: `${what} (not in this stand-in).`, does: absent });

/** What real diskpart has besides. They have to be written in full, so that shortened names of the others stay clear. */
export const absentVerbs: Verbs = {
  attach: notHere('Attach a virtual disk'),
  compact: notHere('Make the file of a virtual disk smaller'),
  detach: notHere('Detach a virtual disk'),
  expand: notHere('Enlarge a virtual disk'),
  merge: notHere('Merge a virtual disk with its parents'),
  retain: notHere('Put a partition under a simple volume'),
};
