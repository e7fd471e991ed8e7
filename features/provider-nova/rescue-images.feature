@nova @api
Feature: The image and the disks of a rescue
  Which image a rescue boots, and where the server's own disks are then, depends on the image and on the hypervisor.

  Rule: Without a word the stock image is booted; one that is no disk is refused at once

    Example: The stock image that the server was made of
      Given Nadia has a server in the cloud
      When her program asks her cloud server for {"rescue":null}, and it comes to its end
      Then the rescue disk is made of the image {image}

    Example: A server that was made of a snapshot gets the stock image behind it
      Given her cloud server was made of a snapshot
      When her program asks her cloud server for {"rescue":null}, and it comes to its end
      Then the rescue disk is made of the image {image}

    Example: An image of one's own choice
      Given the cloud has the image "Tools" with {"os_type": "windows"}
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"{Tools}"}}, and it comes to its end
      Then the rescue disk is made of the image {Tools}

    Example: An image that is not there
      Given Nadia has a server in the cloud
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"00000000-0000-4000-8000-000000000000"}}
      Then the cloud answers 400 "Requested rescue image '00000000-0000-4000-8000-000000000000' is not supported"
      And her cloud server is as it was

    Example: A snapshot of a volume has no bytes to boot
      Given the cloud has the image "Mapping" with {"block_device_mapping": "[]"}
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"{Mapping}"}}
      Then the cloud answers 400 "Requested rescue image '{Mapping}' is not supported"
      And her cloud server is as it was

    Example: Another project's private image does not exist
      Given another customer has a server, a private image and a volume
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"{Private}"}}
      Then the cloud answers 400 "Requested rescue image '{Private}' is not supported"

    Example: A stock image that was deleted fails the rescue later
      Given the cloud has no stock image any more
      When her program asks her cloud server for {"rescue":null}, and it comes to its end
      Then her cloud server is ERROR
      And her cloud server shows {"fault": {"code": 400, "created": "2026-03-01T12:00:00Z", "message": "Instance {server} cannot be rescued: Driver Error: Image {image} could not be found."}}

    Example: Then an image of one's own choice helps
      Given the cloud has no stock image any more
      And the cloud has the image "Tools" with {"os_type": "windows"}
      And her program asks her cloud server for {"rescue":null}, and it comes to its end
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"{Tools}"}}, and it comes to its end
      Then her cloud server is RESCUE

  Rule: libvirt shows the rescue disk first and the original second, unless the image wants the order kept

    Scenario Outline: An image with <properties>
      Given her cloud server has an ephemeral disk, swap and a config drive
      And the volume "data" is attached to her cloud server
      And the cloud has the image "Tools" with <properties>
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"{Tools}"}}, and it comes to its end
      Then the rescue has the disks "<disks>"

      Examples:
        | properties                                                 | disks                                                                                                                                             |
        | {"os_type": "windows"}                                     | rescue (virtio disk, boots), root (virtio disk), config drive (ide cdrom)                                                                         |
        | {"hw_rescue_device": "disk"}                               | root (virtio disk), ephemeral (virtio disk), swap (virtio disk), volume (virtio disk), config drive (ide cdrom), rescue (virtio disk, boots)      |
        | {"hw_rescue_bus": "usb"}                                   | root (virtio disk), ephemeral (virtio disk), swap (virtio disk), volume (virtio disk), config drive (ide cdrom), rescue (usb disk, boots)         |
        | {"hw_rescue_device": "cdrom"}                              | root (virtio disk), ephemeral (virtio disk), swap (virtio disk), volume (virtio disk), config drive (ide cdrom), rescue (ide cdrom, boots)        |
        | {"hw_rescue_device": "disk", "hw_rescue_bus": "scsi"}      | root (virtio disk), ephemeral (virtio disk), swap (virtio disk), volume (virtio disk), config drive (ide cdrom), rescue (scsi disk, boots)        |
        | {"hw_rescue_device": "floppy"}                             | root (virtio disk), ephemeral (virtio disk), swap (virtio disk), volume (virtio disk), config drive (ide cdrom), rescue (fdc floppy, boots)       |

    Example: Without a config drive there is none in rescue either
      Given her cloud server has no config drive
      When her program asks her cloud server for {"rescue":null}, and it comes to its end
      Then the rescue has the disks "rescue (virtio disk, boots), root (virtio disk)"

    Scenario Outline: An image with <properties> fails later
      Given the cloud has the image "Tools" with <properties>
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"{Tools}"}}, and it comes to its end
      Then her cloud server is ERROR
      And her cloud server shows {"fault": {"code": 400, "created": "2026-03-01T12:00:00Z", "message": "Instance {server} cannot be rescued: Driver Error: <reason>"}}

      Examples:
        | properties                    | reason                                                                |
        | {"hw_rescue_device": "tape"}  | Requested rescue device 'tape' is not supported                       |
        | {"hw_rescue_bus": "xen"}      | Requested rescue bus 'xen' is not supported by the 'qemu' virt driver |

    Example: At Rackspace XenServer leaves the volumes out and has the ephemeral disks last
      Given a cloud in Rackspace's dialect
      And her cloud server has an ephemeral disk, swap and a config drive
      And the volume "data" is attached to her cloud server
      When her program asks her cloud server for {"rescue":"none"}, and it comes to its end
      Then the rescue has the disks "rescue (xen disk, boots), root (xen disk), swap (xen disk), config drive (xen cdrom), ephemeral (xen disk)"

  Rule: A server that boots from a volume needs microversion 2.87 and an image made for it

    Scenario Outline: With <properties> at <version>: <status>
      Given her cloud server boots from a volume
      And the cloud has the image "Tools" with <properties>
      And her program asks for microversion <version>
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"{Tools}"}}
      Then the cloud answers <status>

      Examples:
        | version | properties                                              | status |
        | 2.86    | {"hw_rescue_device": "disk", "hw_rescue_bus": "virtio"} | 400    |
        | 2.87    | {"hw_rescue_device": "disk"}                            | 400    |
        | 2.87    | {"hw_rescue_bus": "virtio"}                             | 400    |
        | 2.87    | {"os_type": "windows"}                                  | 400    |
        | 2.87    | {"hw_rescue_device": "disk", "hw_rescue_bus": "virtio"} | 200    |

    Example: The refusal says why and changes nothing
      Given her cloud server boots from a volume
      When her program asks her cloud server for {"rescue":null}
      Then the cloud answers 400 "Instance {server} cannot be rescued: Cannot rescue a volume-backed instance"
      And her cloud server is as it was

    Example: A host that cannot do it refuses in its own words
      Given her cloud server boots from a volume at a host that cannot rescue volumes
      And the cloud has the image "Tools" with {"hw_rescue_device": "disk", "hw_rescue_bus": "virtio"}
      And her program asks for microversion 2.87
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"{Tools}"}}
      Then the cloud answers 400 "Instance {server} cannot be rescued: Host unable to rescue a volume-backed instance"

    Example: A volume that is only half attached holds the rescue up
      Given the volume "data" is attached to her cloud server
      And the volume "data" is only "detaching"
      When her program asks her cloud server for {"rescue":null}
      Then the cloud answers 409 "Invalid volume: volume '{data}' status must be 'in-use'. Currently in 'detaching' status"
      And her cloud server is as it was
