import type { Program } from '../shell';

/** The error level for a program that is absent on purpose: that of an unknown one (our choice). */
const absentLevel = 9009;

/** Programs of Windows that the stand-in leaves out on purpose, with what to use instead where there is something. */
const absent: readonly (readonly [names: string, instead: string])[] = [
  ['powershell pwsh', 'Use the commands of this prompt; "help" lists them.'],
  ['wmic', 'Use "systeminfo", "tasklist" or "diskpart".'],
  ['sfc dism', 'There are no system files of Windows to repair; "chkdsk" looks at a volume.'],
  ['gpupdate gpresult secedit', ''],
  ['notepad wordpad edit', 'Use "type" to read a file, and "echo text >> file" to write one.'],
  ['taskmgr perfmon resmon procexp', 'Use "tasklist".'],
  ['taskkill', 'Nothing here needs to be ended by force.'],
  ['regedit regedt32', 'Use "reg".'],
  ['explorer', 'Use "dir", "copy" and "move".'],
  ['start', 'Type the name of the program itself.'],
  ['mmc compmgmt devmgmt eventvwr', 'Use "diskpart", "sc", "net" or "netsh".'],
  ['diskmgmt', 'Use "diskpart".'],
  ['services', 'Use "sc" or "net".'],
  ['lusrmgr', 'Use "net user".'],
  ['firewall wf', 'Use "netsh advfirewall".'],
  ['msconfig', 'Use "bcdedit".'],
  ['control ncpa appwiz sysdm', ''],
  ['mstsc', ''],
  ['iexplore msedge', ''],
  ['wusa msiexec', 'Nothing can be installed.'],
  ['cscript wscript mshta', 'Write a batch file.'],
  ['schtasks at', ''],
  ['icacls cacls takeown', 'Whoever is logged on may read and write every file.'],
  ['cipher compact', ''],
  ['defrag', ''],
  ['vssadmin wbadmin', ''],
  ['subst', 'Use "mountvol" or "diskpart".'],
  ['ping tracert nslookup netstat arp route telnet ftp curl', 'Use "ipconfig" for the addresses.'],
  ['ssh scp sftp', 'Log on from your own computer, which has them.'],
  ['certutil', ''],
  ['mklink assoc ftype', ''],
  ['setx', 'Use "set"; it lasts as long as the session.'],
  ['runas', 'Log on as that user.'],
  ['logoff', 'Use "exit".'],
  ['comp', 'Use "fc".'],
  ['driverquery pnputil', ''],
  ['query quser qwinsta', ''],
  ['winver', 'Use "ver".'],
  ['msinfo32', 'Use "systeminfo".'],
  ['wpeutil', 'Use "shutdown".'],
  ['doskey clip print mode sysprep bitsadmin', ''],
];

function refusal(name: string, instead: string): Program {
  return async ({ errors }) => {
    // Our text.
    errors.write(`This stand-in does not have ${name}. ${instead}`.trimEnd());
    errors.write('\r\n');
    return absentLevel;
  };
}

/** Programs that say that they are not here, by lower-case name. */
export const absentPrograms: readonly (readonly [name: string, program: Program])[] = absent.flatMap(
  ([names, instead]) => names.split(' ').map((name) => [name, refusal(name, instead)] as const),
);
