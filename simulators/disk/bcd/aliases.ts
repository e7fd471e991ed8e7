import { bracedGuid, isGuid } from '../bytes';

/** Well-known objects (formats.md 1.3). The first name of a GUID is the one that bcdedit prints. */
const ALIASES: readonly (readonly [alias: string, id: string])[] = [
  ['{bootmgr}', '{9dea862c-5cdd-4e70-acc1-f32b344d4795}'],
  ['{fwbootmgr}', '{a5a30fa2-3d06-4e9f-b5f4-a01df9d1fcba}'],
  ['{memdiag}', '{b2721d73-1db4-4c62-bf78-c548a880142d}'],
  ['{ntldr}', '{466f5a88-0af2-4f76-9038-095b170dc21c}'],
  ['{legacy}', '{466f5a88-0af2-4f76-9038-095b170dc21c}'],
  ['{ramdiskoptions}', '{ae5534e0-a924-466c-b836-758539a3ee3a}'],
  ['{globalsettings}', '{7ea2e1ac-2e61-4728-aaa3-896d9d0a9f0e}'],
  ['{bootloadersettings}', '{6efb52bf-1766-41db-a6b3-0ee5eff72bd7}'],
  ['{resumeloadersettings}', '{1afa9c49-16ab-4a5c-901b-212802da9460}'],
  ['{dbgsettings}', '{4636856e-540f-4170-a130-a84776f4c654}'],
  ['{emssettings}', '{0ce4991b-e6b3-4b16-b23c-5e0d9250e5d9}'],
  ['{badmemory}', '{5189b25c-5558-4bf2-bca4-289b11bd29e2}'],
  ['{hypervisorsettings}', '{7ff607e0-4395-11db-b0de-0800200c9a66}'],
];

/** Object id (lower case, in braces) of a well-known alias such as `{bootmgr}`, in any case. */
export function idOfAlias(alias: string): string | undefined {
  const wanted = alias.toLowerCase();
  return ALIASES.find(([name]) => name === wanted)?.[1];
}

/** The alias that bcdedit prints for a well-known object, e.g. `{bootmgr}`. */
export function aliasOfId(id: string): string | undefined {
  const wanted = isGuid(id) ? bracedGuid(id) : id;
  return ALIASES.find(([, known]) => known === wanted)?.[0];
}
