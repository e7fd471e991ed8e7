/** What `bootsect /help` prints: our words. */
export const helpText = [
  'BOOTSECT - writes boot code on disks and volumes.',
  '',
  'bootsect /nt60 | /nt52  SYS | ALL | X:  [/force] [/mbr]',
  '',
  '/nt60   boot code that starts BOOTMGR (Windows Vista and later)',
  '/nt52   boot code that starts NTLDR (before Windows Vista)',
  'SYS     the system partition',
  'ALL     every volume with a file system',
  'X:      the volume with this letter',
  '/force  dismounts volumes that are in use',
  '/mbr    writes the boot code of their disks too; signature and partition table stay',
  '',
].join('\r\n');
