/** What `bcdboot` prints without a source: our words. */
export const helpText = [
  'BCDBOOT - makes a system partition start an installation of Windows.',
  '',
  'bcdboot source [/l locale] [/s volume] [/f UEFI | BIOS | ALL] [/v] [/m [{id}]]',
  '               [/addlast] [/p] [/c] [/d]',
  '',
  'source    the Windows folder, such as E:\\Windows',
  '/l        language of the entries; en-US where not given',
  '/s        the system partition; where not given, that of the disk of the source',
  '/f        firmware to make boot files for',
  '/v        says what is done',
  '/m        keeps the settings of the entry {id}, or of the default entry',
  '/addlast  puts the entry at the end of the menu',
  '/p        keeps the place of an entry of the same installation',
  '/c        makes the store anew, without what it held',
  '/d        keeps the default entry',
  '',
].join('\r\n');
