@nova @vm @ssh @bcd
Feature: Repairs of a boot configuration from rescue mode
  Whatever a tool says: the proof of a repair is that the server starts from its own disk and lets its owner log in.

  Rule: A disk with another signature has several ways back

    Scenario Outline: <windows> with <firmware>, by <way>
      Given Nadia's cloud server runs <windows> with <firmware>
      And on its disk the signature is another one
      And it is in rescue mode with its disk online
      When she repairs it with <way>
      Then after the rescue it starts from its own disk and its owner logs in

      Examples:
        | windows                | firmware | way                 |
        | Windows Server 2008 R2 | BIOS     | bcdedit             |

      @long
      Examples: other ways and other versions
        | windows                | firmware | way                 |
        | Windows Server 2008 R2 | BIOS     | uniqueid disk       |
        | Windows Server 2008 R2 | BIOS     | bcdboot             |
        | Windows Server 2008 R2 | BIOS     | bootrec /rebuildbcd |
        | Windows Server 2012 R2 | BIOS     | bcdedit             |
        | Windows Server 2012 R2 | UEFI     | bcdedit             |
        | Windows Server 2016    | BIOS     | uniqueid disk       |
        | Windows Server 2016    | BIOS     | bootrec /rebuildbcd |
        | Windows Server 2016    | UEFI     | bcdedit             |
        | Windows Server 2019    | BIOS     | bcdedit             |
        | Windows Server 2019    | UEFI     | bcdedit             |
        | Windows Server 2022    | BIOS     | bcdedit             |
        | Windows Server 2022    | UEFI     | bcdedit             |
        | Windows Server 2022    | UEFI     | bcdboot             |

  Rule: One way undoes the other

    @long
    Example: The boot configuration follows the new signature, and then the disk gets its old one back
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And on its disk the signature is another one
      And it is in rescue mode with its disk online
      When she repairs it with bcdedit and then with uniqueid disk
      Then after the rescue its boot ends with status 0xc000000e

  Rule: What makes the boot files or the boot configuration anew repairs the signature too

    @long
    Scenario Outline: <damage>, by <way>
      Given Nadia's cloud server runs <windows> with BIOS
      And on its disk <damage>
      And it is in rescue mode with its disk online
      When she repairs it with <way>
      Then after the rescue it starts from its own disk and its owner logs in

      Examples:
        | windows                | damage                              | way                 |
        | Windows Server 2008    | the boot manager is deleted         | bcdboot             |
        | Windows Server 2008 R2 | the boot configuration is deleted   | bootrec /rebuildbcd |
        | Windows Server 2016    | the boot configuration is damaged   | bcdboot             |
        | Windows Server 2008 R2 | the boot configuration has no entry | bcdboot             |

  Rule: Other repairs leave the signature that the disk got in rescue, and bcdedit follows

    @long
    Scenario Outline: <damage>, by <way> and bcdedit
      Given Nadia's cloud server runs <windows> with BIOS
      And on its disk <damage>
      And it is in rescue mode with its disk online
      When she repairs it with <way> and then with bcdedit
      Then after the rescue it starts from its own disk and its owner logs in

      Examples:
        | windows                | damage                                       | way                  |
        | Windows Server 2008 R2 | the boot code is overwritten                 | bootrec /fixmbr      |
        | Windows Server 2008 R2 | no partition is active                       | diskpart active      |
        | Windows Server 2008 R2 | the boot sector is overwritten               | bootrec /fixboot     |
        | Windows Server 2008 R2 | the entry's osdevice is the system partition | bcdedit osdevice     |
        | Windows Server 2008 R2 | the entry's path is wrong                    | bcdedit path         |
        | Windows Server 2016    | the loader is deleted                        | a copy of the loader |
        | Windows Server 2008 R2 | the SYSTEM hive is damaged                   | the copy of its hive |
