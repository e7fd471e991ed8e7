@nova @api
Feature: Actions of a cloud server
  Each action is answered at once; the server shows a task until the work is done.

  Rule: While a task runs, the server shows it

    Scenario Outline: <action> on a server that is <state>
      Given her cloud server is <state>
      When her program asks her cloud server for <action>
      Then the cloud answers 202
      And her cloud server is <status> with vm_state <vm_state>, task_state <task> and power_state <power>

      Examples:
        | state     | action                             | status      | vm_state  | task            | power |
        | active    | {"reboot":{"type":"SOFT"}}         | REBOOT      | active    | rebooting       | 1     |
        | active    | {"reboot":{"type":"hard"}}         | HARD_REBOOT | active    | rebooting_hard  | 1     |
        | stopped   | {"reboot":{"type":"HARD"}}         | SHUTOFF     | stopped   | rebooting_hard  | 4     |
        | active    | {"os-stop":null}                   | ACTIVE      | active    | powering-off    | 1     |
        | stopped   | {"os-start":null}                  | SHUTOFF     | stopped   | powering-on     | 4     |
        | active    | {"pause":null}                     | ACTIVE      | active    | pausing         | 1     |
        | paused    | {"unpause":null}                   | PAUSED      | paused    | unpausing       | 3     |
        | active    | {"suspend":null}                   | ACTIVE      | active    | suspending      | 1     |
        | suspended | {"resume":null}                    | SUSPENDED   | suspended | resuming        | 4     |
        | stopped   | {"rebuild":{"imageRef":"{image}"}} | REBUILD     | stopped   | rebuild_spawning | 4    |
        | active    | {"createImage":{"name":"copy"}}    | ACTIVE      | active    | image_snapshot  | 1     |

    Scenario Outline: After <action> a server that was <state> is <status>
      Given her cloud server is <state>
      When her program asks her cloud server for <action>, and it comes to its end
      Then her cloud server is <status> with vm_state <vm_state>, no task and power_state <power>

      Examples:
        | state     | action                             | status    | vm_state  | power |
        | active    | {"reboot":{"type":"SOFT"}}         | ACTIVE    | active    | 1     |
        | stopped   | {"reboot":{"type":"HARD"}}         | ACTIVE    | active    | 1     |
        | in error  | {"reboot":{"type":"HARD"}}         | ACTIVE    | active    | 1     |
        | active    | {"os-stop":null}                   | SHUTOFF   | stopped   | 4     |
        | in error  | {"os-stop":null}                   | SHUTOFF   | stopped   | 4     |
        | stopped   | {"os-start":null}                  | ACTIVE    | active    | 1     |
        | active    | {"pause":null}                     | PAUSED    | paused    | 3     |
        | paused    | {"unpause":null}                   | ACTIVE    | active    | 1     |
        | active    | {"suspend":null}                   | SUSPENDED | suspended | 4     |
        | suspended | {"resume":null}                    | ACTIVE    | active    | 1     |
        | active    | {"rebuild":{"imageRef":"{image}"}} | ACTIVE    | active    | 1     |
        | stopped   | {"rebuild":{"imageRef":"{image}"}} | SHUTOFF   | stopped   | 4     |

    Scenario Outline: A guest that does not switch itself off is <status> after <time>
      Given its guest does not switch itself off
      And her program asks her cloud server for <action>
      When <time> pass in the cloud
      Then her cloud server is <status>

      Examples:
        | action                     | time | status  |
        | {"os-stop":null}           | 64s  | ACTIVE  |
        | {"os-stop":null}           | 65s  | SHUTOFF |
        | {"reboot":{"type":"SOFT"}} | 124s | REBOOT  |
        | {"reboot":{"type":"SOFT"}} | 125s | ACTIVE  |

    Example: A failed start leaves the server stopped
      Given her cloud server is stopped
      And this goes wrong at the cloud: driver-error:function=start
      When her program asks her cloud server for {"os-start":null}, and it comes to its end
      Then her cloud server is SHUTOFF

    Example: A failed rebuild leaves it in ERROR
      Given this goes wrong at the cloud: driver-error:function=rebuild
      When her program asks her cloud server for {"rebuild":{"imageRef":"{image}"}}, and it comes to its end
      Then her cloud server is ERROR

  Rule: A password is changed by the agent in the guest, or not at all

    Example: Without an agent there is a conflict
      Given Nadia has a server in the cloud
      When her program asks her cloud server for {"changePassword":{"adminPass":"New-1"}}
      Then the cloud answers 409 "QEMU guest agent is not enabled"
      And her cloud server is as it was

    Example: With an agent the guest gets it
      Given her cloud server's image has {"hw_qemu_guest_agent": "yes"}
      When her program changes the password of her cloud server to "New-1"
      Then the cloud answers 202
      And the agent in the guest was given the password "New-1"

  Rule: An image of a server appears at once and is ready later

    Example: Up to 2.44 a header says where
      Given Nadia has a server in the cloud
      When her program asks her cloud server for {"createImage":{"name":"copy"}}
      Then the cloud answers 202
      And its header location of the cloud is like http://127.0.0.1:\d+/image/images/[0-9a-f-]{36}

    Example: From 2.45 on the answer says it
      Given her program asks for microversion 2.45
      When her program asks her cloud server for {"createImage":{"name":"copy"}}
      Then the cloud answers 202
      And its header location of the cloud is like \(missing\)

    Scenario Outline: The image is <status> <when>
      Given her program asks her cloud server for {"createImage":{"name":"copy"}}
      And <time> have passed in the cloud
      When her program asks the cloud for GET /images?name=copy&status=<status>
      Then the cloud's answer lists ["copy"]

      Examples:
        | when           | time | status |
        | on the way     | 1s   | SAVING |
        | when it is done | 5s  | ACTIVE |

  Rule: A lock has an owner and, from 2.73 on, a reason

    Example: The reason is shown, and the first one stays
      Given her program asks for microversion 2.73
      And her program asks her cloud server for {"lock":{"locked_reason":"do not touch"}}
      When her program asks her cloud server for {"lock":{"locked_reason":"another"}}
      Then the cloud answers 202
      And her cloud server shows {"locked": true, "locked_reason": "do not touch"}

    Example: Before 2.73 a lock takes anything
      Given Nadia has a server in the cloud
      When her program asks her cloud server for {"lock":{"locked_reason":7}}
      Then the cloud answers 202

  Rule: Consoles open in every state

    Example: An action up to 2.5
      Given the cloud has a console proxy
      And her cloud server is in rescue
      When her program asks her cloud server for {"os-getVNCConsole":{"type":"novnc"}}
      Then the cloud answers 200

    Example: A resource from 2.6 on
      Given the cloud has a console proxy
      And her cloud server is in rescue
      And her program asks for microversion 2.6
      When her program asks the cloud for POST /servers/{server}/remote-consoles with {"remote_console":{"protocol":"vnc","type":"novnc"}}
      Then the cloud's answer holds {"remote_console": {"protocol": "vnc", "type": "novnc"}}

    Scenario Outline: <request> at <version>: <status>
      Given her program asks for microversion <version>
      And the cloud has a console proxy
      When her program asks the cloud for POST /servers/{server}/<request>
      Then the cloud answers <status> "<message>"

      Examples:
        | version | request                                                                            | status | message                              |
        | 2.6     | action with {"os-getVNCConsole":{"type":"novnc"}}                                  | 404    | The resource could not be found.     |
        | 2.5     | remote-consoles with {"remote_console":{"protocol":"vnc","type":"novnc"}}          | 404    | The resource could not be found.     |
        | 2.6     | remote-consoles with {"remote_console":{"protocol":"spice","type":"spice-html5"}}  | 400    | Unavailable console type spice-html5. |
        | 2.6     | remote-consoles with {"remote_console":{"protocol":"vnc","type":"xvpvnc"}}         | 400    | Invalid console type xvpvnc          |

  Rule: The encrypted password is what the guest posted

    Example: A guest that posted nothing
      Given Nadia has a server in the cloud
      When her program asks the cloud for GET /servers/{server}/os-server-password
      Then the cloud's answer holds {"password": ""}

    Example: It can be forgotten
      Given Nadia has a server in the cloud
      When her program asks the cloud for DELETE /servers/{server}/os-server-password
      Then the cloud answers 204

  Rule: What is the operator's alone is refused to customers

    Scenario Outline: A customer does not <what>
      Given Nadia has a server in the cloud
      When her program asks her cloud server for <action>
      Then the cloud answers 403 "Policy doesn't allow os_compute_api:<policy> to be performed."

      Examples:
        | what                 | action                               | policy                       |
        | say what a server is | {"os-resetState":{"state":"active"}} | os-admin-actions:reset_state |
        | move a server        | {"migrate":null}                     | os-migrate-server:migrate    |

    Example: The console's text is the customer's
      Given her cloud server is in rescue
      When her program asks her cloud server for {"os-getConsoleOutput":{"length":10}}
      Then the cloud's answer holds {"output": ""}
