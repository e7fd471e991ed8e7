@nova @vm @kvm @bcd
Feature: What a boot manager starts when there is a choice
  A boot configuration can have more entries than one. The console asks, or the configuration has decided beforehand.

  Rule: A boot sequence counts for one start

    @ssh @long
    Example: The next start takes another entry, and the one after it the default
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And its next start is to be that of "Windows with a change", a copy of its entry
      When she starts it, and restarts it once it takes logins
      Then "Windows with a change" started first, and "Windows Server 2008 R2" afterwards

    Scenario Outline: <entry> is a program of Windows that is not there
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And its next start is to be that of <entry>
      When she starts it
      Then its console shows status 0xc000000f for "<file>": "The selected entry could not be loaded because the application is missing or corrupt."

      Examples:
        | entry     | file              |
        | {memdiag} | \boot\memtest.exe |
        | {ntldr}   | \\ntldr           |

  Rule: NTLDR asks where boot.ini has more than one system

    @ssh @long
    Example: The second system is chosen at the console
      Given Nadia's cloud server runs Windows Server 2003 with BIOS
      And its boot.ini names a second system, "Windows once more"
      When she starts it and chooses the second system at the console
      Then "Windows once more" starts, and its owner logs in
