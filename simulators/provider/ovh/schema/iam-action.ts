import { type OperationName, operationParts } from './operations';

/** POSTs whose action is named "create"; those of the others are named by their path alone. */
const CREATES = [
  'authenticationSecret',
  'features/bmc/javaKvm',
  'features/bmc/sshSol',
  'features/bmc/test',
  'features/bmc/webKvm',
  'features/bmc/webSol',
  'features/ipmi/access',
  'features/ipmi/test',
];

/** The IAM action of a call, `dedicatedServer:apiovh:boot/get`, as the provider's schema names those of /dedicated/server. */
export function iamAction(name: OperationName): string {
  const { method, path } = operationParts(name);
  const segments = path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{'));
  const [service, rest] = path.startsWith('/dedicated/server')
    ? ['dedicatedServer', segments.slice(2)]
    : ['account', segments];
  const place = rest.join('/');
  return `${service}:apiovh:${[...rest, ...verb(method, place)].join('/')}`;
}

function verb(method: string, place: string): readonly string[] {
  switch (method) {
    case 'GET':
      return ['get'];
    case 'PUT':
      return [place === '' ? 'put' : 'edit'];
    default:
      return CREATES.includes(place) ? ['create'] : [];
  }
}
