import {
  type BcdObject,
  BcdObjectType,
  type BcdStore,
  type BootFirmware,
  LIBRARY_ELEMENTS as LIBRARY,
  OS_LOADER_ELEMENTS as LOADER,
  objectClass,
} from '../../../disk/bcd';
import type { FileAccess } from '../../shell';
import { type Installation, readStore } from '../boot-repair';

/** Elements that name an installation, which no other entry's settings replace. */
const OWN: ReadonlySet<number> = new Set([
  LIBRARY.device,
  LIBRARY.path,
  LIBRARY.description,
  LIBRARY.locale,
  LIBRARY.inherit,
  LOADER.osdevice,
  LOADER.systemroot,
  LOADER.resumeobject,
]);

/** The store that an installation keeps as a pattern (Microsoft's BCDBoot page), where it has one that can be read. */
export function readTemplate(
  files: FileAccess,
  { volume, systemRoot }: Installation,
): Promise<BcdStore | undefined> {
  return readStore(files, `${volume.devicePath}${systemRoot}\\System32\\config\\BCD-Template`);
}

/**
 * Gives a new store the settings of the template: those that all entries inherit, and those of its loader for this
 * firmware. What else a template of Windows holds was not seen, so it is left there (our limit).
 */
export function applyTemplate(store: BcdStore, template: BcdStore, firmware: BootFirmware): void {
  for (const object of template.objects()) {
    if (objectClass(object.type) !== 'inherit') continue;
    (store.object(object.id) ?? store.createObject(object.id, object.type)).copyElements(object);
  }
  const suffix = firmware === 'UEFI' ? '.efi' : '.exe';
  const pattern = template
    .objects()
    .find(
      (object) =>
        object.type === BcdObjectType.osLoader &&
        object.getString(LIBRARY.path)?.toLowerCase().endsWith(`winload${suffix}`),
    );
  const loader = store.object('{default}');
  if (pattern && loader) copySettings(pattern, loader);
}

/** Copies what does not name the installation itself. */
export function copySettings(from: BcdObject, to: BcdObject): void {
  for (const { code, value } of from.elements()) if (!OWN.has(code)) to.set(code, value);
}
