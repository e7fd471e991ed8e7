import { type ContainerEngine, findContainerEngine } from './programs/container-engine';
import { type ContainerImage, loadImage } from './programs/container-image';

/** Where the customer's programs run, and why. */
export type Flavour =
  | { readonly kind: 'host'; readonly reason: string }
  | { readonly kind: 'container'; readonly engine: ContainerEngine; readonly image: string };

export interface FlavourWishes {
  /** The image of a workstation in a container; made and loaded only where an engine answers. */
  readonly image?: ContainerImage;
  /** `auto`, the default, takes a container where a Docker engine answers and has or gets the image. */
  readonly flavour?: 'auto' | 'host' | 'container';
}

/**
 * Chooses between a container and this host, and loads the container's image.
 * @throws where a container was asked for and cannot be had
 */
export async function chooseFlavour({ image, flavour = 'auto' }: FlavourWishes): Promise<Flavour> {
  if (flavour === 'host') return { kind: 'host', reason: 'as asked for' };
  try {
    if (image === undefined) throw new Error('no container image was named');
    const engine = await findContainerEngine();
    await loadImage(engine, image);
    return { kind: 'container', engine, image: image.name };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (flavour === 'auto') return { kind: 'host', reason };
    throw new Error(`The workstation cannot run in a container: ${reason}.`, { cause });
  }
}

/** One line for reports. */
export function describeFlavour(flavour: Flavour): string {
  if (flavour.kind === 'host') return `programs of this host (${flavour.reason})`;
  return `programs of the container image ${flavour.image}, run by Docker ${flavour.engine.version}`;
}
