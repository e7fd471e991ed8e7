import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SystemMachine } from '../testing/system-machine';

let machine: SystemMachine;
beforeEach(async () => {
  machine = await SystemMachine.make();
});
afterEach(() => machine[Symbol.asyncDispose]());

const missing = 'The specified service does not exist as an installed service.';
const failure = (call: string, code: number, text: string) => ({
  exitCode: code,
  output: `[SC] ${call} FAILED ${code}:\r\n\r\n${text}\r\n\r\n`,
  errors: '',
});

describe('sc', () => {
  it('says which of its verbs are left out', async () => {
    expect(await machine.run('sc create x binPath= c:\\x.exe')).toMatchObject({
      exitCode: 50,
      output: 'SC CREATE is not part of the stand-in.\r\n',
    });
    expect((await machine.run('sc nonsense')).output).toContain('*** Unrecognized Command ***');
  });

  // Layouts of sc.exe of Windows 7 and Server 2008 R2: general knowledge.
  it('shows the state of a service', async () => {
    expect((await machine.run('sc query termservice')).output.split('\r\n')).toEqual([
      '',
      'SERVICE_NAME: TermService ',
      '        TYPE               : 20  WIN32_SHARE_PROCESS  ',
      '        STATE              : 4  RUNNING ',
      '                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)',
      '        WIN32_EXIT_CODE    : 0  (0x0)',
      '        SERVICE_EXIT_CODE  : 0  (0x0)',
      '        CHECKPOINT         : 0x0',
      '        WAIT_HINT          : 0x0',
      '',
    ]);
    expect((await machine.run('sc queryex vds')).output).toContain(
      '        STATE              : 1  STOPPED \r\n',
    );
    expect((await machine.run('sc queryex termservice')).output).toMatch(/ PID {16}: [1-9]\d+\r\n/);
    expect(await machine.run('sc query none')).toEqual(
      failure('EnumQueryServicesStatus:OpenService', 1060, missing),
    );
  });

  it('lists what runs, what does not, and drivers', async () => {
    const names = async (words: string) =>
      [...(await machine.run(`sc query ${words}`)).output.matchAll(/^SERVICE_NAME: (\S+)/gm)].map(
        ([, name]) => name,
      );
    expect(await names('')).toContain('MpsSvc');
    expect(await names('')).not.toContain('vds');
    expect(await names('state= inactive')).toEqual(['Netlogon', 'SessionEnv', 'UmRdpService', 'vds']);
    expect(await names('type= driver')).toContain('partmgr');
    expect(await names('type=all state=all')).toHaveLength(30);
    expect((await machine.run('sc query')).output).toContain('DISPLAY_NAME: Windows Firewall\r\n');
    expect((await machine.run('sc query size= 3')).exitCode).toBe(1639);
  });

  it('shows the configuration', async () => {
    expect((await machine.run('sc qc TermService')).output.split('\r\n')).toEqual([
      '[SC] QueryServiceConfig SUCCESS',
      '',
      'SERVICE_NAME: TermService',
      '        TYPE               : 20  WIN32_SHARE_PROCESS ',
      '        START_TYPE         : 2   AUTO_START',
      '        ERROR_CONTROL      : 1   NORMAL',
      '        BINARY_PATH_NAME   : C:\\Windows\\system32\\svchost.exe -k NetworkService',
      '        LOAD_ORDER_GROUP   : ',
      '        TAG                : 0',
      '        DISPLAY_NAME       : Remote Desktop Services',
      '        DEPENDENCIES       : RPCSS',
      '                           : TermDD',
      '        SERVICE_START_NAME : NT AUTHORITY\\NetworkService',
      '',
    ]);
    expect(await machine.run('sc qc none')).toEqual(failure('OpenService', 1060, missing));
  });

  it('changes the start type in the SYSTEM hive, not what runs', async () => {
    const changed = { exitCode: 0, output: '[SC] ChangeServiceConfig SUCCESS\r\n', errors: '' };
    expect(await machine.run('sc config TermService start= disabled')).toEqual(changed);
    const service = async () => (await machine.hive('SYSTEM')).key('ControlSet001\\Services\\TermService');
    expect((await service())?.getDword('Start')).toBe(4);
    expect((await machine.run('sc query TermService')).output).toContain('RUNNING');
    expect(
      await machine.run('sc config TermService start=delayed-auto DisplayName= "RDS of mine" depend= a/b'),
    ).toEqual(changed);
    expect((await machine.run('sc qc TermService')).output).toContain('2   AUTO_START  (DELAYED)\r\n');
    expect((await service())?.getStrings('DependOnService')).toEqual(['a', 'b']);
    expect(await machine.run('sc config none start= auto')).toEqual(failure('OpenService', 1060, missing));
    expect((await machine.run('sc config TermService start= often')).exitCode).toBe(1639);
  });

  it('starts and stops', async () => {
    const running = 'An instance of the service is already running.';
    expect(await machine.run('sc start TermService')).toEqual(failure('StartService', 1056, running));
    expect((await machine.run('sc stop TermService')).output).toContain('3  STOP_PENDING \r\n');
    expect(await machine.run('sc stop TermService')).toEqual(
      failure('ControlService', 1062, 'The service has not been started.'),
    );
    const started = (await machine.run('sc start TermService')).output;
    expect(started).toContain('2  START_PENDING \r\n');
    expect(started).toContain('(NOT_STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)\r\n');
    expect((await machine.run('sc query TermService')).output).toContain('RUNNING');
    expect((await machine.run('sc stop bfe')).exitCode).toBe(1051);
    expect((await machine.run('sc stop rpcss')).exitCode).toBe(1052);
    await machine.run('sc config vds start= disabled');
    expect((await machine.run('sc start vds')).exitCode).toBe(1058);
    expect(await machine.run('sc start none')).toEqual(failure('StartService: OpenService', 1060, missing));
  });

  it('tells an unknown command', async () => {
    expect(await machine.run('sc frob')).toMatchObject({ exitCode: 1639 });
    expect((await machine.run('sc')).output).toContain('USAGE:');
  });
});
