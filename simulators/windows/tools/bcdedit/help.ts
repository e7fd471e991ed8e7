/** What `bcdedit /?` prints: our words, for the commands that are here. */
const overview = [
  'BCDEDIT - lists and changes the boot configuration data store.',
  '',
  'bcdedit [/store file] [/command ...]   without a command: /enum active',
  '',
  'Stores:   /createstore /export /import /sysstore /store',
  'Entries:  /copy /create /delete /mirror',
  'Options:  /deletevalue /set',
  'Output:   /enum /v',
  'Menu:     /bootsequence /default /displayorder /timeout /toolsdisplayorder',
  'EMS:      /bootems /ems /emssettings',
  'Debugger: /bootdebug /dbgsettings /debug /hypervisorsettings',
  '',
  'bcdedit /? command tells more of a command; bcdedit /? ID and bcdedit /? FORMATS tell',
  'how entries and values are written.',
];

const list = (command: string, what: string): readonly string[] => [
  `/${command} {id} ... [/addfirst | /addlast | /remove]`,
  what,
  'With an option the entries are put at an end of the list, or taken out of it.',
];

const onOff = (command: string, what: string): readonly string[] => [
  `/${command} [{id}] ON | OFF`,
  what,
  'Without an entry: {current}, in a store of another system {default}.',
];

const topics: Readonly<Record<string, readonly string[]>> = {
  bootdebug: onOff('bootdebug', 'The debugger of an entry while it starts.'),
  bootems: ['/bootems {id} ON | OFF', 'Emergency services of a boot application.'],
  bootsequence: list('bootsequence', 'The entries that start the next time only.'),
  copy: ['/copy {id} /d description', 'Makes a copy of an entry; that of an entry of the menu joins it.'],
  create: [
    '/create [{id}] [/d description] [/application type | /inherit [type] | /device]',
    'Makes an entry. A well-known one needs no type; for the others:',
    '/application BOOTAPP, BOOTSECTOR, OSLOADER, RESUME or STARTUP',
    '/inherit     BOOTMGR, BOOTSECTOR, DEVICE, FWBOOTMGR, MEMDIAG, NTLDR, OSLOADER,',
    '             RESUME, or nothing for any entry',
    '/device      options of a device, such as a RAM disk',
  ],
  createstore: ['/createstore file', 'Makes an empty store, which is no system store.'],
  dbgsettings: [
    '/dbgsettings [SERIAL [DEBUGPORT:port] [BAUDRATE:baud] | 1394 [CHANNEL:channel] |',
    '             USB [TARGETNAME:name] | NET HOSTIP:ip PORT:port [KEY:key] [nodhcp] [newkey] |',
    '             LOCAL] [/start ACTIVE | AUTOENABLE | DISABLE] [/noumex]',
    'Shows or replaces the settings of the debugger for all entries.',
  ],
  debug: onOff('debug', 'The kernel debugger of an entry.'),
  default: ['/default {id}', 'The entry that starts when nothing is chosen.'],
  delete: [
    '/delete {id} [/f] [/cleanup | /nocleanup]',
    'Takes an entry away, and what refers to it unless /nocleanup is given.',
    '/f is needed for well-known entries.',
  ],
  deletevalue: ['/deletevalue [{id}] element', 'Takes an element away.'],
  displayorder: list('displayorder', 'The entries of the menu, in their order.'),
  ems: onOff('ems', 'Emergency services of an operating system.'),
  emssettings: [
    '/emssettings [BIOS | EMSPORT:port [EMSBAUDRATE:baud]]',
    'Shows or replaces the settings of emergency services for all entries.',
  ],
  enum: [
    '/enum [ACTIVE | ALL | BOOTAPP | BOOTMGR | FIRMWARE | INHERIT | OSLOADER | RESUME | {id}] [/v]',
    'Lists entries; ACTIVE where nothing is named.',
  ],
  export: ['/export file', 'Copies the store into a file.'],
  formats: [
    'yes, on, true, 1 and no, off, false, 0       for what is on or off',
    'decimal numbers, or hexadecimal ones with 0x',
    'boot                                         the partition of the boot manager',
    'partition=X: or partition=\\Device\\HarddiskVolumeN',
    'file=[X:]\\path                               a file; [boot] stands for its partition',
    'ramdisk=[X:]\\path,{options}                  a RAM disk made of a file',
    'vhd=[X:]\\path[,locate=custom:element]        a partition in a virtual disk',
    'locate[=path | =custom:element]              the partition that has a file',
  ],
  hypervisorsettings: [
    '/hypervisorsettings [SERIAL [DEBUGPORT:port] [BAUDRATE:baud] | 1394 [CHANNEL:channel] |',
    '                    NET HOSTIP:ip PORT:port]',
    "Shows or replaces the settings of the hypervisor's debugger.",
  ],
  id: [
    '{bootmgr} {fwbootmgr} {memdiag} {ntldr} {ramdiskoptions}  well-known entries',
    '{globalsettings} {bootloadersettings} {resumeloadersettings} {dbgsettings}',
    '{emssettings} {badmemory} {hypervisorsettings}            settings that entries inherit',
    '{default}  the default entry',
    '{current}  the entry that the running system was started from',
    'Any other entry has a GUID in braces.',
  ],
  import: ['/import file [/clean]', 'Replaces the store by what a file holds.'],
  mirror: ['/mirror {id}', 'Makes a second entry that is like the first.'],
  set: [
    '/set [{id}] element value [/addfirst | /addlast | /remove]',
    'Sets an element. custom:XXXXXXXX names it by its code; the options are for lists.',
  ],
  store: ['/store file', 'Works on this store and not on that of the running system.'],
  sysstore: ['/sysstore partition', 'Names the system partition of an EFI system until it is restarted.'],
  timeout: ['/timeout seconds', 'How long the menu waits.'],
  toolsdisplayorder: list('toolsdisplayorder', 'The tools of the menu, in their order.'),
  v: ['/v', 'Shows identifiers in full.'],
};

/** Help as a whole, or for one command or topic, with or without its slash. Undefined for what is not here. */
export function helpText(topic: string | undefined): string | undefined {
  if (topic === undefined) return `${overview.join('\r\n')}\r\n`;
  const name = topic.replace(/^[/-]/, '').toLowerCase();
  const lines = Object.hasOwn(topics, name) ? topics[name] : undefined;
  return lines && `${lines.join('\r\n')}\r\n`;
}
