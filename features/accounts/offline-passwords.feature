@vm @accounts
Feature: Accounts that nobody can log in to
  Passwords and locks are changed in the SAM of a disk whose Windows does not run. Windows takes them at its next start.

  Rule: A password that was set offline opens the server

    @ssh @long
    Scenario Outline: "admin" beside "Administrator" on <windows>
      Given Nadia's server runs <windows>, with "admin" beside "Administrator"
      When a password editor sets the password of "admin" on its disk
      Then its Windows starts
      And SSH lets "admin" in with the new password, and not with the old one
      And SSH lets "Administrator" in with the old password

      Examples:
        | windows                |
        | Windows Server 2008 R2 |
        | Windows Server 2016    |

  Rule: A blank password opens the console and nothing else

    @ovh @ssh @rdp @kvm @mail
    Example: The password of "Administrator" is cleared with chntpw from the Debian rescue system
      Given Nadia's dedicated server is in the Debian rescue system
      When she clears the password of "Administrator" with chntpw and restarts the server from its disk
      Then its Windows starts
      And SSH and RDP refuse "Administrator" without a password, and the console does not
      And with a password that she sets at the console, SSH lets "Administrator" in

  Rule: An account that is disabled or locked does not open

    @ssh @long
    Example: Windows refuses both, although the passwords are right
      Given Nadia's server runs Windows Server 2008 R2, with "admin" beside "Administrator"
      And "admin" is disabled and "Administrator" is locked out
      When she switches it on
      Then its Windows starts
      And SSH refuses "admin" and "Administrator" with their right passwords

    @ovh @ssh @mail @long
    Example: chntpw enables and unlocks from the Debian rescue system
      Given "Administrator" of Nadia's dedicated server is disabled and locked out
      And Nadia's dedicated server is in the Debian rescue system
      When she unlocks and enables "Administrator" with chntpw and restarts the server from its disk
      Then its Windows starts
      And SSH lets "Administrator" in with the old password

  Rule: The marks of an account can be set with reg in rescue mode

    @nova @ssh @long
    Example: "Administrator" is disabled, and enabled again in the SAM of the offline disk
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And its account "Administrator" is disabled
      And it is in rescue mode with its disk online
      When she takes the mark off "Administrator" in its SAM
      Then after the rescue it starts from its own disk and its owner logs in
