import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NoSuchPage, type PanelCall } from '../panel-call';

const TYPES: Readonly<Record<string, string>> = {
  'panel.css': 'text/css; charset=utf-8',
  'panel.mjs': 'text/javascript; charset=utf-8',
};

/** `/assets/{file}`: the style sheet and the script of the pages. */
export async function asset({ parameters }: PanelCall): Promise<Response> {
  const file = parameters['file'] ?? '';
  const type = TYPES[file];
  if (type === undefined) {
    throw new NoSuchPage('There is no such file.');
  }
  const body = await readFile(join(__dirname, '..', 'assets', file));
  return new Response(body, { headers: { 'content-type': type, 'cache-control': 'no-cache' } });
}
