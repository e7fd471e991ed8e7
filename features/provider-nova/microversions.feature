@nova @api
Feature: Microversions of the compute API
  A program names the version it was written for, up to 2.90, and gets exactly the fields and rules of that version.

  Rule: The version is named in a header, and the answer says which it was made for

    Scenario Outline: "<header>: <asked>" is answered as <version>
      Given Nadia has a server in the cloud
      When her program asks the cloud for GET /servers with the header "<header>: <asked>"
      Then the cloud answers 200
      And its header OpenStack-API-Version of the cloud is like compute <version>
      And its header X-OpenStack-Nova-API-Version of the cloud is like <version>

      Examples:
        | header                       | asked                       | version |
        | Accept                       | application/json            | 2.1     |
        | OpenStack-API-Version        | compute 2.1                 | 2.1     |
        | OpenStack-API-Version        | compute 2.87                | 2.87    |
        | OpenStack-API-Version        | compute latest              | 2.90    |
        | OpenStack-API-Version        | volume 3.59, compute 2.15   | 2.15    |
        | OpenStack-API-Version        | volume 3.59                 | 2.1     |
        | X-OpenStack-Nova-API-Version | 2.38                        | 2.38    |

    Scenario Outline: <asked> is refused with <status>
      Given Nadia has a server in the cloud
      When her program asks the cloud for GET /servers with the header "OpenStack-API-Version: compute <asked>"
      Then the cloud answers <status> "<message>"

      Examples:
        | asked | status | message                                                                                   |
        | 2.91  | 406    | Version 2.91 is not supported by the API. Minimum is 2.1 and maximum is 2.90.             |
        | 2.0   | 406    | Version 2.0 is not supported by the API. Minimum is 2.1 and maximum is 2.90.              |
        | 3.0   | 406    | Version 3.0 is not supported by the API. Minimum is 2.1 and maximum is 2.90.              |
        | 2.x   | 400    | API Version String 2.x is of invalid format. Must be of format MajorNum.MinorNum.         |
        | 2.01  | 400    | API Version String 2.01 is of invalid format. Must be of format MajorNum.MinorNum.        |

  Rule: The documents of the versions need no token

    Example: All versions
      Given Nadia has a server in the cloud
      When a program asks for /compute/
      Then the cloud answers 200
      And the versions in the answer are "v2.0 SUPPORTED , v2.1 CURRENT 2.1-2.90"

    Example: One version
      Given Nadia has a server in the cloud
      When a program asks for /compute/v2.1
      Then the cloud's answer holds {"version": {"id": "v2.1", "status": "CURRENT", "version": "2.90", "min_version": "2.1"}}

    Example: An address without a version has several choices
      Given Nadia has a server in the cloud
      When a program asks for /compute/servers
      Then the cloud answers 300

  Rule: Each version has its own fields

    Scenario Outline: A server at <version>
      Given her program asks for microversion <version>
      When her program asks the cloud for GET /servers/{server}
      Then the server in the answer has Nova's fields and <more>

      Examples:
        | version | more                                                                                                                                                       |
        | 2.1     | progress                                                                                                                                                   |
        | 2.8     | progress                                                                                                                                                   |
        | 2.9     | progress, locked                                                                                                                                           |
        | 2.19    | progress, locked, description                                                                                                                              |
        | 2.26    | progress, locked, description, tags                                                                                                                        |
        | 2.63    | progress, locked, description, tags, trusted_image_certificates                                                                                            |
        | 2.71    | progress, locked, description, tags, trusted_image_certificates, server_groups                                                                             |
        | 2.73    | progress, locked, description, tags, trusted_image_certificates, server_groups, locked_reason                                                              |
        | 2.89    | progress, locked, description, tags, trusted_image_certificates, server_groups, locked_reason                                                              |
        | 2.90    | progress, locked, description, tags, trusted_image_certificates, server_groups, locked_reason, OS-EXT-SRV-ATTR:hostname                                    |

    Scenario Outline: The <what> changes with <version>
      Given her program asks for microversion <version>
      When her program asks the cloud for GET <path>
      Then the cloud answers <status>

      Examples:
        | what                      | version | path                                   | status |
        | image proxy (last)        | 2.35    | /images                                | 200    |
        | image proxy (gone)        | 2.36    | /images                                | 404    |
        | network proxy (last)      | 2.35    | /os-networks                           | 200    |
        | network proxy (gone)      | 2.36    | /os-networks                           | 404    |
        | tenant networks (last)    | 2.35    | /os-tenant-networks                    | 200    |
        | tenant networks (gone)    | 2.36    | /os-tenant-networks                    | 404    |

    Example: From 2.47 on the flavor is inside the server
      Given her program asks for microversion 2.47
      When her program asks the cloud for GET /servers/{server}
      Then the first server in the answer shows {"flavor": {"vcpus": 2, "ram": 2048, "disk": 40, "ephemeral": 0, "swap": 0, "original_name": "2 GB General Purpose", "extra_specs": {}}}

    Example: From 2.37 on a server has to say which networks it wants
      Given her program asks for microversion 2.37
      When her program asks the cloud for POST /servers with {"server":{"name":"shop","imageRef":"{image}","flavorRef":"{flavor}"}}
      Then the cloud answers 400 "Invalid input for field/attribute server. Value: {'name': 'shop', 'imageRef': '{image}', 'flavorRef': '{flavor}'}. 'networks' is a required property"

    Scenario Outline: An attachment at <version>
      Given the volume "data" is attached to her cloud server
      And her program asks for microversion <version>
      When her program asks the cloud for GET /servers/{server}/os-volume_attachments/{data}
      Then the attachment in the answer has the fields <fields>

      Examples:
        | version | fields                                                                       |
        | 2.1     | device, id, serverId, volumeId                                               |
        | 2.70    | device, id, serverId, tag, volumeId                                          |
        | 2.79    | delete_on_termination, device, id, serverId, tag, volumeId                   |
        | 2.89    | attachment_id, bdm_uuid, delete_on_termination, device, serverId, tag, volumeId |
