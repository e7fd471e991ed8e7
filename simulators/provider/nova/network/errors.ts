import { Refusal } from '../compute/refusal';
import { keystoneError } from '../identity/keystone/errors';

/** A refusal in the words of Neutron's own exceptions, whose bodies name their class. */
export class NeutronRefusal extends Refusal {
  constructor(
    status: number,
    readonly type: string,
    message: string,
  ) {
    super(status, message);
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
};

/** `{"NeutronError": {"type", "message", "detail"}}`; what its web framework refuses has WebOb's shape instead. */
export function neutronError(refusal: Refusal, request: Request): Response {
  const { status, message } = refusal;
  if (status === 401) {
    return keystoneError(refusal, new URL(request.url).origin);
  }
  if (refusal instanceof NeutronRefusal || status === 403 || status >= 500) {
    const type =
      refusal instanceof NeutronRefusal
        ? refusal.type
        : status === 403
          ? 'PolicyNotAuthorized'
          : 'HTTPException';
    return Response.json({ NeutronError: { type, message, detail: '' } }, { status });
  }
  const title = TITLES[status] ?? 'Error';
  const body = { message: `${message}<br /><br />\n\n\n`, code: `${status} ${title}`, title };
  return Response.json(body, { status });
}
