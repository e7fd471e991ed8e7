@ovh @api
Feature: The provider's jobs
  A hard reboot is a job that a program follows until it has ended.

  Rule: A job goes from todo over init and doing to its end

    Example: It begins as todo
      Given Nadia has a dedicated server
      When she asks for a hard reboot of her server
      Then the answer holds {"function": "hardReboot", "status": "todo", "comment": "Reboot asked", "doneDate": null, "needSchedule": false}

    Scenario Outline: <time> after the request it is <status>
      Given a hard reboot of her server waits to begin
      When <time> pass
      Then the task is <status>

      Examples:
        | time  | status |
        | 99ms  | todo   |
        | 100ms | init   |

    Example: A program that asks now and then sees the end
      Given a hard reboot of her server waits to begin
      When her program asks every 10 seconds until the task has ended
      Then the answer holds {"status": "done", "startDate": "2026-03-01T13:00:00+01:00"}

    Example: It is listed by function and status
      Given a hard reboot of her server is done
      When her program calls GET /dedicated/server/{server}/task?function=hardReboot&status=done
      Then the answer is the list [{task}]

    Example: It is under way as long as it has not ended
      Given a hard reboot of her server waits to begin
      When her program calls GET /dedicated/server/{server}/ongoing
      Then the answer is the list [{"datacenter": "gra1", "description": "hardReboot", "server": "{server}", "todoDate": "2026-03-01T13:00:00+01:00"}]

  Rule: There is one hard reboot of a server at a time

    Example: A second one is refused with the number of the first
      Given a hard reboot of her server waits to begin
      When she asks for a hard reboot of her server
      Then the answer is 400 "Task {task} of type hardReboot with status todo is already running on server {server}"

    Example: Where the provider is assumed to accept it, it is accepted
      Given the provider is assumed to be so: second-task=accepted
      And a hard reboot of her server waits to begin
      When she asks for a hard reboot of her server
      Then the answer is 200

    Example: After its end there may be another
      Given a hard reboot of her server is done
      When she asks for a hard reboot of her server
      Then the answer is 200

  Rule: A job can be cancelled before its work begins

    Example: While it waits
      Given a hard reboot of her server waits to begin
      When she cancels the hard reboot
      Then the answer has no content
      And the task is cancelled

    Example: Not after its end
      Given a hard reboot of her server is done
      When she cancels the hard reboot
      Then the answer is 400 "Task {task} has the status done and can no longer be cancelled"

  Rule: Only hardware interventions are scheduled

    Example: There are no time slots for a reboot
      Given a hard reboot of her server waits to begin
      When her program calls GET /dedicated/server/{server}/task/{task}/availableTimeslots?periodStart=2026-03-01&periodEnd=2026-03-08
      Then the answer is the list []

    Example: A reboot cannot be scheduled
      Given a hard reboot of her server waits to begin
      When her program calls POST /dedicated/server/{server}/task/{task}/schedule with {"hasPerformedBackup": true, "wantedBeginingDate": "2026-03-02T10:00:00+01:00"}
      Then the answer is 400 "Task {task} does not need to be scheduled"

  Rule: A job can end badly

    Scenario Outline: It ends as <status>
      Given this goes wrong at the provider: task-<status>:function=hardReboot
      When she restarts her server
      Then the task is <status>
      And her server runs "hd"

      Examples:
        | status        |
        | customerError |
        | ovhError      |
        | cancelled     |

  Rule: A number that is not known is no failure of the job

    Scenario Outline: Status <status> for a while does not stop a program that asks again
      Given a hard reboot of her server waits to begin
      And this goes wrong at the provider: error-<status>:path=*/task/*,for=5m
      When her program asks every 30 seconds until the task has ended
      Then the answer holds {"status": "done"}

      Examples:
        | status |
        | 404    |
        | 500    |

    Scenario Outline: After <time> a job that has ended is <known>
      Given a hard reboot of her server is done
      When <time> pass
      Then the number of the task is <known>

      Examples:
        | time | known   |
        | 29d  | known   |
        | 30d  | unknown |

    Example: Numbers can vanish at once
      Given a hard reboot of her server is done
      And this goes wrong at the provider: tasks-purged
      When her program calls GET /dedicated/server/{server}/task/{task}
      Then the answer is 404 "The requested object (taskId = {task}) does not exist"
