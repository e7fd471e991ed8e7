@nova @api
Feature: A rescue that ends by itself
  A cloud may end rescues after some hours. It looks once a minute, as an administrator.

  Rule: It ends when its time is over, at the next look

    Scenario Outline: <time> after it began, a rescue of 24 hours is <state>
      Given the cloud ends rescues after 24 hours
      And her cloud server is in rescue
      When <time> pass in the cloud
      Then her cloud server is <state> with vm_state rescued, <task> and power_state 1

      Examples:
        | time   | state  | task                 |
        | 23h    | RESCUE | no task              |
        | 86399s | RESCUE | no task              |
        | 86400s | RESCUE | no task              |
        | 86456s | RESCUE | task_state unrescuing |

    Example: Then it is ACTIVE
      Given the cloud ends rescues after 24 hours
      And her cloud server is in rescue
      When 86470s pass in the cloud
      Then her cloud server is ACTIVE with vm_state active, no task and power_state 1

    Example: A lock does not keep it
      Given the cloud ends rescues after 24 hours
      And her cloud server is locked in rescue
      When 25h pass in the cloud
      Then her cloud server is ACTIVE

    Example: Nova's default is never
      Given her cloud server is in rescue
      When 1000h pass in the cloud
      Then her cloud server is RESCUE

    Example: A server that was rescued twice counts from the second time
      Given the cloud ends rescues after 24 hours
      And her cloud server was in rescue for 20h and is so again
      When 20h pass in the cloud
      Then her cloud server is RESCUE

    Example: It is recorded as nobody's
      Given the cloud ends rescues after 24 hours
      And her cloud server is in rescue
      And 25h have passed in the cloud
      When her program asks the cloud for GET /servers/{server}/os-instance-actions
      Then the recorded actions are "unrescue, rescue"

  Rule: A server with a task under way ends the round for all

    Example: It stays in rescue, and so does a server behind it
      Given the cloud ends rescues after 24 hours
      And her cloud server is in rescue
      And another server of hers is in rescue and leaves it for longer than a day
      When 25h pass in the cloud
      Then her cloud server is RESCUE
