@ovh @api
Feature: A provider on a bad day
  Whatever a customer's program has to bear can be made to happen, for as long as is wanted.

  Rule: Calls are refused, late or lost

    Scenario Outline: Status <status> in both parts of the error
      Given this goes wrong at the provider: error-<status>:path=/me
      When a program calls GET /me over plain HTTP
      Then the answer is <status> "<message>"
      And the answer holds {"class": "<class>"}

      Examples:
        | status | class                        | message               |
        | 404    | Client::NotFound             | The requested object does not exist |
        | 429    | Client::TooManyRequests      | Too many requests     |
        | 500    | Server::InternalServerError  | Internal server error |
        | 503    | Server::ServiceUnavailable   | Service unavailable   |

    Scenario Outline: The fault <fault> leaves <call> alone
      Given this goes wrong at the provider: <fault>
      When her program calls <call>
      Then the answer is 200

      Examples:
        | fault                               | call                           |
        | error-500:path=/dedicated/*         | GET /me                        |
        | error-500:method=PUT                | GET /dedicated/server/{server} |
        | error-500:after=1m                  | GET /me                        |
        | error-500:times=0                   | GET /me                        |

    Example: A connection ends without an answer
      Given this goes wrong at the provider: dropped-connections:path=/me,times=1
      When a program asks for /me and does not ask again
      Then the connection ended without an answer

    Example: An answer comes late, in lab time
      Given this goes wrong at the provider: slow-answers:by=30s,path=/me
      When a program asks for /me, and time goes on in steps of 5 seconds
      Then the program has waited for 30 seconds at least

  Rule: What a reboot needs can be missing

    Example: The netboot server is down: the rescue boot fails
      Given this goes wrong at the provider: netboot-down
      When an hour passes after a hard reboot into rescue mode
      Then the task ends as ovhError

    Example: The image server is slow: the rescue mode comes late
      Given this goes wrong at the provider: images-slow:by=20m
      When 20 minutes pass after a hard reboot into rescue mode
      Then the task ends as done
      And her server runs "rescue-customer-windows"

    Example: A reboot is done, and nothing happened
      Given this goes wrong at the provider: reboot-without-effect
      When she chooses the Windows rescue system and restarts her server
      Then the task is done
      And her server runs "hd"

    Example: The first disk has disappeared
      Given this goes wrong at the provider: disk-gone
      When she restarts her server
      Then the task is done
      And her server finds no disk to boot
