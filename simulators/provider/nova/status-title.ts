const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
};

/** What the services' error bodies call an HTTP status. */
export function statusTitle(status: number): string {
  return TITLES[status] ?? 'Error';
}
