import type { ContainerImage } from '../programs/container-image';

/** An image that is in the engine, or nowhere. */
export function existingImage(name: string): ContainerImage {
  return { name, archive: () => Promise.reject(new Error(`the Docker engine has no image ${name}`)) };
}
