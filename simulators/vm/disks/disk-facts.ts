import { z } from 'zod';
import { qemuImg } from './qemu-img';

const imageInfo = z.object({
  filename: z.string(),
  format: z.string(),
  'virtual-size': z.number(),
  'actual-size': z.number(),
  'full-backing-filename': z.string().optional(),
  'format-specific': z.object({ data: z.object({ 'create-type': z.string().optional() }) }).optional(),
});

/** What `qemu-img` says of an image file. */
export interface DiskFacts {
  readonly path: string;
  readonly format: string;
  /** The size the guest sees, bytes. */
  readonly virtualSize: number;
  /** What the file takes on the host, bytes. */
  readonly actualSize: number;
  /** Which kind of VMDK it is, e.g. `streamOptimized`. */
  readonly createType: string | undefined;
  /** The images it stands on, nearest first. */
  readonly backing: readonly { readonly path: string; readonly format: string }[];
}

/** Facts of an image and the chain it stands on. Works while a machine uses the image. */
export async function diskFacts(path: string): Promise<DiskFacts> {
  const output = await qemuImg('info', '--force-share', '--backing-chain', '--output=json', path);
  const [image, ...backing] = z.array(imageInfo).parse(JSON.parse(output));
  if (!image) throw new Error(`qemu-img info said nothing of ${path}.`);
  return {
    path,
    format: image.format,
    virtualSize: image['virtual-size'],
    actualSize: image['actual-size'],
    createType: image['format-specific']?.data['create-type'],
    backing: backing.map(({ filename, format }) => ({ path: filename, format })),
  };
}
