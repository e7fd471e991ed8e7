@nova @vm @ssh @long
Feature: The machine of a cloud server does what the cloud says
  Whatever a program asks the cloud to do to a server is done to its machine, whose owner sees it.

  Rule: A password is changed by QEMU's guest agent in the guest

    Example: The new password opens the server, the old one does not
      Given Nadia's cloud server runs Windows with QEMU's guest agent
      When her program changes its password to "N3w-one!"
      Then the cloud has answered 202
      And the password "N3w-one!" opens it, and the old one does not

    Example: A guest whose agent does not run yet cannot do it
      Given Nadia's cloud server starts Windows with QEMU's guest agent
      When her program changes its password to "N3w-one!"
      Then the cloud has answered 501 "Unable to set password on instance"

  Rule: A server that is paused or suspended stands still, and goes on where it stood

    Scenario Outline: <action>, then <back>
      Given she works at a prompt of her cloud server
      And she asks the cloud for {"<action>":null}, and it is <status>
      When she asks the cloud for {"<back>":null}, and it is ACTIVE
      Then what she typed meanwhile was carried out only now

      Examples:
        | action  | status    | back    |
        | pause   | PAUSED    | unpause |
        | suspend | SUSPENDED | resume  |

  Rule: A server that is stopped is off, and starts from its disk

    Example: Stopped and started
      Given she works at a prompt of her cloud server
      And she asks the cloud for {"os-stop":null}, and it is SHUTOFF
      And nobody can reach it
      When she asks the cloud for {"os-start":null}, and it is ACTIVE
      Then it starts from its own disk and its owner logs in

    Scenario Outline: Restarted <way>
      Given she works at a prompt of her cloud server
      When she asks the cloud for {"reboot":{"type":"<way>"}}, and it is ACTIVE
      Then it starts from its own disk and its owner logs in

      Examples:
        | way  |
        | SOFT |
        | HARD |

    Example: Made anew from its image
      Given she works at a prompt of her cloud server
      And she has left the file "C:\kept.txt" on it
      When she asks the cloud to make it anew from its image with the password "N3w-one!"
      Then the new password opens it
      And the file "C:\kept.txt" is not on it any more

  Rule: An image of a running server has what was on its disk

    Example: A rescue from the image finds the file
      Given she works at a prompt of her cloud server
      And she has left the file "C:\kept.txt" on it
      And her program has made an image of it
      When she asks the cloud to rescue it with the image
      Then the file "C:\kept.txt" is on the rescue disk

  Rule: A volume is a disk of the machine as long as it is attached

    Example: It comes and goes while the server runs
      Given she works at a prompt of her cloud server
      And her program has attached a volume of 1 GiB to it
      And Windows finds the disk 1 of 1024 MB when it looks again
      When her program detaches the volume
      Then Windows finds no disk 1 when it looks again

    Example: A server that was off finds it when it starts
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And her program has attached a volume of 1 GiB to it
      When she starts it
      Then Windows finds the disk 1 of 1024 MB
