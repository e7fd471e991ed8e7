import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type SecretBook, scenarioSlug, sealFolder } from '../../simulators/evidence';
import type { Counts, InlinePicture, RunModel } from '../messages';
import { pageModel } from './page-model';
import { renderPage } from './render-page';

export interface ReportOptions {
  readonly runFolder: string;
  readonly secrets: SecretBook;
  /** Counts of the unit tests, where they ran too. */
  readonly units?: Counts | undefined;
}

/**
 * Writes `<run folder>/index.html`, puts pictures of the message stream beside it, masks every text file of the folder
 * and lets `latest` point to it. Returns the path of the page.
 */
export async function writeReport(run: RunModel, options: ReportOptions): Promise<string> {
  const { runFolder, secrets, units } = options;
  await mkdir(runFolder, { recursive: true });
  const pictureFiles = await externalisePictures(run, runFolder);
  const page = pageModel(run, {
    title: `run ${basename(runFolder)}`,
    units,
    evidenceFiles: (folder) => filesWorthALink(join(runFolder, folder)),
    pictureFiles,
    mask: (text) => secrets.mask(text),
  });
  const path = join(runFolder, 'index.html');
  await writeFile(path, renderPage(page));
  await sealFolder(runFolder, secrets);
  await pointLatestTo(runFolder);
  return path;
}

/** Everything in an evidence folder but the numbered screens, which stand beside their steps. */
function filesWorthALink(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

async function externalisePictures(run: RunModel, runFolder: string): Promise<Map<object, string>> {
  const files = new Map<object, string>();
  for (const scenario of run.scenarios) {
    const pictures = scenario.steps.flatMap((step) => step.pictures);
    if (pictures.length === 0) continue;
    const folder = join(scenario.evidence ?? `${scenarioSlug(scenario)}-${scenario.attempt + 1}`, 'pictures');
    await mkdir(join(runFolder, folder), { recursive: true });
    for (const [index, picture] of pictures.entries()) {
      const file = join(folder, `${String(index + 1).padStart(4, '0')}.${extension(picture)}`);
      await writeFile(join(runFolder, file), Buffer.from(picture.base64, 'base64'));
      files.set(picture, file);
    }
  }
  return files;
}

function extension({ mediaType }: InlinePicture): string {
  return /^image\/(\w+)/.exec(mediaType)?.[1]?.replace('jpeg', 'jpg') ?? 'bin';
}

/** `reports/latest`, replaced in one step so that a reader never finds it missing. */
async function pointLatestTo(runFolder: string): Promise<void> {
  const link = join(dirname(runFolder), 'latest');
  const fresh = `${link}.${process.pid}`;
  await rm(fresh, { force: true });
  await symlink(basename(runFolder), fresh);
  await rename(fresh, link);
}
