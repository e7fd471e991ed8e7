@nova @api
Feature: What a cloud server's state does not allow
  Nova refuses by lock, then by vm_state, then by task_state, each in its own words.

  Rule: In rescue a server can only be looked at, freed or deleted

    Scenario Outline: In rescue <action> is refused
      Given her cloud server is in rescue
      When her program asks her cloud server for <action>
      Then the cloud answers 409 "Cannot '<name>' instance {server} while it is in vm_state rescued"
      And her cloud server is RESCUE with vm_state rescued, no task and power_state 1

      Examples:
        | action                                                      | name           |
        | {"rescue":null}                                             | rescue         |
        | {"reboot":{"type":"SOFT"}}                                  | reboot         |
        | {"reboot":{"type":"HARD"}}                                  | reboot         |
        | {"os-start":null}                                           | start          |
        | {"os-stop":null}                                            | stop           |
        | {"pause":null}                                              | pause          |
        | {"unpause":null}                                            | unpause        |
        | {"suspend":null}                                            | suspend        |
        | {"resume":null}                                             | resume         |
        | {"rebuild":{"imageRef":"{image}"}}                          | rebuild        |
        | {"resize":{"flavorRef":"{flavor}"}}                         | resize         |
        | {"createImage":{"name":"copy"}}                             | createImage    |
        | {"createBackup":{"name":"b","backup_type":"d","rotation":1}} | createBackup  |
        | {"shelve":null}                                             | shelve         |
        | {"changePassword":{"adminPass":"x"}}                        | changePassword |

    Scenario Outline: In rescue <call> is refused
      Given her cloud server is in rescue
      And the volume "data" is free
      When her program asks the cloud for <call>
      Then the cloud answers 409 "Cannot '<name>' instance {server} while it is in vm_state rescued"

      Examples:
        | call                                                                                       | name             |
        | POST /servers/{server}/os-volume_attachments with {"volumeAttachment":{"volumeId":"{data}"}} | attach_volume    |
        | POST /servers/{server}/os-interface with {}                                                | attach_interface |
        | DELETE /servers/{server}/os-interface/x                                                    | detach_interface |
        | POST /servers/{server}/metadata with {"metadata":{"a":"b"}}                                | update metadata  |
        | PUT /servers/{server}/metadata with {"metadata":{}}                                        | update metadata  |

    Scenario Outline: In rescue <action> is allowed
      Given the cloud has a console proxy
      And her cloud server is in rescue
      When her program asks her cloud server for <action>
      Then the cloud answers <status>

      Examples:
        | action                                  | status |
        | {"unrescue":null}                       | 202    |
        | {"lock":null}                           | 202    |
        | {"unlock":null}                         | 202    |
        | {"forceDelete":null}                    | 202    |
        | {"os-getVNCConsole":{"type":"novnc"}}   | 200    |

    Example: In rescue a server can be deleted
      Given her cloud server is in rescue
      When her program asks the cloud for DELETE /servers/{server}
      And 5s pass in the cloud
      Then the cloud answers 204
      And her cloud server is gone

  Rule: Each state allows its own

    Scenario Outline: A server that is <state> refuses <action>
      Given her cloud server is <state>
      When her program asks her cloud server for <action>
      Then the cloud answers 409 "Cannot '<name>' instance {server} while it is in <in>"

      Examples:
        | state           | action                     | name     | in                     |
        | active          | {"unrescue":null}          | unrescue | vm_state active        |
        | active          | {"os-start":null}          | start    | vm_state active        |
        | active          | {"unpause":null}           | unpause  | vm_state active        |
        | active          | {"resume":null}            | resume   | vm_state active        |
        | stopped         | {"os-stop":null}           | stop     | vm_state stopped       |
        | stopped         | {"reboot":{"type":"SOFT"}} | reboot   | vm_state stopped       |
        | stopped         | {"pause":null}             | pause    | vm_state stopped       |
        | stopped         | {"unrescue":null}          | unrescue | vm_state stopped       |
        | paused          | {"rescue":null}            | rescue   | vm_state paused        |
        | paused          | {"suspend":null}           | suspend  | vm_state paused        |
        | suspended       | {"rescue":null}            | rescue   | vm_state suspended     |
        | suspended       | {"unpause":null}           | unpause  | vm_state suspended     |
        | in error        | {"unrescue":null}          | unrescue | vm_state error         |
        | in error        | {"pause":null}             | pause    | vm_state error         |
        | entering rescue | {"rescue":null}            | rescue   | task_state rescuing    |
        | entering rescue | {"os-stop":null}           | stop     | task_state rescuing    |
        | entering rescue | {"unrescue":null}          | unrescue | vm_state active        |
        | leaving rescue  | {"unrescue":null}          | unrescue | task_state unrescuing  |
        | rebooting       | {"rescue":null}            | rescue   | task_state rebooting   |
        | rebooting       | {"reboot":{"type":"SOFT"}} | reboot   | task_state rebooting   |

    Example: A hard reboot may follow a soft one
      Given her cloud server is rebooting
      When her program asks her cloud server for {"reboot":{"type":"HARD"}}
      Then the cloud answers 202
      And her cloud server is HARD_REBOOT

    Example: A server that is entering rescue can be deleted for good
      Given her cloud server is entering rescue
      When her program asks the cloud for DELETE /servers/{server}
      And 10s pass in the cloud
      Then her cloud server is gone

  Rule: A lock is refused first, and holds up everybody but administrators

    Scenario Outline: A locked server refuses <action>
      Given her cloud server is <state>
      When her program asks her cloud server for <action>
      Then the cloud answers 409 "Instance {server} is locked"

      Examples:
        | state            | action                             |
        | locked           | {"rescue":null}                    |
        | locked           | {"unrescue":null}                  |
        | locked           | {"reboot":{"type":"HARD"}}         |
        | locked           | {"os-stop":null}                   |
        | locked           | {"rebuild":{"imageRef":"{image}"}} |
        | locked in rescue | {"unrescue":null}                  |
        | locked in rescue | {"rescue":null}                    |

    Example: A locked server is not deleted
      Given her cloud server is locked
      When her program asks the cloud for DELETE /servers/{server}
      Then the cloud answers 409 "Instance {server} is locked"

    Example: A change of the password calls it a state
      Given her cloud server is locked
      When her program asks her cloud server for {"changePassword":{"adminPass":"x"}}
      Then the cloud answers 409 "Instance {server} is in an invalid state for 'changePassword'"

    Example: A snapshot does not mind a lock
      Given her cloud server is locked
      When her program asks her cloud server for {"createImage":{"name":"copy"}}
      Then the cloud answers 202

    Example: The owner opens the lock again
      Given her cloud server is locked
      When her program asks her cloud server for {"unlock":null}
      And her program asks her cloud server for {"rescue":null}
      Then the cloud answers 200

    Example: A virtual TPM is refused before anything else
      Given her flavor asks for a virtual TPM
      And her cloud server is locked
      When her program asks her cloud server for {"rescue":null}
      Then the cloud answers 400 "Operation 'rescue' not supported for vTPM-enabled instance ({server})."

    Example: A virtual GPU is no reason to refuse
      Given her flavor asks for a virtual GPU
      When her program asks her cloud server for {"rescue":null}
      Then the cloud answers 200
