@ovh @api
Feature: When the datacentre looks after a server
  Failed boots and silent servers open interventions, and hacked servers are taken out of service.

  Rule: A rescue boot that fails opens an intervention, unless the customer forbade it

    Scenario Outline: With noIntervention <forbidden> there is <count>
      Given her server does not come up in rescue mode
      And her program has set noIntervention to <forbidden>
      When an hour passes after a hard reboot into rescue mode
      Then the task ends as ovhError
      And her server has <count> interventions

      Examples:
        | forbidden | count |
        | false     | 1     |
        | true      | 0     |

  Rule: A monitored server that stays silent after a restart opens one too

    Scenario Outline: With monitoring <monitoring> there is <count>
      Given her server has lost its disk and monitoring is <monitoring>
      When 30m pass
      Then her server has <count> interventions

      Examples:
        | monitoring | count |
        | true       | 1     |
        | false      | 0     |

    Example: A restart into a rescue system that comes up opens none
      Given her server is in Windows rescue mode
      When 30m pass
      Then her server has 0 interventions

  Rule: A hacked server is put into rescue mode, and a blocked one cannot be changed

    Example: Hacked
      Given the provider found her server hacked
      When her program calls GET /dedicated/server/{server}
      Then the answer holds {"state": "hacked", "bootId": 46371}
      And her e-mail history has the subjects ["[{server}] Your server was hacked"]

    Scenario Outline: Of a <state> server, <call> is answered <status>
      Given the provider found her server <state>
      When her program calls <call>
      Then the answer is <status>

      Examples:
        | state         | call                                             | status |
        | hacked        | PUT /dedicated/server/{server} with {"bootId":1} | 200    |
        | hacked        | POST /dedicated/server/{server}/reboot           | 200    |
        | hackedBlocked | PUT /dedicated/server/{server} with {"bootId":1} | 403    |
        | hackedBlocked | PUT /dedicated/server/{server} with {"state":"ok"} | 403  |
        | hackedBlocked | POST /dedicated/server/{server}/reboot           | 403    |
