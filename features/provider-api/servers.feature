@ovh @api
Feature: A dedicated server in the API
  A program reads a server and its surroundings, and changes what a customer may change.

  Rule: Every answer has the shape that the provider's schema gives it

    Scenario Outline: GET <path> is a <type>
      Given Nadia has a dedicated server
      And she rents a KVM over IP with her server
      When her program calls GET <path>
      Then the answer is 200
      And the answer fits "<type>"

      Examples:
        | path                                                     | type                                    |
        | /auth/time                                               | long                                    |
        | /auth/currentCredential                                  | api.Credential                          |
        | /auth/details                                            | auth.Details                            |
        | /me                                                      | nichandle.Nichandle                     |
        | /me/notification/email/history                           | long[]                                  |
        | /dedicated/server                                        | string[]                                |
        | /dedicated/server/{server}                               | dedicated.server.DedicatedWithIAM       |
        | /dedicated/server/{server}/serviceInfos                  | services.Service                        |
        | /dedicated/server/{server}/boot                          | long[]                                  |
        | /dedicated/server/{server}/boot/1                        | dedicated.server.Netboot                |
        | /dedicated/server/{server}/boot/1/option                 | dedicated.server.BootOptionEnum[]       |
        | /dedicated/server/{server}/task                          | long[]                                  |
        | /dedicated/server/{server}/ongoing                       | dedicated.ExposedTask[]                 |
        | /dedicated/server/{server}/intervention                  | long[]                                  |
        | /dedicated/server/{server}/features/ipmi                 | dedicated.server.Ipmi                   |
        | /dedicated/server/{server}/features/ipmi/test?type=ping  | dedicated.server.IpmiTestResult         |
        | /dedicated/server/{server}/features/bmc                  | dedicated.server.BMC                    |
        | /dedicated/server/{server}/operation                     | string[]                                |
        | /dedicated/server/{server}/features/kvm                  | dedicated.server.kvm                    |
        | /dedicated/server/{server}/specifications/hardware       | dedicated.server.HardwareSpecifications |
        | /dedicated/server/{server}/specifications/network        | dedicated.server.NetworkSpecifications  |

    Example: A netboot can have options
      Given the netboot "rescue-customer" of her server has the option ipv6 "yes"
      When her program calls GET /dedicated/server/{server}/boot/1122/option/ipv6
      Then the answer holds {"option": "ipv6", "value": "yes"}

    Example: Nothing is being installed
      Given Nadia has a dedicated server
      When her program calls GET /dedicated/server/{server}/install/status
      Then the answer is 404 "Server is not being installed or reinstalled at the moment"

  Rule: A change is answered empty, and keeps what it does not name

    Example: A change has no content
      Given Nadia has a dedicated server
      When her program calls PUT /dedicated/server/{server} with {"monitoring": false}
      Then the answer has no content

    Example: An empty list is no parameters, as PHP's client writes them
      Given Nadia has a dedicated server
      When a program calls POST /dedicated/server/{server}/reboot over plain HTTP with []
      Then the answer is 200

    Scenario Outline: <change> is read again
      Given Nadia has a dedicated server
      When a program calls PUT /dedicated/server/{server} over plain HTTP with <change>
      Then a read of /dedicated/server/{server} holds <read>

      Examples:
        | change                                           | read                                              |
        | {"monitoring": false}                            | {"monitoring": false, "noIntervention": false}    |
        | {"noIntervention": true}                         | {"monitoring": true, "noIntervention": true}      |
        | {"rescueMail": "a@example.net"}                  | {"rescueMail": "a@example.net"}                   |
        | {"rescueMail": null}                             | {"rescueMail": null}                              |
        | {"rootDevice": "/dev/sda1"}                      | {"rootDevice": "/dev/sda1"}                       |
        | {"efiBootloaderPath": "\\\\efi\\\\x.efi"}        | {"efiBootloaderPath": "\\\\efi\\\\x.efi"}         |
        | {"bootScript": "#!ipxe"}                         | {"bootScript": "#!ipxe"}                          |
        | {"name": "other", "os": "none_64"}               | {"name": "{server}", "os": "win2022-std_64"}      |

    Example: The renewal of the service can be changed
      Given Nadia has a dedicated server
      When her program calls PUT /dedicated/server/{server}/serviceInfos with {"renew": {"automatic": true, "deleteAtExpiration": true, "forced": false, "period": 1}}
      Then a read of /dedicated/server/{server}/serviceInfos holds {"renew": {"automatic": true, "deleteAtExpiration": true, "period": 1, "forced": false, "manualPayment": false}}

  Rule: A request that does not fit the schema is refused, and changes nothing

    Scenario Outline: <call> is refused
      Given Nadia has a dedicated server
      When a program calls <call>
      Then the answer is 400 "<message>"

      Examples:
        | call                                                                                              | message                                                                                  |
        | PUT /dedicated/server/{server} over plain HTTP with {"bootId": "1"}                               | Invalid parameter bootId: \"1\" is not of type long                                      |
        | PUT /dedicated/server/{server} over plain HTTP with {"bootId": 1.5}                               | Invalid parameter bootId: 1.5 is not of type long                                        |
        | PUT /dedicated/server/{server} over plain HTTP with {"monitoring": null}                          | Invalid parameter monitoring: null is not of type boolean                                |
        | PUT /dedicated/server/{server} over plain HTTP with {"state": "broken"}                           | Invalid parameter state: \"broken\" is not one of error, hacked, hackedBlocked, ok       |
        | PUT /dedicated/server/{server} over plain HTTP with {"rescueMail": "nobody"}                      | Invalid parameter rescueMail: \"nobody\" is not an e-mail address                        |
        | PUT /dedicated/server/{server} over plain HTTP with {"colour": "red"}                             | Received not described parameters: (colour) while calling modification handler           |
        | PUT /dedicated/server/{server} over plain HTTP with [1]                                           | The body of the request is not a JSON object                                             |
        | PUT /dedicated/server/{server} over plain HTTP with {"bootId":                                    | The body of the request is not JSON                                                      |
        | GET /dedicated/server/{server}/boot?bootType=floppy over plain HTTP                               | Invalid parameter bootType: \"floppy\" is not one of harddisk, internal, network, power, rescue |
        | GET /dedicated/server/{server}/boot/rescue over plain HTTP                                        | Invalid parameter bootId: \"rescue\" is not of type long                                 |
        | GET /dedicated/server/{server}/task?status=lost over plain HTTP                                   | Invalid parameter status: \"lost\" is not one of cancelled, customerError, doing, done, init, ovhError, todo |
        | GET /dedicated/server/{server}/features/ipmi/access over plain HTTP                               | Missing mandatory parameter type                                                         |
        | POST /dedicated/server/{server}/features/ipmi/access over plain HTTP with {"type": "kvmipHtml5URL"} | Missing mandatory parameter ttl                                                        |
        | POST /dedicated/server/{server}/features/ipmi/test over plain HTTP with {"type": "ping", "ttl": 2} | Invalid parameter ttl: 2 is not one of 1, 3, 5, 10, 15                                  |
        | POST /dedicated/server/{server}/reboot over plain HTTP with {"force": true}                       | Received not described parameters: (force) while calling creation handler                |
        | POST /secret/retrieve over plain HTTP with {"id": 7}                                              | Invalid parameter id: 7 is not of type string                                            |
        | POST /auth/credential over plain HTTP with {"accessRules": {"method": "GET"}}                     | Body parameter accessRules isn't formated correctly                                      |

  Rule: A service that has run out is refused, and still says when it ran out

    Scenario Outline: <path> is answered <status> then
      Given the service of her server has run out
      When her program calls GET <path>
      Then the answer is <status>

      Examples:
        | path                                    | status |
        | /dedicated/server/{server}              | 460    |
        | /dedicated/server/{server}/boot         | 460    |
        | /dedicated/server/{server}/serviceInfos | 200    |
        | /dedicated/server                       | 200    |

  Rule: The read after a change can be stale, as customers report

    Scenario Outline: <seconds> seconds after the change the address is <read>
      Given reads after a change are stale for 60 seconds
      And her rescue address is new@example.net
      When <seconds>s pass
      Then a read of /dedicated/server/{server} holds {"rescueMail": <read>}

      Examples:
        | seconds | read              |
        | 59      | null              |
        | 60      | "new@example.net" |
