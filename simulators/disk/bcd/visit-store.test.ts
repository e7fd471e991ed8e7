import { expect, it } from 'vitest';
import { createHive } from '../regf';
import { BcdFormatError, BcdStore, createInstalledStore, visitStore } from '.';

it('shows the objects and elements of a store in the order of their keys', () => {
  const partition = { kind: 'partition', style: 'mbr', signature: 0xa1b2c3d4, offsetBytes: 1 << 20 } as const;
  const file = createInstalledStore({
    systemPartition: partition,
    windowsPartition: partition,
    firmware: 'BIOS',
  }).serialize();
  const seen: unknown[] = [];
  visitStore(
    file,
    (id, type) => seen.push([id, type]),
    (element, type) => seen.push([type, element]),
  );
  const expected = BcdStore.parse(file)
    .objects()
    .flatMap((object) => [
      [object.id, object.type],
      ...object.elements().map((element) => [object.type, element]),
    ]);
  expect(seen).toEqual(expected);
  expect(seen.length).toBeGreaterThan(40);
});

it('refuses a hive that is no store', () => {
  const nothing = () => undefined;
  expect(() => visitStore(createHive('ROOT').serialize(), nothing, nothing)).toThrow(BcdFormatError);
});
