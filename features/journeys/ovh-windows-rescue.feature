@journey @main-journey @ovh @vm @nested @ssh @rdp @kvm @mail @ldm @bcd @gate
Feature: Rescue a Windows server that no longer boots, at the ovh provider
  Nadia's dedicated server ends on a failure screen. She orders the Windows rescue system, reaches her data, repairs
  the boot configuration and takes the server back into service.

  Scenario: From a failed boot back to the server's own Windows
    Given Nadia's server has Windows on its system disk and her data on a mirror of two dynamic disks
    And a file that only this run knows lies on the mirror
    And the boot configuration no longer matches the signature of the system disk
    When she switches the server on
    Then the boot manager shows status 0xc000000e on the screen and on the serial line
    When her program finds the netboot "rescue-customer-windows", chooses it with her rescue address and asks for a hard reboot
    Then the task of the hard reboot is done
    And the server runs the rescue system that it fetched from the network
    And a mail at her rescue address links to the password of "Administrator"
    And SSH with that password reaches the prompt "administrator@WINRESCUEOVH C:\Users\Administrator>"
    And SSH does not accept another password
    And RDP accepts that password and no other
    And the logon screen on the KVM console accepts that password and no other
    When she brings the server's disks online and imports the foreign ones in diskpart
    Then her mirrored volume holds the file that only this run knows
    When she writes a note beside it
    Then both halves of the mirror hold the note
    When she looks at the boot configuration with bcdedit
    Then it names devices that are not there
    When she sets the devices to the volumes that are there
    Then hivex finds the present disk signature in the boot configuration
    When she restarts Windows inside the rescue session
    Then the server comes back in Windows rescue mode
    When her program sets the netboot back to the disk and asks for a hard reboot
    Then the server's own Windows starts from its own volume
    And SSH with its own account reads the note
