import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { PageModel } from './page-model';

/** The page as one HTML text: style and the little script inside, pictures and logs as links beside it. */
export function renderPage(page: PageModel): string {
  const eta = new Eta({ views: __dirname });
  const style = readFileSync(join(__dirname, 'page.css'), 'utf8');
  return eta.render('./page', { page, style }).trimStart();
}
