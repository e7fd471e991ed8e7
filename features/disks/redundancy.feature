@vm @ssh @ldm
Feature: Mirrors and RAID-5 volumes that lost a disk or their power
  A volume goes on without one of its disks, and its copies or its parity are made equal again.

  Background:
    Given Nadia's server has a mirror on two disks, "G", and a RAID-5 volume on three, "H"

  Rule: A volume goes on with what is left of it, and the rest follows when it is back

    Example: One half of a mirror and one column of a RAID-5 volume are missing
      Given a disk of each volume is missing
      When she starts her server
      Then diskpart says "Failed Rd" of the mirror and of the RAID-5 volume
      And each volume holds the file that only this run knows
      And a note that she writes on each is on the disks that are left, and not on the half of the mirror that is missing

    @long
    Example: A half and a column that come back are brought up to date
      Given a note was written to each volume while a disk of it was missing
      When she starts her server with all disks
      Then each volume holds the note
      And from outside, each volume holds it without any one of its disks

  Rule: After a hard stop the copies of a volume in use are made equal

    @long
    Example: The power goes while both volumes are written
      Given the power went while she wrote to each volume, and copies differ since
      When she starts her server with all disks
      Then each volume holds the file that only this run knows
      And from outside, each volume is the same without any one of its disks
