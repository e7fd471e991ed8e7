@nova @api @clients
Feature: The commands openstack and nova
  Customers rescue their servers with other people's clients, which say what they make of the cloud's answers.

  Background:
    Given Nadia points openstack and nova at her cloud

  Rule: Both show a server as it is

    Scenario Outline: <command> prints a line
      Given her server is in rescue
      When she types "<command>"
      Then it prints "<line>"

      Examples:
        | command                                                                | line |
        | openstack server list                                                  | {server} web-01 RESCUE public=2001:db8::2, 203.0.113.10 Windows Server (stand-in) 2 GB General Purpose |
        | openstack server show web-01 -f value -c OS-EXT-STS:vm_state           | rescued |
        | openstack image list -f value                                          | {image} Windows Server (stand-in) active |
        | nova list                                                              | {server} web-01 RESCUE - Running public=203.0.113.10, 2001:db8::2 |
        | nova show web-01                                                       | OS-EXT-STS:vm_state rescued |

  Rule: openstack rescues with what it was told, and never shows a password

    Scenario Outline: openstack server rescue <options>
      Given she exports "OS_COMPUTE_API_VERSION=2.1"
      When she types "openstack server rescue <options> web-01"
      Then it prints nothing and ends with 0
      And her server is rescued

      Examples:
        | options                            |
        |                                    |
        | --password Gift3d!                 |
        | --password Gift3d! --image {image} |

    Example: openstack ends a rescue
      Given her server is in rescue
      When she types "openstack server unrescue web-01"
      Then it prints nothing and ends with 0
      And her server is active

    Example: openstack restarts a server and waits for it
      Given she exports "OS_COMPUTE_API_VERSION=2.1"
      When she types "openstack server reboot --hard --wait web-01"
      Then it prints "Complete"

    Example: openstack opens the console of a server in rescue
      Given her server is in rescue
      When she types "openstack console url show web-01 -f value -c url"
      Then it prints a line like ^http://127\.0\.0\.1:\d+/vnc_auto\.html\?path=%3Ftoken%3D[0-9a-f-]{36}$

    Example: An application credential is as good as a password
      Given she signs in by an application credential that she made
      When she types "openstack server list -f value -c Name"
      Then it prints "web-01"

  Rule: nova shows the password of a rescue, once

    Example: nova rescue makes one
      Given she exports "OS_COMPUTE_API_VERSION=2.1"
      When she types "nova rescue web-01"
      Then it prints a line like ^\| adminPass \| [2-9A-Za-z]{12} \|$
      And her server is rescued

    Example: nova rescue takes one, and an image
      Given she exports "OS_COMPUTE_API_VERSION=2.1"
      When she types "nova rescue --password Gift3d! --image {image} web-01"
      Then it prints "adminPass Gift3d!"
      And her server is rescued

    Example: nova ends a rescue
      Given her server is in rescue
      When she types "nova unrescue web-01"
      Then it prints nothing and ends with 0
      And her server is active

    Example: nova opens the console of a server in rescue
      Given her server is in rescue
      When she types "nova get-vnc-console web-01 novnc"
      Then it prints a line like http://127\.0\.0\.1:\d+/vnc_auto\.html\?path=%3Ftoken%3D

    Example: nova restarts a server
      When she types "nova reboot --hard web-01"
      Then it prints "Request to reboot server web-01 ({server}) has been accepted."

  Rule: Both make servers

    Scenario Outline: <command>
      Given she exports "OS_COMPUTE_API_VERSION=2.1"
      When she types "<command>"
      Then it prints "<line>"

      Examples:
        | command                                                                                        | line   |
        | openstack server create --image {image} --flavor general1-2 --wait -f value -c status shop       | ACTIVE |
        | openstack server create --image {image} --flavor general1-2 --config-drive true -f value -c config_drive shop | True |
        | nova boot --image {image} --flavor general1-2 --poll shop                                        | Server building... 100% complete |

  Rule: What the cloud refuses is told in the cloud's words

    Scenario Outline: In rescue, <command> is refused
      Given her server is in rescue
      When she types "<command>"
      Then it fails and says Cannot '<action>' instance {server} while it is in vm_state rescued (HTTP 409)

      Examples:
        | command                        | action |
        | openstack server rescue web-01 | rescue |
        | openstack server reboot web-01 | reboot |
        | openstack server stop web-01   | stop   |
        | nova rescue web-01             | rescue |
        | nova reboot --hard web-01      | reboot |

    Scenario Outline: With <settings>, <command> fails
      Given she exports "<settings>"
      When she types "<command>"
      Then it fails and says <text>

      Examples:
        | settings                                     | command                        | text |
        | OS_PASSWORD=guessed                          | openstack server list          | The request you have made requires authentication. (HTTP 401) |
        | OS_PROJECT_NAME=other-lab OS_PROJECT_ID=     | nova list                      | The request you have made requires authentication. (HTTP 401) |
        | OS_USERNAME=olga OS_PASSWORD={olga password} | openstack server rescue web-01 | Policy doesn't allow os_compute_api:os-rescue to be performed. (HTTP 403) |
        | OS_USERNAME=olga OS_PASSWORD={olga password} | nova rescue web-01             | Policy doesn't allow os_compute_api:os-rescue to be performed. (HTTP 403) |
        | OS_COMPUTE_API_VERSION=2.1                   | openstack server rescue nosuch | No server with a name or ID of 'nosuch' exists. |
        | OS_COMPUTE_API_VERSION=2.1                   | nova rescue nosuch             | No server with a name or ID of 'nosuch' exists. |

    Scenario Outline: With microversion <version> a volume-backed server is refused
      Given her server "db" boots from a volume
      When she types "openstack --os-compute-api-version <version> server rescue db"
      Then it fails and says cannot be rescued: Cannot rescue a volume-backed instance (HTTP 400)

      Examples:
        | version |
        | 2.86    |
        | 2.87    |

    Example: A rescue whose image is gone fails later, and the fault says why
      Given the image of her server was deleted
      And she typed "openstack server rescue web-01"
      When she types "openstack server show web-01 -f value -c status -c fault"
      Then it prints a line like ^ERROR$
