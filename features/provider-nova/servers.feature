@nova @api
Feature: Cloud servers in the API
  A program makes servers, finds them again and reads them.

  Rule: A server is made at once and runs later

    Example: The answer names it and gives its password
      Given Nadia has a server in the cloud
      When her program asks the cloud for POST /servers with {"server":{"name":"shop","imageRef":"{image}","flavorRef":"{flavor}"}}
      Then the cloud answers 202
      And the server in the answer has exactly the fields id, links, OS-DCF:diskConfig, security_groups, adminPass

    Example: While it is built it has no host, and no address is shown
      Given her program asks the cloud for POST /servers with {"server":{"name":"shop","imageRef":"{image}","flavorRef":"{flavor}"}}
      When her program asks the cloud for GET /servers/detail?name=shop
      Then the first server in the answer shows {"status": "BUILD", "addresses": {}, "OS-EXT-STS:vm_state": "building", "OS-EXT-STS:task_state": "spawning", "OS-SRV-USG:launched_at": null, "progress": 0}

    Example: When it runs it is ACTIVE
      Given her program has made the server "shop"
      When her program asks the cloud for GET /servers/{shop}
      Then the first server in the answer shows {"status": "ACTIVE", "OS-EXT-STS:task_state": null, "OS-EXT-STS:power_state": 1}

    Example: A build that fails ends in ERROR
      Given this goes wrong at the cloud: driver-error:function=create
      And her program has made the server "shop"
      When her program asks the cloud for GET /servers/{shop}
      Then the first server in the answer shows {"status": "ERROR", "fault": {"code": 500, "created": "2026-03-01T12:00:00Z", "message": "Build of instance {shop} aborted: the hypervisor was told to fail"}}

    Example: Several at once are numbered
      Given her program has made the server "shop" with {"min_count": 2, "max_count": 3}
      When her program asks the cloud for GET /servers?sort_key=display_name&sort_dir=asc&name=shop
      Then the cloud's answer lists ["shop-1", "shop-2", "shop-3"]

    Scenario Outline: <wanted> is refused
      Given Nadia has a server in the cloud
      When her program asks the cloud for POST /servers with {"server":{"name":"shop","flavorRef":"{flavor}",<wanted>}}
      Then the cloud answers <status> "<message>"

      Examples:
        | wanted                                                                                             | status | message                                                                            |
        | "imageRef":""                                                                                      | 400    | Missing imageRef attribute                                                         |
        | "imageRef":"00000000-0000-4000-8000-000000000000"                                                  | 400    | Can not find requested image                                                       |
        | "imageRef":"{image}","flavorRef":"huge"                                                            | 400    | Flavor huge could not be found.                                                    |
        | "imageRef":"{image}","networks":[{"uuid":"00000000-0000-4000-8000-000000000000"}]                  | 400    | Network 00000000-0000-4000-8000-000000000000 could not be found.                   |
        | "imageRef":"{image}","min_count":3,"max_count":2                                                   | 400    | min_count must be <= max_count                                                     |
        | "block_device_mapping_v2":[{"source_type":"blank","destination_type":"volume","volume_size":1}]    | 400    | Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid. |
        | "block_device_mapping_v2":[{"source_type":"volume","boot_index":0}]                                | 400    | Block Device Mapping is Invalid: Missing device UUID.                              |

    Example: A server can boot from a new volume
      Given her program has made the server "db" with {"imageRef":"","block_device_mapping_v2":[{"source_type":"image","uuid":"{image}","destination_type":"volume","volume_size":40,"boot_index":0}]}
      When her program asks the cloud for GET /servers/{db}
      Then the first server in the answer shows {"status": "ACTIVE", "image": ""}

    Example: A change of name and description
      Given her program asks for microversion 2.19
      When her program asks the cloud for PUT /servers/{server} with {"server":{"description":"front end"}}
      Then the cloud answers 200
      And her cloud server shows {"description": "front end"}

  Rule: Lists are filtered, sorted and cut into pages

    Background:
      Given her program has made the server "shop"
      And her program has made the server "blog" with {"accessIPv4":"192.0.2.1"}

    Scenario Outline: GET /servers?<query>
      When her program asks the cloud for GET /servers?<query>
      Then the cloud's answer lists <names>

      Examples:
        | query                                              | names                      |
        | sort_key=display_name&sort_dir=asc                 | ["blog", "shop", "web-01"] |
        | name=^b                                            | ["blog"]                   |
        | name=%28a%2B%29%2B%24                                 | []                         |
        | status=active&sort_key=display_name&sort_dir=desc  | ["web-01", "shop", "blog"] |
        | status=RESCUE                                      | []                         |
        | status=nonsense                                    | []                         |
        | image={image}&limit=1                              | ["blog"]                   |
        | flavor=huge                                        | []                         |
        | marker={shop}                                      | ["web-01"]                 |
        | changes-since=2026-03-01T12:00:10Z                 | ["blog"]                   |
        | ip=203.0.113.10                                    | ["web-01"]                 |
        | unknown=1&limit=2                                  | ["blog", "shop"]           |

    Example: A full page links to the next
      When her program asks the cloud for GET /servers?limit=1
      Then the next page of the answer lists ["shop"]

    Example: What was deleted shows in the list of changes
      Given her program has made the server "old" and deleted it
      When her program asks the cloud for GET /servers/detail?changes-since=2026-03-01T12:00:20Z
      Then the first server in the answer shows {"id": "{old}", "status": "DELETED", "OS-EXT-STS:vm_state": "deleted"}

    Scenario Outline: GET /servers?<query> at <version> is refused
      Given her program asks for microversion <version>
      When her program asks the cloud for GET /servers?<query>
      Then the cloud answers <status> "<message>"

      Examples:
        | version | query                | status | message                                                                                                           |
        | 2.1     | limit=-1             | 400    | Invalid input for query parameters limit. Value: -1. '-1' does not match '^[0-9]*$'                                |
        | 2.1     | limit=x              | 400    | Invalid input for query parameters limit. Value: x. 'x' does not match '^[0-9]*$'                                  |
        | 2.1     | marker=x             | 400    | marker [x] not found                                                                                              |
        | 2.1     | name=(               | 400    | Invalid input for query parameters name. Value: (. '(' is not a 'regex'                                            |
        | 2.1     | changes-since=soon   | 400    | Invalid input for query parameters changes-since. Value: soon. 'soon' is not a 'date-time'                         |
        | 2.1     | all_tenants=1        | 403    | Policy doesn't allow os_compute_api:servers:index:get_all_tenants to be performed.                                 |
        | 2.1     | status=deleted       | 403    | Only administrators may list deleted instances                                                                    |
        | 2.1     | sort_key=host        | 403    | Only administrators can sort servers by host                                                                      |
        | 2.38    | status=nonsense      | 400    | Invalid status value                                                                                              |
        | 2.75    | unknown=1            | 400    | 'unknown' does not match any of the regexes: '^_'                                                                 |

  Rule: What is not there is not found

    Scenario Outline: GET <path>
      Given Nadia has a server in the cloud
      When her program asks the cloud for GET <path>
      Then the cloud answers 404 "<message>"

      Examples:
        | path                                   | message                                    |
        | /servers/nothing                       | Instance nothing could not be found.       |
        | /flavors/huge                          | Flavor huge could not be found.            |
        | /images/nothing                        | Image not found.                           |
        | /nothing                               | The resource could not be found.           |
        | /servers/{server}/metadata/x           | Metadata item was not found                |
        | /servers/{server}/os-instance-actions/x | Action x not found                        |
        | /servers/{server}/ips/x                | Instance is not a member of specified network |

    Example: A deleted server is not found, and its actions are from 2.21 on
      Given her program asks for microversion 2.21
      And her program has made the server "shop" and deleted it
      When her program asks the cloud for GET /servers/{shop}/os-instance-actions
      Then the recorded actions are "delete, create"

  Rule: Flavors, addresses and metadata

    Scenario Outline: GET /flavors?<query>
      Given the cloud's flavors are "small, medium, large"
      When her program asks the cloud for GET /flavors?<query>
      Then the cloud's answer lists <names>

      Examples:
        | query                         | names                        |
        | sort_key=flavorid             | ["large", "medium", "small"] |
        | minRam=4096&sort_key=name     | ["large", "medium"]          |
        | sort_key=memory_mb&limit=1    | ["small"]                    |
        | sort_key=memory_mb&sort_dir=desc&marker=large | ["medium", "small"] |

    Example: Metadata is added to and replaced
      Given her program asks the cloud for POST /servers/{server}/metadata with {"metadata":{"a":"1"}}
      And her program asks the cloud for PUT /servers/{server}/metadata/b with {"meta":{"b":"2"}}
      When her program asks the cloud for DELETE /servers/{server}/metadata/a
      Then the cloud answers 204
      And her cloud server shows {"metadata": {"b": "2"}}
