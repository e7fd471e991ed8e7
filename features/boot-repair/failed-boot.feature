@ovh @vm @kvm @bcd
Feature: A boot configuration that does not match its disk
  A disk that was copied or re-signed keeps a boot configuration that names the old signature.

  Rule: The boot manager starts nothing from a device that is not there

    Example: The console tells which status the boot ended with
      Given Nadia's server has Windows on its system disk and her data on a mirror of two dynamic disks
      And the boot configuration no longer matches the signature of the system disk
      When she switches the server on
      Then the boot manager shows status 0xc000000e on the screen and on the serial line
