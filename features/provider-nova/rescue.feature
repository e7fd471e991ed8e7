@nova @api
Feature: Rescue of a cloud server
  A server in rescue runs a fresh system; its own disk is attached beside it. The API tells where it stands.

  Rule: The status stays as it was on the way, and is ACTIVE afterwards whatever it was before

    Scenario Outline: A server that is <before> stays <status> while it enters rescue
      Given her cloud server is <before>
      When her program asks her cloud server for {"rescue":null}
      Then the cloud answers 200
      And her cloud server is <status> with vm_state <vm_state>, task_state rescuing and power_state <power>

      Examples:
        | before   | status  | vm_state | power |
        | active   | ACTIVE  | active   | 1     |
        | stopped  | SHUTOFF | stopped  | 4     |
        | in error | ERROR   | error    | 1     |

    Scenario Outline: A server that was <before> is ACTIVE after its rescue
      Given her cloud server is <before>
      And her program asks her cloud server for {"rescue":null}, and it comes to its end
      When her program asks her cloud server for {"unrescue":null}, and it comes to its end
      Then her cloud server is ACTIVE with vm_state active, no task and power_state 1

      Examples:
        | before   |
        | active   |
        | stopped  |
        | in error |

    Example: In rescue the status is RESCUE, without a progress
      Given her cloud server is in rescue
      When her program asks the cloud for GET /servers/{server}
      Then her cloud server is RESCUE with vm_state rescued, no task and power_state 1
      And the server in the answer has Nova's fields

    Example: Leaving rescue is answered without content, and the status is still RESCUE
      Given her cloud server is in rescue
      When her program asks her cloud server for {"unrescue":null}
      Then the cloud answers 202
      And the cloud's answer is ""
      And her cloud server is RESCUE with vm_state rescued, task_state unrescuing and power_state 1

    Example: Entering rescue counts as a launch
      Given Nadia has a server in the cloud
      When 2h pass in the cloud
      And her program asks her cloud server for {"rescue":null}, and it comes to its end
      Then her cloud server shows {"created": "2026-03-01T12:00:00Z", "OS-SRV-USG:launched_at": "2026-03-01T14:00:05.000000"}

    Example: A guest that does not switch itself off is waited for for a minute
      Given its guest does not switch itself off
      And her program asks her cloud server for {"rescue":null}
      When 64s pass in the cloud
      Then her cloud server is ACTIVE with vm_state active, task_state rescuing and power_state 1

    Example: After that minute its power is cut
      Given its guest does not switch itself off
      And her program asks her cloud server for {"rescue":null}
      When 65s pass in the cloud
      Then her cloud server is RESCUE

    Example: An image says how long its guest may take
      Given her cloud server's image has {"os_shutdown_timeout": "300"}
      And its guest does not switch itself off
      And her program asks her cloud server for {"rescue":null}
      When 304s pass in the cloud
      Then her cloud server is ACTIVE

  Rule: The password is in the answer, once

    Scenario Outline: <body> gives a new password
      Given Nadia has a server in the cloud
      When her program asks her cloud server for <body>
      Then the cloud answers 200
      And the cloud gives a password of 12 letters and digits

      Examples:
        | body            |
        | {"rescue":null} |
        | {"rescue":{}}   |

    Example: A password of one's own is taken
      Given Nadia has a server in the cloud
      When her program asks her cloud server for {"rescue":{"adminPass":"Gift3d!"}}
      Then the cloud's answer is "{"adminPass":"Gift3d!"}"

    Example: The server view does not repeat it
      Given her cloud server is in rescue
      When her program asks the cloud for GET /servers/{server}
      Then the cloud's answer has no field adminPass

    Example: Another rescue gives another password
      Given her cloud server is in rescue
      And her program asks her cloud server for {"unrescue":null}, and it comes to its end
      When her program asks her cloud server for {"rescue":null}
      Then the cloud gives a password of 12 letters and digits

    Example: A cloud that shows no passwords gives none
      Given the cloud shows no passwords
      When her program asks her cloud server for {"rescue":null}
      Then the cloud's answer is "{}"

  Rule: What the hypervisor fails at is told later

    Example: The server is in ERROR, with the reason as its fault
      Given this goes wrong at the cloud: driver-error:function=rescue
      When her program asks her cloud server for {"rescue":null}, and it comes to its end
      Then her cloud server is ERROR with vm_state error, no task and power_state 1
      And her cloud server shows {"fault": {"code": 400, "created": "2026-03-01T12:00:00Z", "message": "Instance {server} cannot be rescued: Driver Error: the hypervisor was told to fail"}}

    Example: It can be rescued again, and the fault is gone
      Given her cloud server is in error
      When her program asks her cloud server for {"rescue":null}, and it comes to its end
      Then her cloud server is RESCUE
      And her cloud server has no field fault

    Example: A failed unrescue leaves it in ERROR too
      Given her cloud server is in rescue
      And this goes wrong at the cloud: driver-error:function=unrescue
      When her program asks her cloud server for {"unrescue":null}, and it comes to its end
      Then her cloud server is ERROR
      And her cloud server shows {"fault": {"code": 500, "created": "2026-03-01T12:00:05Z", "message": "Error"}}

    Example: A server that never ran cannot be rescued
      Given this goes wrong at the cloud: driver-error:function=create
      And her program has made the server "shop"
      When her program asks the cloud for POST /servers/{shop}/action with {"rescue":null}
      Then the cloud answers 409 "Instance {shop} is in an invalid state for 'rescue'"

    Example: What was done, and how it ended, is recorded
      Given her cloud server is in error
      And her program asks her cloud server for {"rescue":null}, and it comes to its end
      When her program asks the cloud for GET /servers/{server}/os-instance-actions
      Then the recorded actions are "rescue, rescue: Error"
