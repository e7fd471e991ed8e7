@nova @vm @ssh @long
Feature: The machine of a rescued cloud server
  What the cloud says of a rescue is what the machine does: its disks, their order and bus, its password, its console.

  Rule: The disks are attached in the order and on the bus that the image and the hypervisor want

    Scenario Outline: <driver>, an image with <properties>
      Given Nadia's cloud server has an ephemeral disk, at a cloud that runs <driver>
      And the cloud has a rescue image of Windows Server 2016 with <properties>
      When she asks the cloud to rescue it with that image
      Then its machine has the disks "<disks>"
      And the rescue password opens Windows 10.0.14393, whose logon screen its console shows

      Examples:
        | driver  | properties                                          | disks                                                                              |
        | libvirt | {"os_type":"windows"}                               | rescue (virtio, boots), root (virtio), config-2 (ide-cdrom)                        |
        | libvirt | {"hw_rescue_device":"disk","hw_rescue_bus":"usb"}   | root (virtio), ephemeral0 (virtio), config-2 (ide-cdrom), rescue (usb, boots)      |
        | libvirt | {"hw_rescue_device":"disk","hw_rescue_bus":"ide"}   | root (virtio), ephemeral0 (virtio), config-2 (ide-cdrom), rescue (sata, boots)     |
        | libvirt | {"hw_rescue_bus":"scsi"}                            | root (virtio), ephemeral0 (virtio), config-2 (ide-cdrom), rescue (scsi, boots)     |
        | xen     | {"os_type":"windows"}                               | rescue (virtio, boots), root (virtio), config-2 (ide-cdrom), ephemeral0 (virtio)   |

  Rule: A password works where it can reach the guest

    Example: Without a config drive it opens nothing
      Given Nadia's cloud server has no config drive and no agent
      When she asks the cloud to rescue it
      Then the rescue password is refused, and the stock image's own opens the rescue system

  Rule: The console shows the machine in rescue and no other

    @kvm
    Example: A server that stands at a failure screen shows the rescue system's logon screen
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And on its disk the signature is another one
      And it stands at its failure screen
      When she asks the cloud to rescue it
      Then the address of its console shows "Press Ctrl+Alt+Delete"

  Rule: To a client that knows the server the rescue system is another one

    Example: Her SSH does not take the one for the other
      Given her SSH knows her cloud server
      When she asks the cloud to rescue it
      Then her SSH finds another host key, and does not log in

  Rule: A rescue is fresh each time, and leaves the hardware as it was

    Example: What the last rescue left is gone
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And she left a file on the disk of its last rescue
      When she asks the cloud to rescue it
      Then the file is not on the rescue disk
      And after the rescue its machine has the hardware it had before

  Rule: A rescue that ends by itself does not wait for whoever works in it

    Example: A day later the session ends, and the server starts from its own disk
      Given Nadia's cloud ends rescues after 24 hours
      And she works at a prompt of her server in rescue
      When 25 hours pass in the lab
      Then her session ends
      And it starts from its own disk and its owner logs in
