@nova @vm @kvm @bcd @long
Feature: A disk whose signature its boot configuration does not know
  A disk gets another signature where it meets a copy of itself, as in rescue. The boot configuration still names the
  old one, and the boot manager starts nothing from a device that is not there.

  Rule: Every Windows with a boot configuration stops with status 0xc000000e

    Scenario Outline: <windows> with <firmware>
      Given Nadia's cloud server runs <windows> with <firmware>
      And on its disk the signature is another one
      When she starts it
      Then its console shows status 0xc000000e: "<info>"

      Examples: the look up to Windows Server 2008 R2
        | windows                | firmware | info                                                                |
        | Windows Server 2008    | BIOS     | The boot selection failed because a required device is inaccessible. |
        | Windows Server 2008 R2 | BIOS     | The boot selection failed because a required device is inaccessible. |

      Examples: the look since Windows Server 2012
        | windows                | firmware | info                                            |
        | Windows Server 2012 R2 | BIOS     | A required device isn't connected or can't be accessed |
        | Windows Server 2012 R2 | UEFI     | A required device isn't connected or can't be accessed |
        | Windows Server 2016    | BIOS     | A required device isn't connected or can't be accessed |
        | Windows Server 2016    | UEFI     | A required device isn't connected or can't be accessed |
        | Windows Server 2019    | BIOS     | A required device isn't connected or can't be accessed |
        | Windows Server 2019    | UEFI     | A required device isn't connected or can't be accessed |
        | Windows Server 2022    | BIOS     | A required device isn't connected or can't be accessed |
        | Windows Server 2022    | UEFI     | A required device isn't connected or can't be accessed |

  Rule: Windows Server 2003 counts disks and partitions and does not look at the signature

    Example: It starts nevertheless
      Given Nadia's cloud server runs Windows Server 2003 with BIOS
      And on its disk the signature is another one
      When she starts it
      Then it starts from its own disk and its owner logs in
