import { Command } from 'commander';
import { inspectImages, inspectionText } from '../../simulators/windows/inspect';
import { withImages } from './open-images';

/** `rescue-lab inspect <image...>`: what is on disk images and what would happen at boot. */
export function inspectCommand(): Command {
  return new Command('inspect')
    .description(
      'Say what is on disk images: partitions, boot entries and where they point, disk groups, Windows, accounts, and what would happen at power-on. Changes nothing.',
    )
    .argument('<image...>', 'disk images of any format that QEMU knows, in disk order')
    .option('--json', 'print one JSON object on one line')
    .addHelpText('after', '\nExits with 0 whatever is found, and with 1 where the images cannot be opened.')
    .action(async (images: readonly string[], { json }: { json?: boolean }) => {
      const found = await withImages({ images, readOnly: true, foreign: false }, inspectImages);
      process.stdout.write(`${json ? JSON.stringify(found) : inspectionText(found)}\n`);
    });
}
