import type { Program } from '../shell';

interface Process {
  readonly image: string;
  readonly pid: number;
  readonly session: number;
  readonly kilobytes: number;
  readonly services?: string;
}

/** Our choice: what a small Windows server runs. The stand-in's own processes are Linux programs with other names. */
const processes: readonly Process[] = [
  { image: 'System Idle Process', pid: 0, session: 0, kilobytes: 8 },
  { image: 'System', pid: 4, session: 0, kilobytes: 144 },
  { image: 'smss.exe', pid: 288, session: 0, kilobytes: 1188 },
  { image: 'csrss.exe', pid: 384, session: 0, kilobytes: 5432 },
  { image: 'wininit.exe', pid: 460, session: 0, kilobytes: 6836 },
  { image: 'csrss.exe', pid: 468, session: 1, kilobytes: 5012 },
  { image: 'winlogon.exe', pid: 528, session: 1, kilobytes: 11648 },
  { image: 'services.exe', pid: 588, session: 0, kilobytes: 8904 },
  { image: 'lsass.exe', pid: 608, session: 0, kilobytes: 14760, services: 'KeyIso, SamSs' },
  {
    image: 'svchost.exe',
    pid: 716,
    session: 0,
    kilobytes: 12216,
    services: 'BrokerInfrastructure, DcomLaunch, Power',
  },
  { image: 'svchost.exe', pid: 760, session: 0, kilobytes: 9908, services: 'RpcEptMapper, RpcSs' },
  { image: 'LogonUI.exe', pid: 844, session: 1, kilobytes: 47820 },
  { image: 'svchost.exe', pid: 912, session: 0, kilobytes: 11324, services: 'TermService' },
  { image: 'svchost.exe', pid: 960, session: 0, kilobytes: 16488, services: 'Dhcp, EventLog, lmhosts' },
  {
    image: 'svchost.exe',
    pid: 1012,
    session: 0,
    kilobytes: 13904,
    services: 'Dnscache, LanmanWorkstation, NlaSvc',
  },
  { image: 'svchost.exe', pid: 1088, session: 0, kilobytes: 15216, services: 'BFE, mpssvc' },
  { image: 'vds.exe', pid: 1372, session: 0, kilobytes: 10644, services: 'vds' },
  { image: 'sshd.exe', pid: 1504, session: 0, kilobytes: 7080, services: 'sshd' },
  { image: 'cmd.exe', pid: 1820, session: 0, kilobytes: 3964 },
  { image: 'tasklist.exe', pid: 1912, session: 0, kilobytes: 8216 },
];

const grouped = (value: number): string => value.toLocaleString('en-US');
const sessionName = ({ session }: Process): string => (session === 0 ? 'Services' : 'Console');

interface Column {
  readonly heading: string;
  readonly width: number;
  readonly right?: boolean;
  text(process: Process): string;
}

const image: Column = { heading: 'Image Name', width: 25, text: (one) => one.image };
const pid: Column = { heading: 'PID', width: 8, right: true, text: (one) => String(one.pid) };
const plainColumns: readonly Column[] = [
  image,
  pid,
  { heading: 'Session Name', width: 16, text: sessionName },
  { heading: 'Session#', width: 11, right: true, text: (one) => String(one.session) },
  { heading: 'Mem Usage', width: 12, right: true, text: (one) => `${grouped(one.kilobytes)} K` },
];
const serviceColumns: readonly Column[] = [
  image,
  pid,
  { heading: 'Services', width: 44, text: (one) => one.services ?? 'N/A' },
];

/** A test from `/fi "IMAGENAME eq x"`, or undefined for a filter that is not here. */
function filter(text: string): ((process: Process) => boolean) | undefined {
  const [, name = '', operator = '', value = ''] =
    /^\s*(imagename|pid|services)\s+(eq|ne|gt|lt|ge|le)\s+(.+?)\s*$/i.exec(text) ?? [];
  const order = operator.toLowerCase();
  if (/^pid$/i.test(name)) {
    const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
      eq: (a, b) => a === b,
      ne: (a, b) => a !== b,
      gt: (a, b) => a > b,
      lt: (a, b) => a < b,
      ge: (a, b) => a >= b,
      le: (a, b) => a <= b,
    };
    return (one) => compare[order]?.(one.pid, Number(value)) ?? false;
  }
  if (name === '' || !/^(eq|ne)$/.test(order)) return undefined;
  const wanted = value.toLowerCase();
  const starts = wanted.endsWith('*') ? wanted.slice(0, -1) : undefined;
  const fits = (text: string): boolean => (starts === undefined ? text === wanted : text.startsWith(starts));
  const texts = ({ image: program, services = '' }: Process): readonly string[] =>
    /^imagename$/i.test(name) ? [program.toLowerCase()] : services.toLowerCase().split(', ');
  return (one) => texts(one).some(fits) === (order === 'eq');
}

interface Request {
  readonly services: boolean;
  readonly format: string;
  readonly heading: boolean;
  readonly filters: readonly ((process: Process) => boolean)[];
}

function parse(args: readonly string[]): Request | undefined {
  const filters: ((process: Process) => boolean)[] = [];
  let [services, heading, format] = [false, true, 'table'];
  for (let index = 0; index < args.length; index++) {
    const word = (args[index] ?? '').toLowerCase();
    if (word === '/svc') services = true;
    else if (word === '/nh') heading = false;
    else if (word === '/fo') format = (args[++index] ?? '').toLowerCase();
    else if (word === '/fi') {
      const test = filter(args[++index] ?? '');
      if (!test) return undefined;
      filters.push(test);
    } else return undefined;
  }
  return /^(table|csv|list)$/.test(format) ? { services, format, heading, filters } : undefined;
}

function rendered(
  columns: readonly Column[],
  found: readonly Process[],
  { format, heading }: Request,
): string {
  const cells = (row: readonly string[]): string =>
    row
      .map((text, index) => {
        const { width, right } = columns[index] ?? pid;
        return right ? text.slice(0, width).padStart(width) : text.slice(0, width).padEnd(width);
      })
      .join(' ');
  const headings = columns.map((column) => column.heading);
  const rows = found.map((one) => columns.map((column) => column.text(one)));
  if (format === 'csv')
    return (heading ? [headings, ...rows] : rows).map((row) => `"${row.join('","')}"\r\n`).join('');
  if (format === 'list')
    return rows
      .map(
        (row) => `\r\n${row.map((text, index) => `${`${headings[index]}:`.padEnd(14)}${text}\r\n`).join('')}`,
      )
      .join('');
  const underline = columns.map(({ width }) => ''.padEnd(width, '=')).join(' ');
  const top = heading ? `${cells(headings)}\r\n${underline}\r\n` : '';
  return `\r\n${top}${rows.map((row) => `${cells(row)}\r\n`).join('')}`;
}

/** `tasklist [/svc] [/fi "filter"] [/fo table | list | csv] [/nh]`; filters by IMAGENAME, PID and SERVICES. */
export const tasklist: Program = async ({ args, output, errors }) => {
  const request = parse(args);
  if (!request) {
    errors.write('ERROR: Invalid argument/option.\r\nType "TASKLIST /?" for usage.\r\n');
    return 1;
  }
  const found = processes.filter((one) => request.filters.every((test) => test(one)));
  if (found.length === 0) {
    output.write('INFO: No tasks are running which match the specified criteria.\r\n');
    return 0;
  }
  output.write(rendered(request.services ? serviceColumns : plainColumns, found, request));
  return 0;
};
