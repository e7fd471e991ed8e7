@vm @ssh @ldm @long
Feature: Mirrors and RAID-5 volumes that lost a disk or their power
  A mirror goes on with one half, and its halves are made equal again.

  Background:
    Given Nadia's server has a mirror on two disks, "G", and a RAID-5 volume on three, "H"

  Rule: A volume goes on with what is left of it, and the rest follows when it is back

    Example: One half of a mirror and one column of a RAID-5 volume are missing
      Given a disk of each volume is missing
      When she starts her server
      Then diskpart says "Failed Rd" of the mirror and of the RAID-5 volume
      And the mirror holds the file that only this run knows
      And a note that she writes on it is on the half that is left, and on no other

    Example: A half that comes back is brought up to date
      Given a note was written to each volume while a disk of it was missing
      When she starts her server with all disks
      Then the mirror holds the note
      And from outside, each half of the mirror holds it

  Rule: After a hard stop the copies of a volume in use are made equal

    Example: The power goes while both volumes are written
      Given the power went while she wrote to each volume, and copies differ since
      When she starts her server with all disks
      Then each volume holds the file that only this run knows
      And from outside, both halves of the mirror are the same
