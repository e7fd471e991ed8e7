import { type Inputs, SERVICES } from './inputs';
import { outputOf, type Program } from './measure';

/** One input, one listing of ours, and the programs that tell the same of it. */
export interface Contest {
  readonly codec: string;
  readonly input: string;
  /** Words for our command. */
  readonly words: readonly string[];
  readonly others: readonly Program[];
  /** The lines of this one of the others are those of ours, which is checked before anything is measured. */
  readonly sameLines?: Program;
}

export function contests(inputs: Inputs): Contest[] {
  const realHive = inputs.realHive();
  const [mbr, gpt, volume, store] = [
    inputs.mbrDisk(),
    inputs.gptDisk(),
    inputs.ntfsVolume(),
    inputs.bootStore(),
  ];
  return [
    ...(realHive === undefined ? [] : [hiveContest('SYSTEM of Windows 7, 11 MB', realHive)]),
    hiveContest('synthetic hive, 13 MB', inputs.servicesHive(SERVICES)),
    { ...hiveContest('boot configuration data as a hive, 20 KB', store), codec: 'regf' },
    {
      codec: 'BCD',
      input: 'store of an installed Windows',
      words: ['store', store],
      others: hivePrograms(store),
    },
    tableContest('MBR', '4 primaries and logical drives', mbr),
    tableContest('GPT', '24 partitions', gpt),
    groupContest(inputs.dynamicDisks()),
    accountContest('5 accounts', inputs.accounts(3)),
    accountContest('502 accounts', inputs.accounts(500)),
    {
      codec: 'NTFS',
      input: 'boot sector and $Volume',
      words: ['volume', volume],
      others: [{ name: 'ntfsinfo', command: ['ntfsinfo', '-m', volume] }],
    },
  ];
}

function hivePrograms(file: string): Program[] {
  return [
    { name: 'reglookup', command: ['reglookup', file] },
    { name: 'hivexml', command: ['hivexml', file] },
    hivexregedit(file),
    { name: 'hivexsh', command: ['hivexsh', file], input: visitOfEachKey(file) },
  ];
}

function hivexregedit(file: string): Program {
  return { name: 'hivexregedit', command: ['hivexregedit', '--export', file, '\\'] };
}

/** hivexsh tells the values of one key at a time: it is led to all of them. */
function visitOfEachKey(file: string): string {
  const keys = [...outputOf(hivexregedit(file)).matchAll(/^\[\\?(.*)\]$/gm)];
  return keys.map(([, key]) => `cd \\${key}\nlsval\n`).join('');
}

function hiveContest(input: string, file: string): Contest {
  const others = hivePrograms(file);
  const sameLines = others.find(({ name }) => name === 'hivexregedit');
  return { codec: 'regf', input, words: ['hive', file], others, ...(sameLines ? { sameLines } : {}) };
}

function tableContest(codec: string, input: string, image: string): Contest {
  const sfdisk: Program = { name: 'sfdisk', command: ['sfdisk', '--dump', image] };
  return { codec, input, words: ['table', image], others: [sfdisk], sameLines: sfdisk };
}

/** ldmtool tells one object at a time: its shell is asked for all of them. */
function groupContest(images: readonly string[]): Contest {
  const scan = `scan ${images.join(' ')}\n`;
  const shell = (input: string): Program => ({ name: 'ldmtool', command: ['ldmtool'], input });
  const [group] = outputOf(shell(scan)).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/) ?? [];
  if (group === undefined) throw new Error('ldmtool finds no disk group on the disks of the benchmark.');
  const shown = outputOf(shell(`${scan}show diskgroup ${group}\n`));
  const volumes = [...shown.matchAll(/"(Volume\d+)"/g)].map(([, name]) => `show volume ${group} ${name}\n`);
  const disks = [...shown.matchAll(/"(Disk\d+)"/g)].map(([, name]) => `show disk ${group} ${name}\n`);
  return {
    codec: 'LDM',
    input: `${images.length} disks, ${volumes.length} volumes`,
    words: ['groups', ...images],
    others: [shell([scan, `show diskgroup ${group}\n`, ...volumes, ...disks].join(''))],
  };
}

function accountContest(input: string, file: string): Contest {
  return {
    codec: 'SAM',
    input,
    words: ['accounts', file],
    others: [{ name: 'chntpw', command: ['chntpw', '-l', file] }],
  };
}
