import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExitCode } from '../setup/exit-codes.mjs';
import { digest, whyNoImages } from './testing/disk-command';
import { OrdinaryUser, whyNoOrdinaryUser } from './testing/ordinary-user';
import { mbrServer, uefiServer } from './testing/server-images';

const reason = whyNoImages() ?? whyNoOrdinaryUser();

describe.skipIf(reason !== undefined)(
  `disk images of a user who is not root${reason ? ` (${reason})` : ''}`,
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'not-root-'));
    let mbr: Uint8Array;
    let uefi: Uint8Array;
    let user: OrdinaryUser;
    beforeAll(async () => {
      mbr = await mbrServer(folder);
      uefi = await uefiServer(folder);
      user = new OrdinaryUser({ mapped: true });
    });
    afterAll(() => {
      user[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    it('are looked at', async () => {
      const image = user.write('look.img', mbr);
      const before = digest(image);
      const { code, output, errors } = await user.rescueLab('inspect', 'look.img');
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect(output).toContain('computer KUNDE-01');
      expect(output).toContain('✓ Nothing was found.');
      expect(digest(image)).toBe(before);
    });

    it('are written, NTFS and FAT, and stay the own ones', async () => {
      const image = user.write('write.img', uefi);
      const work = [
        'md C:\\Windows\\Boot\\EFI',
        'echo manager> C:\\Windows\\Boot\\EFI\\bootmgfw.efi',
        'bcdboot C:\\Windows /f UEFI',
        'bcdedit /timeout 7',
        'bcdedit /enum {bootmgr}',
        'reg add HKLM\\SYSTEM\\Lab /v Text /d mine /f',
        'chkdsk C: /f',
        'echo list volume| diskpart',
      ].join(' && ');
      const { code, output, errors } = await user.rescueLab('tool', 'cmd', '--disk', 'write.img', '/c', work);
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect(output).toContain('Boot files successfully created.');
      expect(output).toMatch(/timeout +7\n/);
      expect(output).toContain('Windows has checked the file system and found no problems.');
      expect(output).toMatch(/Volume 0 +SYSTEM +FAT32/);
      expect(statSync(image).uid).toBe(statSync(user.home).uid);
      expect(readFileSync(image).includes(Buffer.from('mine', 'utf16le'))).toBe(true);
    });

    it('are not written where the file may not be', async () => {
      const image = user.write('protected.img', mbr, 0o444);
      const before = digest(image);
      const work = ['cmd', '--disk', 'protected.img', '/c', 'echo no> C:\\no.txt'];
      expect(await user.rescueLab('tool', ...work)).toMatchObject({
        code: 1,
        output: '',
        errors: `You may not write ${image}. To only look at it, add --read-only.\n`,
      });
      expect(await user.rescueLab('tool', 'hostname', '--read-only', '--disk', 'protected.img')).toEqual({
        code: 0,
        output: 'KUNDE-01\n',
        errors: '',
      });
      expect(digest(image)).toBe(before);
    });

    it('need ids to map, and a sentence says how to get some', async () => {
      using unmapped = new OrdinaryUser({ mapped: false });
      unmapped.write('look.img', mbr);
      const { code, output, errors } = await unmapped.rescueLab('inspect', 'look.img');
      expect({ code, output }).toEqual({ code: ExitCode.setup, output: '' });
      expect(errors).toBe(
        'Disk images are opened as root or in a user namespace, and lab-ordinary-user has no user ids to map there: ' +
          'sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 lab-ordinary-user\n',
      );
    });

    it('need /dev/fuse, and a sentence says how to be let in', async () => {
      using kept = new OrdinaryUser({ mapped: true, fuse: 0o600 });
      kept.write('look.img', mbr);
      expect(await kept.rescueLab('inspect', 'look.img')).toEqual({
        code: ExitCode.setup,
        output: '',
        errors:
          'Disk images are opened by way of /dev/fuse, and lab-ordinary-user may not use it: ' +
          'sudo chmod 666 /dev/fuse\n',
      });
    });
  },
);
