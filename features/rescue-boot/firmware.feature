@ovh @vm
Feature: What the firmware of a server finds to boot
  A customer's order reaches the server at its next start only as far as the firmware lets it.

  Rule: A boot order with the disk first makes every netboot ineffective

    Example: A rescue order has no effect, and its task is done all the same
      Given the Windows rescue system is chosen for Nadia's server
      And the firmware of the server starts from its disks first
      When she asks for a hard reboot
      Then the server's own Windows starts from its own volume
      And the task of the hard reboot is done, and the firmware asked the network nothing

  Rule: A disk that has failed is not there from the next start

    Example: Without its system disk the server has nothing to start from
      Given Nadia's server has Windows on its system disk and her data on a mirror of two dynamic disks
      And the system disk fails at the next start
      When she asks for a hard reboot
      Then the task of the hard reboot is done
      And the firmware tries a disk of the mirror, the first of the two that are left
