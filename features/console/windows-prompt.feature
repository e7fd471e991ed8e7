@nova @vm @ssh @kvm
Feature: The command prompt of a Windows server
  The tools that a repair needs are there, in the rescue system as in the installed Windows, and answer as Windows'
  own do; what the guides call not installed is not.

  Rule: The prompt keeps drive, folder and exit code

    Scenario: Over SSH in rescue mode
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And it is in rescue mode with its disk online
      Then each of these lines at its prompt is answered as follows
        | line                                | answer                                                           | exit code |
        | ver                                 | Microsoft Windows [Version 6.1.7601]                             | 0         |
        | chcp                                | Active code page: 437                                            | 0         |
        | chcp 850                            | Active code page: 850                                            | 0         |
        | cd /d C:\Windows\System32           |                                                                  | 0         |
        | cd                                  | C:\Windows\System32                                              | 0         |
        | cd \missing                         | The system cannot find the path specified.                       | 1         |
        | bcdedit /enum {bootmgr}             | identifier              {bootmgr}                                | 0         |
        | bcdedit /store C:\absent /enum      | The boot configuration data store could not be opened.           | 1         |
        | reg query HKLM\SYSTEM\Select /v Foo | ERROR: The system was unable to find the specified registry key or value. | 1 |
        | hostname                            | web-01                                                           | 0         |
        | echo one& echo two                  | two                                                              | 0         |
        | nowhere                             | 'nowhere' is not recognized as an internal or external command   | 9009      |
        | DiskInfo64                          | is not recognized as an internal or external command             | 9009      |
        | 7z                                  | is not recognized as an internal or external command             | 9009      |
        | filezilla                           | is not recognized as an internal or external command             | 9009      |

    Scenario: At the KVM console in rescue mode
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And it is in rescue mode with its disk online
      When she logs on at the KVM console and types "ver & cd & bcdedit /enum {bootmgr}"
      Then the console shows "Microsoft Windows [Version 6.1.7601]" and "Windows Boot Manager"
