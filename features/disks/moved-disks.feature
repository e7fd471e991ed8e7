@vm @ssh @ldm
Feature: Dynamic disks on another machine
  The data disks of a server that is out of order are attached to another machine, and go home afterwards.

  Rule: A machine without dynamic disks of its own takes a group as it is

    Example: Volumes of every layout are read on another machine, and again at home
      Given Nadia's group "CUSTOMER-Dg0" has these volumes on three MBR and three GPT disks
        | layout   | on the MBR disks | on the GPT disks |
        | mirror   | G                | K                |
        | striped  | H                | L                |
        | raid5    | I                | M                |
        | spanned  | J                | N                |
      When she attaches the disks to a machine without dynamic disks and imports what is foreign
      Then it took 1 import, and each volume holds the file that only this run knows
      And a note that she writes on each volume is on the disks
      And at home her own Windows reads the notes without an import

  Rule: A machine with dynamic disks merges a group into its own

    Example: Two groups are imported one by one, and at home their disks are foreign
      Given Nadia's group "CUSTOMER-Dg0" has a mirror on two MBR disks, with the letter "G"
      And her group "ARCHIVE-Dg0" has a RAID-5 volume on three GPT disks, with the letter "H"
      When she attaches the disks to a machine with a mirror of its own and imports what is foreign
      Then it took 2 imports, and each volume holds the file that only this run knows
      And at home her own Windows reads the files after 1 import
