@nova @vm @kvm @bcd
Feature: What a server shows when it cannot start
  The screen tells a customer, and whoever helps her, how far the boot came. Each is read from the picture and the
  serial line.

  Rule: The boot code and the boot sector speak for themselves

    Scenario Outline: <windows>: <damage>
      Given Nadia's cloud server runs <windows> with BIOS
      And on its disk <damage>
      When she starts it
      Then its console shows "<words>"

      Examples:
        | windows                | damage                           | words                                                 |
        | Windows Server 2008 R2 | no partition is active           | Missing operating system                              |
        | Windows Server 2008 R2 | two partitions are active        | Invalid partition table                               |
        | Windows Server 2016    | the boot sector has no signature | Missing operating system                              |
        | Windows Server 2016    | the wrong partition is active    | BOOTMGR is missing Press Ctrl+Alt+Del to restart      |
        | Windows Server 2008    | the boot manager is deleted      | BOOTMGR is missing Press Ctrl+Alt+Del to restart      |
        | Windows Server 2003    | NTLDR is deleted                 | NTLDR is missing                                      |
        | Windows Server 2003    | NTDETECT is deleted              | NTDETECT failed                                       |
        | Windows Server 2003    | the HAL is deleted               | Windows could not start because the following file is missing or corrupt: |

  Rule: Up to Windows Server 2008 R2 the boot manager has a black screen with status and info

    @long
    Scenario Outline: Windows Server 2008 R2: <damage>
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And on its disk <damage>
      When she starts it
      Then its console shows status <status>: "<info>"

      Examples:
        | damage                             | status     | info                                                                                   |
        | the boot configuration is deleted  | 0xc000000f | An error occurred while attempting to read the boot configuration data.                |
        | the boot configuration is damaged  | 0xc000014c | The boot configuration data file is invalid.                                           |
        | the boot configuration has no entry | 0xc0000098 | The Windows Boot Configuration Data file from the PC does not contain a valid OS entry. |

    @long
    Scenario Outline: Windows Server 2008 R2 names a file: <damage>
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And on its disk <damage>
      When she starts it
      Then its console shows status <status> for "<file>": "<info>"

      Examples:
        | damage                                          | status     | file                               | info                                                                              |
        | the loader is deleted                           | 0xc000000f | \Windows\system32\winload.exe      | The selected entry could not be loaded because the application is missing or corrupt. |
        | the entry's path is wrong                       | 0xc000000f | \Windows\system32\winboot.exe      | The selected entry could not be loaded because the application is missing or corrupt. |
        | the entry's osdevice is the system partition    | 0xc000000f | \Windows\system32\config\system    | Windows failed to load because the system registry file is missing, or corrupt.       |
        | the SYSTEM hive is damaged                      | 0xc000014c | \Windows\system32\config\system    | Windows failed to load because the system registry file is missing, or corrupt.       |
        | the kernel is deleted                           | 0xc000000f | \Windows\system32\\ntoskrnl.exe    | Windows failed to load because the kernel is missing, or corrupt.                     |

  Rule: Since Windows Server 2012 the boot manager has a blue screen with an error code

    @long
    Scenario Outline: <windows> with <firmware>: <damage>
      Given Nadia's cloud server runs <windows> with <firmware>
      And on its disk <damage>
      When she starts it
      Then its console shows status <status>: "<info>"

      Examples:
        | windows             | firmware | damage                              | status     | info                                                                                     |
        | Windows Server 2016 | BIOS     | the boot configuration is deleted   | 0xc0000034 | The Boot Configuration Data for your PC is missing or contains errors                    |
        | Windows Server 2022 | UEFI     | the boot configuration is deleted   | 0xc0000034 | The Boot Configuration Data for your PC is missing or contains errors                    |
        | Windows Server 2016 | BIOS     | the boot configuration is damaged   | 0xc000014c | The Boot Configuration Data for your PC is missing or contains errors                    |
        | Windows Server 2016 | BIOS     | the boot configuration has no entry | 0xc0000098 | The Boot Configuration Data file doesn't contain valid information for an operating system |

    @long
    Scenario Outline: <windows> with <firmware> names a file: <damage>
      Given Nadia's cloud server runs <windows> with <firmware>
      And on its disk <damage>
      When she starts it
      Then its console shows status <status> for "<file>": "<info>"

      Examples:
        | windows             | firmware | damage                                       | status     | file                            | info                                                                                                          |
        | Windows Server 2016 | BIOS     | the loader is deleted                        | 0xc000000f | \Windows\system32\winload.exe   | The application or operating system couldn't be loaded because a required file is missing or contains errors  |
        | Windows Server 2022 | UEFI     | the loader is deleted                        | 0xc000000f | \Windows\system32\winload.efi   | The application or operating system couldn't be loaded because a required file is missing or contains errors  |
        | Windows Server 2016 | BIOS     | the entry's osdevice is the system partition | 0xc000000f | \Windows\system32\config\system | The operating system couldn't be loaded because the system registry file is missing or contains errors        |
        | Windows Server 2016 | BIOS     | the SYSTEM hive is damaged                   | 0xc000014c | \Windows\system32\config\system | The operating system couldn't be loaded because the system registry file is missing or contains errors        |
