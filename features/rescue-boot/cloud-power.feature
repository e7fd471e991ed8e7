@nova @vm @ssh @long
Feature: The power button of a cloud server
  The cloud asks a server's guest to switch itself off, by the power button, before it cuts the power.

  Rule: Windows shuts down when it is asked to

    Example: Stopped
      Given she works at a prompt of her cloud server
      When she asks the cloud for {"os-stop":null}, and it is SHUTOFF
      Then Windows has shut down and dismounted its volumes

    Example: Restarted
      Given she works at a prompt of her cloud server
      When she asks the cloud for {"reboot":{"type":"SOFT"}}, and it is ACTIVE
      Then Windows has shut down before it starts again
      And it starts from its own disk and its owner logs in

    Example: A rescue finds its disk in order
      Given she works at a prompt of her cloud server
      When she asks the cloud to rescue it
      Then Windows has shut down and dismounted its volumes

    Example: A hard restart asks nobody
      Given she works at a prompt of her cloud server
      When she asks the cloud for {"reboot":{"type":"HARD"}}, and it is ACTIVE
      Then nobody has pressed its power button

  Rule: A guest that does not hear it loses its power after a minute

    Example: A failure screen
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And on its disk the signature is another one
      And it stands at its failure screen
      When she asks the cloud for {"os-stop":null}, and 59 and then 1 seconds pass in the lab
      Then it was ACTIVE before, and is SHUTOFF
