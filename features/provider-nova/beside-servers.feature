@nova @api
Feature: What a user and a project have beside servers
  Programs ask for key pairs, server groups, limits and zones before they make a server.

  Rule: A key pair belongs to the user, and a server takes over its public key

    Scenario Outline: In microversion <version> a given key is answered <status>, with <fields>
      Given her program asks for microversion <version>
      When her program asks the cloud for POST /os-keypairs with {"keypair":{"name":"desk","public_key":"{ssh key}"}}
      Then the cloud answers <status>
      And the "keypair" in the answer has exactly the fields <fields>

      Examples:
        | version | status | fields                                       |
        | 2.1     | 200    | name, public_key, fingerprint, user_id       |
        | 2.2     | 201    | name, public_key, fingerprint, type, user_id |

    Scenario Outline: A key of type <type> is made, and its private half shown once
      Given her program asks for microversion 2.90
      When her program asks the cloud for POST /os-keypairs with {"keypair":{"name":"desk","type":"<type>"}}
      Then the cloud answers 201
      And the private key in the answer fits its public key
      And GET /os-keypairs/desk shows the "keypair" with exactly the fields name, public_key, fingerprint, type, user_id, created_at, deleted, deleted_at, id, updated_at

      Examples:
        | type |
        | ssh  |
        | x509 |

    Scenario Outline: <keypair> is refused in microversion <version>
      Given her program asks for microversion <version>
      And her program has given the key pair "taken"
      When her program asks the cloud for POST /os-keypairs with {"keypair":<keypair>}
      Then the cloud answers <status> "<message>"

      Examples:
        | version | keypair                               | status | message |
        | 2.1     | {"name":"taken","public_key":"{ssh key}"} | 409 | Key pair 'taken' already exists. |
        | 2.1     | {"name":"desk","public_key":"ssh-rsa none"} | 400 | Keypair data is invalid: failed to generate fingerprint |
        | 2.1     | {"name":"de.sk"}                      | 400    | An invalid 'name' value was provided. The name must be: Only expected characters: [_- 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ] |
        | 2.1     | {"name":"desk","type":"ssh"}          | 400    | Invalid input for field/attribute keypair. Value: {'name': 'desk', 'type': 'ssh'}. Additional properties are not allowed ('type' was unexpected) |
        | 2.2     | {"name":"desk","type":"dsa"}          | 400    | Invalid input for field/attribute type. Value: dsa. 'dsa' is not one of ['ssh', 'x509'] |
        | 2.9     | {"name":"desk","user_id":"{bo id}"}   | 400    | Invalid input for field/attribute keypair. Value: {'name': 'desk', 'user_id': '{bo id}'}. Additional properties are not allowed ('user_id' was unexpected) |
        | 2.10    | {"name":"desk","user_id":"{bo id}"}   | 403    | Policy doesn't allow os_compute_api:os-keypairs:create to be performed. |
        | 2.90    | {"public_key":"{ssh key}"}            | 400    | Invalid input for field/attribute keypair. Value: {'public_key': '{ssh key}'}. 'name' is a required property |

    Scenario Outline: In microversion <version> the list is <answer>
      Given her program asks for microversion <version>
      And her program has given the key pair "second"
      And her program has given the key pair "first"
      When her program asks the cloud for GET /os-keypairs?limit=1
      Then the cloud's answer names the key pairs <names>

      Examples:
        | version | answer        | names               |
        | 2.34    | whole         | ["first", "second"] |
        | 2.35    | in pages      | ["first"]           |

    Scenario Outline: In microversion <version> a deletion is answered <status>
      Given her program asks for microversion <version>
      And her program has given the key pair "desk"
      When her program asks the cloud for DELETE /os-keypairs/desk
      Then the cloud answers <status>

      Examples:
        | version | status |
        | 2.1     | 202    |
        | 2.2     | 204    |

    Example: Another user's key pair is not there
      Given her program has given the key pair "desk"
      When Bo's program asks the compute service for GET /os-keypairs/desk
      Then the cloud answers 404 "Keypair desk not found for user {bo id}"

    Example: A reader makes key pairs too: they are no project's
      Given Nadia has a server in the cloud
      When Olga's program asks the compute service for POST /os-keypairs with {"keypair":{"name":"desk","public_key":"{ssh key}"}}
      Then the cloud answers 200

    Example: The guest is told the key of its server, also when the pair is gone
      Given her program has made the server "shop" with the key pair "desk"
      When her program asks the cloud for DELETE /os-keypairs/desk
      Then the metadata of "shop" has the key "desk"
      And GET /servers/{shop} shows the "server" with {"key_name": "desk"}

    Scenario Outline: A server with <wanted> is refused
      Given Nadia has a server in the cloud
      When her program asks the cloud for POST /servers with {"server":{"name":"shop","imageRef":"{image}","flavorRef":"{flavor}",<wanted>}}
      Then the cloud answers 400 "<message>"

      Examples:
        | wanted                                  | message                                                |
        | "key_name":"none"                       | Invalid key_name provided.                             |
        | "availability_zone":"mars"              | The requested availability zone is not available       |
        | "security_groups":[{"name":"none"}]     | Unable to find security_group with name or id 'none'   |

    Example: A password that the agent has set can be read with the key
      Given the guests of the cloud's image run QEMU's agent
      And her program has made the server "shop" with the key pair "desk"
      When her program changes the password of the server "shop" to "N3w-one!"
      Then the cloud answers 202
      And the key "desk" reads "N3w-one!" in the password of "shop"

  Rule: A server group has one policy and knows its servers

    Scenario Outline: In microversion <version> <group> makes <fields>
      Given her program asks for microversion <version>
      When her program asks the cloud for POST /os-server-groups with {"server_group":<group>}
      Then the cloud answers 200
      And the "server_group" in the answer has exactly the fields <fields>

      Examples:
        | version | group                                                                           | fields                                                |
        | 2.1     | {"name":"web","policies":["affinity"]}                                          | id, name, policies, metadata, members                 |
        | 2.13    | {"name":"web","policies":["anti-affinity"]}                                     | id, name, policies, metadata, members, project_id, user_id |
        | 2.64    | {"name":"web","policy":"anti-affinity","rules":{"max_server_per_host":2}}       | id, name, policy, rules, members, project_id, user_id |

    Scenario Outline: In microversion <version> <group> is refused
      Given her program asks for microversion <version>
      When her program asks the cloud for POST /os-server-groups with {"server_group":<group>}
      Then the cloud answers 400 "<message>"

      Examples:
        | version | group                                                        | message |
        | 2.14    | {"name":"web","policies":["soft-affinity"]}                  | Invalid input for field/attribute 0. Value: soft-affinity. 'soft-affinity' is not one of ['anti-affinity', 'affinity'] |
        | 2.14    | {"name":"web","policies":[]}                                 | Invalid input for field/attribute policies. Value: []. [] is too short |
        | 2.64    | {"name":"web","policies":["affinity"]}                       | Invalid input for field/attribute server_group. Value: {'name': 'web', 'policies': ['affinity']}. 'policy' is a required property |
        | 2.64    | {"name":"web","policy":"affinity","rules":{"max_server_per_host":2}} | Only anti-affinity policy supports rules. |

    Example: A server made with the group's hint is its member
      Given her program asks for microversion 2.71
      And her program has made the server "shop" in a new group "web"
      When her program asks the cloud for GET /os-server-groups/{web}
      Then the cloud's answer holds {"server_group":{"members":["{shop}"]}}
      And GET /servers/{shop} shows the "server" with {"server_groups": ["{web}"]}

    Scenario Outline: With <hosts> hosts and <group> the second member is <status>
      Given the cloud has <hosts> compute hosts
      And her program has made the server "one" in a new group with <group>
      When her program makes the server "two" in that group
      Then the server "two" is <status> <how>

      Examples:
        | hosts | group                                                      | status | how |
        | 1     | {"policy":"anti-affinity"}                                 | ERROR  | for 500 "No valid host was found. There are not enough hosts available." |
        | 2     | {"policy":"anti-affinity"}                                 | ACTIVE | on another host than "one" |
        | 1     | {"policy":"anti-affinity","rules":{"max_server_per_host":2}} | ACTIVE | on the host of "one" |
        | 1     | {"policy":"soft-anti-affinity"}                            | ACTIVE | on the host of "one" |
        | 2     | {"policy":"soft-anti-affinity"}                            | ACTIVE | on another host than "one" |
        | 2     | {"policy":"affinity"}                                      | ACTIVE | on the host of "one" |
        | 2     | {"policy":"soft-affinity"}                                 | ACTIVE | on the host of "one" |

    Example: Of servers that one request makes all get a host, or none does
      Given the cloud has 2 compute hosts
      And her program has made the server "one" in a new group with {"policy":"anti-affinity"}
      When her program makes 2 servers "more" in that group
      Then the server "more-1" is ERROR for 500 "No valid host was found. There are not enough hosts available."
      And the server "more-2" is ERROR for 500 "No valid host was found. There are not enough hosts available."

    Example: Another project's group is not there
      Given her program asks for microversion 2.71
      And her program has made the server group "web"
      When Bo's program asks the compute service for GET /os-server-groups/{web}
      Then the cloud answers 404 "Instance group {web} could not be found."

  Rule: A project has no more servers than its quota allows

    Scenario Outline: With <how many> are refused
      Given her program has made 8 servers
      When her program asks the cloud for POST /servers with {"server":{"name":"more","imageRef":"{image}","flavorRef":"{flavor}",<how many>}}
      Then the cloud answers 403 "<message>"

      Examples:
        | how many                    | message |
        | "min_count":2               | Quota exceeded for cores, instances: Requested 4, 2, but already used 18, 9 of 20, 10 cores, instances |
        | "min_count":2,"max_count":3 | Quota exceeded for cores, instances: Requested 6, 2-3, but already used 18, 9 of 20, 10 cores, instances |

    Example: As many are made as there is room for
      Given her program has made 8 servers
      When her program asks the cloud for POST /servers with {"server":{"name":"more","imageRef":"{image}","flavorRef":"{flavor}","max_count":5}}
      Then the cloud answers 202
      And the list of servers has 10

    Example: A server that is deleted makes room
      Given her program has made 9 servers
      And she has deleted one of them
      When her program asks the cloud for POST /servers with {"server":{"name":"more","imageRef":"{image}","flavorRef":"{flavor}"}}
      Then the cloud answers 202

    Example: The host has no room for what the quota allows
      Given the hosts of the cloud have room for 2 servers
      And her program has made the server "one"
      When her program has made the server "two"
      Then the server "two" is ERROR for 500 "No valid host was found. "

  Rule: Limits and zones are told to everybody

    Scenario Outline: In microversion <version> the limits have <many> numbers
      Given Nadia has a server in the cloud
      And her program asks for microversion <version>
      When her program asks the cloud for GET /limits
      Then the cloud's answer holds {"limits":{"rate":[],"absolute":{"maxTotalCores":20,"totalInstancesUsed":1,"totalCoresUsed":2,"totalRAMUsed":2048}}}
      And the answer has <many> absolute limits

      Examples:
        | version | many |
        | 2.1     | 19   |
        | 2.36    | 14   |
        | 2.39    | 13   |
        | 2.57    | 11   |

    Scenario Outline: <person> asks for <path>: <status>
      Given Nadia has a server in the cloud
      When <person>'s program asks the compute service for GET <path>
      Then the cloud answers <status>

      Examples:
        | person | path                                    | status |
        | Olga   | /limits                                 | 200    |
        | Olga   | /limits?tenant_id={bo id}               | 403    |
        | Olga   | /os-availability-zone                   | 200    |
        | Olga   | /os-quota-sets/{project}                | 200    |
        | Olga   | /os-quota-sets/{project}/defaults       | 200    |
        | Olga   | /os-quota-sets/{project}/detail         | 200    |
        | Bo     | /os-quota-sets/{project}                | 403    |
        | Olga   | /servers/{server}/os-security-groups    | 200    |
        | Olga   | /os-security-groups                     | 200    |

    Example: The zone has no hosts for a customer
      Given Nadia has a server in the cloud
      When her program asks the cloud for GET /os-availability-zone
      Then the cloud's answer holds {"availabilityZoneInfo":[{"zoneName":"nova","zoneState":{"available":true},"hosts":null}]}

  Rule: A server's ports are in security groups

    Example: Taken out of its only group a server shows none
      Given Nadia has a server in the cloud
      And her program asks her cloud server for {"removeSecurityGroup":{"name":"default"}}
      When her program asks the cloud for GET /servers/{server}/os-security-groups
      Then the cloud's answer lists []

    Example: A group may be called by its id
      Given her program asks her cloud server for {"removeSecurityGroup":{"name":"default"}}
      When her program asks her cloud server for {"addSecurityGroup":{"name":"{default group}"}}
      Then the cloud answers 202
      And GET /servers/{server} shows the "server" with {"security_groups": [{"name": "default"}]}

    Scenario Outline: <action> is refused
      Given Nadia has a server in the cloud
      When her program asks her cloud server for {<action>}
      Then the cloud answers <status> "<message>"

      Examples:
        | action                              | status | message |
        | "addSecurityGroup":{"name":"none"}  | 404    | Security group none is not found for project {project} |
        | "addSecurityGroup":null             | 400    | Missing parameter dict |
        | "removeSecurityGroup":{}            | 400    | Security group not specified |
        | "removeSecurityGroup":{"name":" "}  | 400    | Security group name cannot be empty |

  Rule: Tags are put, replaced and taken away one by one

    Example: A new tag has a place of its own
      Given Nadia has a server in the cloud
      And her program asks for microversion 2.26
      When her program asks the cloud for PUT /servers/{server}/tags/green
      Then the cloud answers 201
      And GET /servers/{server} shows the "server" with {"tags": ["green"]}

    Example: A tag that is not there
      Given Nadia has a server in the cloud
      And her program asks for microversion 2.26
      When her program asks the cloud for GET /servers/{server}/tags/none
      Then the cloud answers 404 "Server {server} has no tag 'none'"

    Scenario Outline: <method> <path> with <body>: <status>
      Given Nadia has a server in the cloud
      And her program asks for microversion 2.26
      When her program asks the cloud for <method> <path> with <body>
      Then the cloud answers <status>

      Examples:
        | method | path                              | body                         | status |
        | PUT    | /servers/{server}/tags            | {"tags":["red","blue"]}      | 200    |
        | PUT    | /servers/{server}/tags            | {"tags":["a,b"]}             | 400    |
        | PUT    | /servers/{server}/tags/a,b        | null                         | 400    |
        | PUT    | /servers/{server}/tags/green      | {"tag":"green"}              | 400    |
        | DELETE | /servers/{server}/tags/none       | null                         | 404    |
        | DELETE | /servers/{server}/tags            | null                         | 204    |

  Rule: What only the operator may ask is refused to everybody

    Scenario Outline: <call> is refused with the rule <rule>
      Given Nadia has a server in the cloud
      When her program asks the cloud for <call>
      Then the cloud answers 403 "Policy doesn't allow os_compute_api:<rule> to be performed."

      Examples:
        | call                                    | rule                          |
        | GET /os-services                        | os-services:list              |
        | GET /os-hypervisors                     | os-hypervisors:list           |
        | GET /os-hypervisors/detail              | os-hypervisors:list-detail    |
        | GET /os-hypervisors/statistics          | os-hypervisors:statistics     |
        | GET /os-aggregates                      | os-aggregates:index           |
        | GET /os-migrations                      | os-migrations:index           |
        | GET /os-hosts                           | os-hosts:list                 |
        | GET /os-availability-zone/detail        | os-availability-zone:detail   |
        | GET /os-simple-tenant-usage             | os-simple-tenant-usage:list   |
        | GET /servers/{server}/diagnostics       | os-server-diagnostics         |
        | PUT /os-quota-sets/{project} with {"quota_set":{"cores":1}} | os-quota-sets:update |
        | POST /flavors with {"flavor":{"name":"x","ram":1,"vcpus":1,"disk":1}} | os-flavor-manage:create |
        | POST /servers/{server}/action with {"migrate":null} | os-migrate-server:migrate |

    Scenario Outline: From microversion <version> on <path> is not there
      Given her program asks for microversion <version>
      When her program asks the cloud for GET <path>
      Then the cloud answers 404

      Examples:
        | version | path                        |
        | 2.36    | /os-security-groups         |
        | 2.43    | /os-hosts                   |
        | 2.88    | /os-hypervisors/statistics  |

    Example: What Nova has taken out is gone
      Given Nadia has a server in the cloud
      When her program asks the cloud for GET /os-cells
      Then the cloud answers 410 "This resource is no longer available.  No forwarding address is given."
