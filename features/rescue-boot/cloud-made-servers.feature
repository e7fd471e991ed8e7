@nova @vm @ssh @long
Feature: A cloud server that a customer makes
  What `openstack server create` makes in a lab with machines is one: its image's Windows on a disk of its own, at an
  address of its own.

  Rule: It is what was asked for

    Example: Name, password and disk
      Given Nadia's cloud has machines
      When she makes the server "shop" with {"config_drive":true}
      Then its password opens Windows on the computer "shop"
      And that Windows has one disk, of 40 GB

    Example: Without a config drive its password reaches nobody
      Given Nadia's cloud has machines
      When she makes the server "shop"
      Then its password is refused, and the image's own opens it

    Example: Two servers of one image are two computers
      Given Nadia's cloud has machines
      When she makes the servers "first" and "second"
      Then each of them has an SSH host key of its own
      And each of them knows what time it is

    Example: The host has no room for it
      Given Nadia's cloud has room for 1 server
      When her program asks for the server "shop"
      Then it is in ERROR, for "No valid host was found. "

  Rule: It can be rescued, made anew and deleted like any other

    Example: Rescued, and back
      Given her cloud with machines runs the server "shop" with {"config_drive":true}
      When she asks the cloud to rescue that server
      Then the rescue password opens it, with its own disk as the second one
      And after the rescue its own password opens it

    Example: Made anew, with another password
      Given her cloud with machines runs the server "shop" with {"config_drive":true}
      And she has left the file "C:\kept.txt" on that server
      When she asks the cloud to make that server anew with the password "N3w-one!"
      Then the password "N3w-one!" opens that server, and the old one does not
      And the file "C:\kept.txt" is not on that server

    Example: Deleted
      Given her cloud with machines runs the server "shop" with {"config_drive":true}
      When she asks the cloud to delete that server
      Then nobody answers at its address, and its machine is gone

  Rule: It has the bytes of what it was made of

    Example: An image of another server
      Given she works at a prompt of her cloud server
      And her program has made an image of it, with the file "C:\kept.txt"
      When she makes the server "copy" with that image and {"config_drive":true}
      Then its password opens Windows on the computer "copy"
      And the file "C:\kept.txt" is on that server

    Example: A volume, which outlives its server
      Given her cloud with machines runs the server "first" from a volume of 2 GiB with {"config_drive":true}
      And she has left the file "C:\kept.txt" on that server, and deleted it
      When she makes the server "second" of that volume with {"config_drive":true}
      Then its password opens Windows on the computer "second"
      And the file "C:\kept.txt" is on that server
