import { z } from 'zod';

const piece = z.object({ start: z.number(), length: z.number(), sha256: z.string() });

const disk = z.discriminatedUnion('kind', [
  /** Kept with the waypoint: every fork works on an overlay of it. */
  z.object({ kind: z.literal('stored'), id: z.string(), file: z.string(), format: z.enum(['qcow2', 'raw']) }),
  /** Any disk with the same content in these places will do. Where the guest wrote, that is what it wrote. */
  z.object({
    kind: z.literal('seen'),
    id: z.string(),
    size: z.number(),
    pieces: z.array(piece),
    written: z.boolean(),
  }),
  /** Read-only for the guest and given by the description again, or never looked at; what is on it belongs to the key. */
  z.object({ kind: z.literal('given'), id: z.string() }),
]);

export const manifestSchema = z.object({
  format: z.literal(1),
  key: z.string(),
  qemuVersion: z.string(),
  accelerator: z.enum(['kvm', 'tcg']),
  /** QEMU's arguments without paths and host addresses: a fork must have the same. */
  arguments: z.array(z.string()),
  disks: z.array(disk),
});

export type WaypointManifest = z.infer<typeof manifestSchema>;
export type WaypointDisk = z.infer<typeof disk>;
