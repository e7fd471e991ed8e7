@nova @api
Feature: Volumes at a cloud server
  A volume is reserved at once, and in use when the server has it.

  Rule: Attaching and detaching takes its time

    Example: Attaching
      Given the volume "data" is free
      When her program asks the cloud for POST /servers/{server}/os-volume_attachments with {"volumeAttachment":{"volumeId":"{data}"}}
      Then the cloud's answer holds {"volumeAttachment": {"id": "{data}", "serverId": "{server}", "volumeId": "{data}", "device": "/dev/vdb"}}
      And the volume "data" is "in-use"

    Example: Detaching
      Given the volume "data" is attached to her cloud server
      When her program asks the cloud for DELETE /servers/{server}/os-volume_attachments/{data}
      Then the cloud answers 202
      And the volume "data" is "available"

    Example: A volume is free again when its server is deleted
      Given the volume "data" is attached to her cloud server
      When her program asks the cloud for DELETE /servers/{server}
      Then the volume "data" is "available"

  Rule: Refusals

    Scenario Outline: <call>
      Given her cloud server boots from a volume
      And the volume "data" is attached to her cloud server
      When her program asks the cloud for <call>
      Then the cloud answers <status> "<message>"

      Examples:
        | call                                                                                           | status | message                                                                                     |
        | POST /servers/{server}/os-volume_attachments with {"volumeAttachment":{"volumeId":"{data}"}}   | 400    | Invalid volume: volume {data} is already attached to instances: {server}                     |
        | POST /servers/{server}/os-volume_attachments with {"volumeAttachment":{"volumeId":"00000000-0000-4000-8000-000000000000"}} | 404 | Volume 00000000-0000-4000-8000-000000000000 could not be found.      |
        | DELETE /servers/{server}/os-volume_attachments/{system}                                        | 400    | Cannot detach a root device volume                                                          |
        | GET /servers/{server}/os-volume_attachments/00000000-0000-4000-8000-000000000000               | 404    | Instance {server} is not attached to volume 00000000-0000-4000-8000-000000000000            |
        | POST /servers/{server}/os-volume_attachments with {"volumeAttachment":{"volumeId":"{data}","device":"sdb"}} | 400 | Invalid input for field/attribute device. Value: sdb. 'sdb' does not match '(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$' |

    Example: Another project's volume does not exist
      Given another customer has a server, a private image and a volume
      When her program asks the cloud for POST /servers/{server}/os-volume_attachments with {"volumeAttachment":{"volumeId":"{ledger}"}}
      Then the cloud answers 404 "Volume {ledger} could not be found."
