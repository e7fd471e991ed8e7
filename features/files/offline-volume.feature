@nova @vm @ssh
Feature: Files of a Windows that does not run
  From rescue mode the server's volume is a volume like any other: files come back, and its file system is checked.

  Rule: Before anything is repaired, the server's files are brought to safety over SFTP

    Example: A back-up is fetched from the server's own volume
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And a file of many bytes lies on its Windows volume
      And it is in rescue mode with its disk online
      When she fetches the file over SFTP from the rescue system
      Then she has every byte of it, and sees the drives of both systems

  Rule: A deleted system file comes back from the stock image that the rescue system was made of

    @bcd
    Example: The HAL is copied from the rescue system
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And on its disk the HAL is deleted
      And it is in rescue mode with its disk online
      When she copies "hal.dll" from the rescue system's System32 to its own
      Then after the rescue it starts from its own disk and its owner logs in

  Rule: A power cut in the middle of a write does not keep Windows from starting

    Example: The mirror of the file table is behind
      Given Nadia's cloud server runs Windows Server 2008 with BIOS
      And on its disk the power went between a change of the file table and of its mirror
      When she starts it
      Then it starts from its own disk and its owner logs in

  Rule: A volume that is marked dirty is checked and is clean afterwards

    @long
    Example: chkdsk takes the mark away
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And its Windows volume is marked dirty
      And it is in rescue mode with its disk online
      When she checks the volume with chkdsk and sees with fsutil that it is clean
      Then after the rescue it starts from its own disk and its owner logs in
