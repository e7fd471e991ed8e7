import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Programs, RunningProgram } from '../programs/programs';
import { decodeXwd, type XwdPicture } from './decode-xwd';

/** Milliseconds until Xvfb must have said its display number. */
const START_DEADLINE = 60_000;

/** An X display without a screen (Xvfb), for programs that need one. Its picture lies in a file as an X window dump. */
export class VirtualDisplay implements AsyncDisposable {
  private constructor(
    private readonly server: RunningProgram,
    /** `:N` */
    readonly name: string,
    private readonly pictureFile: string,
  ) {}

  static async start(
    programs: Programs,
    folder: string,
    width: number,
    height: number,
  ): Promise<VirtualDisplay> {
    const pictures = join(programs.directory, folder);
    await mkdir(pictures);
    const server = programs.start({
      file: 'Xvfb',
      // -displayfd picks a free display and writes its number once connections are taken.
      // -nolisten unix: no socket in /tmp/.X11-unix, which stays there when Xvfb is killed; the abstract one goes.
      // -noreset: without it the picture is wiped when the last program has gone.
      arguments: [
        ...['-displayfd', '1', '-nolisten', 'tcp', '-nolisten', 'unix'],
        ...['-noreset', '-fbdir', pictures],
        ...['-screen', '0', `${width}x${height}x24`],
      ],
    });
    try {
      return new VirtualDisplay(server, `:${await displayNumber(server)}`, join(pictures, 'Xvfb_screen0'));
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** What is on the display now. */
  async picture(): Promise<XwdPicture> {
    return decodeXwd(await readFile(this.pictureFile));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop();
  }
}

async function displayNumber(server: RunningProgram): Promise<number> {
  let complaints = '';
  server.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const written = new Promise<number>((resolve) => {
    let text = '';
    server.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(Number.parseInt(text, 10));
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), START_DEADLINE);
  });
  const number = await Promise.race([written, server.ended.then(() => undefined), late]);
  clearTimeout(timer);
  if (number === undefined)
    throw new Error(`Xvfb did not offer a display. It said: ${complaints.trim() || 'nothing'}`);
  return number;
}
