import prettyBytes from 'pretty-bytes';
import { ImageStore, labRecipes } from '../../images';
import type { Finding } from './finding';

/** Which of the images that every lab needs are built, without building any. */
export async function examineImages(store = new ImageStore(), recipes = labRecipes): Promise<Finding> {
  const states = await Promise.all(recipes.map((recipe) => store.state(recipe)));
  const missing = states.filter(({ built }) => !built).map(({ name }) => name);
  const files = states.flatMap(({ built }) => built?.files ?? []);
  const size = prettyBytes(files.reduce((sum, { bytes }) => sum + bytes, 0));
  const base = { id: 'images', name: 'Images', details: { directory: store.directory, missing } };
  if (missing.length === 0) return { ...base, status: 'ok', found: `all ${states.length} built, ${size}` };
  return {
    ...base,
    status: 'limited',
    found: `not built: ${missing.join(', ')}`,
    advice: 'npx rescue-lab images build; the next run does it otherwise',
  };
}
