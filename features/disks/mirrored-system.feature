@vm @ssh @ldm @long
Feature: A server whose system lies on a mirror
  The system disk of a server is dynamic, and a second disk has the other half of its volumes, as software RAID of Windows
  has it.

  Rule: The system starts from a dynamic disk, and is as readable elsewhere as data are

    Example: Its disks are imported on another machine, and start at home again
      Given Nadia's server has its system on a mirror of two dynamic disks, with a file that only this run knows
      When she attaches both disks to a machine without dynamic disks and imports what is foreign
      Then the system's volume holds the file there, and takes a note
      And at home her server starts from its mirror, and its owner reads the note
