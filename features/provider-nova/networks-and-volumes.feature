@nova @api
Feature: Networks and volumes around a server
  What clients ask for beside a server: the port that has its address, and the volumes that it could have.

  Rule: A server has a port in each of its networks

    Scenario Outline: The network service's <path> lists <members>
      Given Nadia has a server in the cloud
      When Nadia's program asks the network service for GET <path>
      Then the cloud answers 200
      And the cloud's answer lists <members>

      Examples:
        | path                                                | members                              |
        | /v2.0/networks                                      | ["public", "private"]                |
        | /v2.0/networks?name=public                          | ["public"]                           |
        | /v2.0/networks?limit=1                              | ["public"]                           |
        | /v2.0/subnets?ip_version=4                          | ["public-v4", "private-v4"]          |
        | /v2.0/security-groups                               | ["default"]                          |
        | /v2.0/floatingips                                   | []                                   |
        | /v2.0/ports?device_id=none                          | []                                   |

    Example: The port of a server has its address, and no more fields than were asked for
      Given Nadia has a server in the cloud
      When Nadia's program asks the network service for GET /v2.0/ports?device_id={server}&fields=device_owner&fields=status
      Then the cloud's answer holds {"ports":[{"device_owner":"compute:nova","status":"ACTIVE"}]}

    Scenario Outline: The network service answers <path> with <status>
      Given Nadia has a server in the cloud
      When Nadia's program asks the network service for GET <path>
      Then the cloud answers <status> "<message>"

      Examples:
        | path                         | status | message                                |
        | /v2.0/networks/none          | 404    | Network none could not be found.       |
        | /v2.0/ports/none             | 404    | Port none could not be found.          |
        | /v2.0/subnets/none           | 404    | Subnet none could not be found.        |
        | /v2.0/security-groups/none   | 404    | Security group none does not exist     |
        | /v2.0/extensions/none        | 404    | Extension with alias none does not exist |
        | /v2.0/nothing                | 404    | The resource could not be found.       |

  Rule: A volume is made, listed and deleted by its project

    Example: Made empty
      Given Nadia has a server in the cloud
      When Nadia's program asks the volume service for POST /v3/{project}/volumes with {"volume":{"name":"data","size":2}}
      Then the cloud answers 202
      And the cloud's answer holds {"volume":{"name":"data","size":2,"status":"creating","bootable":"false","attachments":[]}}

    Example: Made of an image, it can be booted
      Given Nadia has a server in the cloud
      When Nadia's program asks the volume service for POST /v3/{project}/volumes with {"volume":{"size":50,"imageRef":"{image}"}}
      Then the cloud answers 202
      And the cloud's answer holds {"volume":{"bootable":"true","volume_image_metadata":{"image_id":"{image}","os_type":"windows"}}}

    Scenario Outline: The volume service answers <call> with <status>
      Given Nadia's project has the volume "data" of 2 GiB
      When Nadia's program asks the volume service for <call>
      Then the cloud answers <status> "<message>"

      Examples:
        | call                                                               | status | message |
        | GET /v3/{project}/volumes/none                                     | 404 | Volume none could not be found. |
        | GET /v3/{project}/attachments                                      | 404 | API version '3.0' is not supported on this method. |
        | GET /v3/{project}/volumes?limit=x                                  | 400 | Invalid input for field/attribute limit. Value: x. 'x' is not a valid limit. |
        | POST /v3/{project}/volumes with {"volume":{"size":0}}              | 400 | Invalid input received: Volume size '0' must be an integer and greater than 0 |
        | POST /v3/{project}/volumes with {"volume":{"size":1,"imageRef":"none"}} | 400 | Invalid image identifier or unable to access requested image. |
        | POST /v3/{project}/volumes with {"volume":{"size":1,"imageRef":"{image}"}} | 400 | Invalid input received: Volume size 1GB cannot be smaller than the image minDisk size 40GB. |

    Scenario Outline: With "volume <version>" a list is answered <status>
      Given Nadia has a server in the cloud
      When Nadia's program asks the volume service for GET /v3/{project}/volumes/detail with the header "openstack-api-version: volume <version>"
      Then the cloud answers <status>

      Examples:
        | version | status |
        | 3.0     | 200    |
        | 3.70    | 200    |
        | latest  | 200    |
        | 3.71    | 406    |
        | 2.0     | 406    |
        | three   | 400    |

    Scenario Outline: The volume service answers <path> without a token with <status>
      Given Nadia has a server in the cloud
      When Nobody's program asks the volume service for GET <path>
      Then the cloud answers <status>

      Examples:
        | path                  | status |
        | /                     | 300    |
        | /v3                   | 200    |
        | /v3/{project}/volumes | 401    |

  Rule: What a project may have is told to it alone

    Scenario Outline: <person> asks the <service> service for <path>: <status>
      Given Nadia has a server in the cloud
      When <person>'s program asks the <service> service for GET <path>
      Then the cloud answers <status>
      And the cloud's answer holds <part>

      Examples:
        | person | service | path                                             | status | part |
        | Nadia  | volume  | /v3/{project}/limits                             | 200    | {"limits":{"rate":[],"absolute":{"maxTotalVolumes":10,"totalVolumesUsed":0}}} |
        | Nadia  | volume  | /v3/{project}/os-quota-sets/{project}            | 200    | {"quota_set":{"id":"{project}","volumes":10,"gigabytes":1000}} |
        | Nadia  | volume  | /v3/{project}/os-quota-sets/{project}?usage=True | 200    | {"quota_set":{"volumes":{"limit":10,"in_use":0}}} |
        | Nadia  | volume  | /v3/{project}/os-quota-sets/{bo project}         | 403    | {"forbidden":{"code":403}} |
        | Nadia  | network | /v2.0/quotas/{project}                           | 200    | {"quota":{"network":100,"security_group":10}} |
        | Bo     | network | /v2.0/quotas/{project}                           | 403    | {"NeutronError":{"type":"NotAuthorized"}} |
