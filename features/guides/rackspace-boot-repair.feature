@nova @vm @ssh @bcd
Feature: Rackspace's guide to Windows rescue, typed as it is printed
  The rescue disk is made from the server's own stock image, so both disks carry one signature, and the disk that comes
  online second gets a new one. The guide shows how its boot configuration is put right afterwards. What its commands
  lead to is proved by a boot.

  Rule: Windows Server 2003 needs nothing but a letter for its disk

    @guide:rescue-mode-on-windows-cloud-servers-behaviors#windows-2003 @long
    Example: The server starts after the rescue without a repair
      Given Nadia's cloud server runs Windows Server 2003 with BIOS
      And it is in rescue mode with its disk online
      When she types
        """
        dir D:\WINDOWS\system32\config
        """
      Then the answers hold "SYSTEM"
      And after the rescue it starts from its own disk and its owner logs in

  Rule: On Windows Server 2008 the guide's five commands repair what the first rescue broke

    @journey @kvm @guide:rescue-mode-on-windows-cloud-servers-behaviors#windows-2008-sp2 @long
    Scenario: The boot fails after the first rescue, the second one repairs it
      Given Nadia's cloud server runs Windows Server 2008 with BIOS
      And it is in rescue mode with its disk online
      When she ends the rescue
      Then its console shows status 0xc000000e: "The boot selection failed because a required device is inaccessible."
      When she brings its disk online again
      And she types
        """
        bcdedit /store d:\boot\bcd
        bcdedit /store d:\boot\bcd /set {default} osdevice partition=d:
        bcdedit /store d:\boot\bcd /set {default} device partition=d:
        bcdedit /store d:\boot\bcd /set {bootmgr} device partition=d:
        bcdedit /store d:\boot\bcd /set {memdiag} device partition=d:
        bcdedit /store d:\boot\bcd /set {ntldr} device partition=d:
        """
      Then after the rescue it starts from its own disk and its owner logs in

  Rule: On Windows Server 2008 R2 the guide's template names osdevice twice and never device

    @guide:rescue-mode-on-windows-cloud-servers-behaviors#windows-2008-r2 @long
    Example: The boot still misses the loader's device
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And it is in rescue mode with its disk online, its system partition as D and its Windows as E
      When she types
        """
        bcdedit /store d:\boot\bcd /set {default} osdevice partition=e:
        bcdedit /store d:\boot\bcd /set {default} osdevice partition=e:
        bcdedit /store d:\boot\bcd /set {bootmgr} device partition=e:
        bcdedit /store d:\boot\bcd /set {memdiag} device partition=e:
        """
      Then after the rescue its boot ends with status 0xc000000e

  Rule: The guide's sample for Windows Server 2008 R2 has one letter for two partitions

    @guide:rescue-mode-on-windows-cloud-servers-behaviors#windows-2008-r2 @long
    Scenario Outline: With the system partition as <system> and Windows as <windows>
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And it is in rescue mode with its disk online, its system partition as <system> and its Windows as <windows>
      When she types
        """
        bcdedit /store e:\boot\bcd /set {default} osdevice partition=e:
        bcdedit /store e:\boot\bcd /set {default} device partition=e:
        bcdedit /store e:\boot\bcd /set {bootmgr} device partition=e:
        bcdedit /store e:\boot\bcd /set {memdiag} device partition=e:
        """
      Then the answers hold "<answer>"
      And after the rescue its boot ends with status <status>

      Examples:
        | system | windows | answer                                                 | status     |
        | D      | E       | The boot configuration data store could not be opened. | 0xc000000e |
        | E      | D       | The operation completed successfully.                  | 0xc000000f |

  Rule: On Windows Server 2008 R2 the loader's devices are Windows and the boot manager's is the system partition

    @guide:rescue-mode-on-windows-cloud-servers-behaviors#windows-2008-r2
    Scenario Outline: The text that works, with the system partition as <system> and Windows as <windows>
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And it is in rescue mode with its disk online, its system partition as <system> and its Windows as <windows>
      When she types
        """
        bcdedit /store <system>:\boot\bcd /set {default} device partition=<windows>:
        bcdedit /store <system>:\boot\bcd /set {default} osdevice partition=<windows>:
        bcdedit /store <system>:\boot\bcd /set {bootmgr} device partition=<system>:
        bcdedit /store <system>:\boot\bcd /set {memdiag} device partition=<system>:
        """
      Then after the rescue it starts from its own disk and its owner logs in

      Examples:
        | system | windows |
        | D      | E       |
        | E      | D       |

  Rule: The related article gives the disk its old signature back

    @guide:rescue-mode-on-windows-servers#resolve-the-id-conflict @long
    Example: The boot configuration speaks of C:, and the signature is restored with uniqueid
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And it is in rescue mode with its disk online, its system partition as D and its Windows as E
      When she types
        """
        bcdedit /store d:\boot\bcd
        diskpart
        list disk
        select disk 0
        uniqueid disk
        uniqueid disk id=1A2B3C4D
        uniqueid disk
        select disk 1
        uniqueid disk id=42D9DECD
        uniqueid disk
        exit
        """
      Then the answers hold "device                  partition=C:"
      And after the rescue it starts from its own disk and its owner logs in

    @guide:rescue-mode-on-windows-servers#resolve-the-id-conflict @long
    Example: Its misspelt first command leaves osdevice behind
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And it is in rescue mode with its disk online, its system partition as D and its Windows as E
      When she types
        """
        bcdedit /store d:\boot\bcd /set {default} osdevice partition=e:
        bcedit /store d:\boot\bcd /set {default} osdevice partition=c:
        bcdedit /store d:\boot\bcd /set {default} device partition=c:
        bcdedit /store d:\boot\bcd /set {bootmgr} device partition=c:
        bcdedit /store d:\boot\bcd /set {memdiag} device partition=c:
        bcdedit /store d:\boot\bcd /set {ntldr} device partition=c:
        diskpart
        select disk 0
        uniqueid disk id=1A2B3C4D
        select disk 1
        uniqueid disk id=42D9DECD
        exit
        """
      Then the answers hold "'bcedit' is not recognized as an internal or external command"
      And after the rescue its boot ends with status 0xc000000e
