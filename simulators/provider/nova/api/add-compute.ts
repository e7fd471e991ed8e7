import type { CloudFace } from '../cloud-face';
import type { Identity } from '../identity/identity';
import { answerCall, type Carry, type Place } from './answer-call';
import type { ComputeSettings } from './call';
import { carryOut, carryOutAction } from './carry-out';
import { faultBody } from './fault';
import { OPERATIONS, type OperationName, operationParts } from './operations';
import { carryOutGoneCall, carryOutOperatorsCall, GONE_CALLS, OPERATORS_CALLS } from './operators-calls';
import { versionChoices, versionDocument, versionsDocument } from './versions';

const VERSIONS = ['v2', 'v2.1'] as const;
/** The project stood in the path once, and may still. */
const PROJECT = ['', '/{project}'];

type Method = Parameters<CloudFace['add']>[1];

/** Adds the compute API to the cloud's face: the documents of its versions, and every row of its tables. */
export function addCompute(face: CloudFace, identity: Identity, settings: ComputeSettings): void {
  const parts = { identity, settings };
  const baseOf = (request: Request) => `${new URL(request.url).origin}/compute`;
  face.service('compute', {
    unknown: (request, { path }) =>
      /^\/v2(\.1)?\//.test(path)
        ? answerCall(parts, request, { version: versionIn(path), parameters: {} }, notFound)
        : Response.json(versionChoices(baseOf(request), path), { status: 300 }),
    failure: (status) => Response.json(faultBody(status, failureText(status)), { status }),
  });
  face.add('compute', 'GET', '', (request) => Response.json(versionsDocument(baseOf(request))));
  for (const version of VERSIONS) {
    face.add('compute', 'GET', `/${version}`, (request) =>
      Response.json(versionDocument(baseOf(request), version)),
    );
    const add = (method: Method, path: string, carry: Carry) => {
      for (const project of PROJECT) {
        face.add('compute', method, `/${version}${project}${path}`, (request, parameters) =>
          answerCall(parts, request, { version, parameters }, carry),
        );
      }
    };
    for (const name of Object.keys(OPERATIONS) as OperationName[]) {
      const { method, path } = operationParts(name);
      add(method, path, carryOut(name));
    }
    for (const operators of OPERATORS_CALLS) {
      const { method, path } = operationParts(operators.call);
      add(method, path, carryOutOperatorsCall(operators));
    }
    for (const name of GONE_CALLS) {
      const { method, path } = operationParts(name);
      add(method, path, carryOutGoneCall);
    }
    add('POST', '/servers/{server}/action', carryOutAction);
  }
}

const versionIn = (path: string): Place['version'] => (/^\/v2\//.test(path) ? 'v2' : 'v2.1');

/** What Nova's mapper of paths says where no route is, or none for the method: webob's own body. */
const notFound: Carry = () =>
  Response.json(
    {
      message: 'The resource could not be found.<br /><br />\n\n\n',
      code: '404 Not Found',
      title: 'Not Found',
    },
    { status: 404 },
  );

/** Texts of Nova and webob for an error that somebody asked for. */
function failureText(status: number): string {
  switch (status) {
    case 500:
      return (
        'Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log ' +
        "if possible.\n<class 'oslo_messaging.exceptions.MessagingTimeout'>"
      );
    case 503:
      return 'Service is unavailable at this time, please try again later.';
    case 413:
    case 429:
      return 'This request was rate-limited.';
    default:
      return `HTTP status ${status}`;
  }
}
