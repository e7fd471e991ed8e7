import { createHash } from 'node:crypto';
import type { MetadataSources } from './sources';

/** The versions of the EC2 format, which OpenStack has as it was in 2009. */
export const EC2_VERSIONS = [
  '1.0',
  '2007-01-19',
  '2007-03-01',
  '2007-08-29',
  '2007-10-10',
  '2007-12-15',
  '2008-02-01',
  '2008-09-01',
  '2009-04-04',
] as const;

/** The `meta-data` folder of a version, or undefined where there is no such version. */
export function ec2Metadata(
  { instance, flavorName }: MetadataSources,
  wanted: string,
): Record<string, unknown> | undefined {
  const version = wanted === 'latest' ? '2009-04-04' : wanted;
  if (!EC2_VERSIONS.some((known) => known === version)) {
    return undefined;
  }
  const since = (feature: string) => version >= feature;
  const { hostname } = instance;
  const addresses = Object.values(instance.addresses).flat();
  return {
    'ami-id': ec2Id('ami', instance.imageId ?? ''),
    'ami-launch-index': 0,
    'ami-manifest-path': 'FIXME',
    'instance-id': ec2Id('i', instance.id),
    hostname,
    'local-ipv4': addresses.find((address) => address.version === 4)?.address ?? '',
    'reservation-id': instance.reservationId,
    'security-groups': instance.securityGroups,
    ...(instance.keyPair && { 'public-keys': { 0: { 'openssh-key': instance.keyPair.publicKey } } }),
    ...(since('2007-01-19') && {
      'local-hostname': hostname,
      'public-hostname': hostname,
      'public-ipv4': '',
    }),
    ...(since('2007-08-29') && { 'instance-type': flavorName }),
    ...(since('2007-12-15') && { 'block-device-mapping': { ami: 'vda', root: '/dev/vda' } }),
    ...(since('2008-02-01') && { placement: { 'availability-zone': instance.availabilityZone } }),
    ...(since('2008-09-01') && { 'instance-action': 'none' }),
  };
}

/** Nova numbers what it shows in this format; here the number comes of the id. */
function ec2Id(kind: string, id: string): string {
  return `${kind}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}
