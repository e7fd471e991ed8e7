/** What `bootrec` prints without a known option: our words. */
export const helpText = [
  'BOOTREC - repairs what a BIOS computer needs to start Windows.',
  '',
  'bootrec /fixmbr      writes the boot code of the boot disk anew; signature and',
  '                     partition table stay',
  'bootrec /fixboot     writes a new boot sector on the system partition',
  'bootrec /scanos      lists installations that the boot store does not have',
  'bootrec /rebuildbcd  offers to add each of them to the boot store',
  '',
].join('\r\n');
