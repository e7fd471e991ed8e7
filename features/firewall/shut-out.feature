@nova @vm @firewall
Feature: A server that lets nobody in from outside
  A firewall policy or disabled services shut SSH and Remote Desktop out. Only rescue mode is left, where the SYSTEM
  hive of the server's own disk is corrected.

  Rule: What the hive says holds from the start on

    @kvm @long
    Scenario Outline: <version>: <obstacle>, seen from outside
      Given Nadia's cloud server runs Windows Server <version> with BIOS
      And in its registry <obstacle>
      When she starts it
      Then its console waits for somebody to log on
      And from outside SSH and RDP are both <answer>

      Examples:
        | version | obstacle                                                 | answer  |
        | 2003    | the firewall lets nobody in                              | silent  |
        | 2008 R2 | the firewall lets nobody in                              | silent  |
        | 2008 R2 | the services of SSH and Remote Desktop are disabled      | refused |

  Rule: A SYSTEM hive that was corrected in rescue mode opens the server

    @ssh @rdp
    Scenario Outline: <obstacle>, corrected offline
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And in its registry <obstacle>
      And it is in rescue mode with its disk online
      When she corrects its registry so that <correction>
      Then after the rescue it lets its owner in over SSH and RDP

      Examples:
        | obstacle                                                 | correction                                         |
        | the firewall lets nobody in                              | the firewall knows exceptions again                |
        | the services of SSH and Remote Desktop are disabled      | the services of SSH and Remote Desktop start again |
