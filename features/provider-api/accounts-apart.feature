@ovh @api
Feature: Customers do not see each other
  Another customer has the server ns9999999.ip-198-51-100.eu in the same lab.

  Rule: What belongs to another customer does not exist

    Background:
      Given a program with the keys of an application

    Scenario Outline: <call> does not exist
      When the program calls <call>
      Then the answer is 404 "This service does not exist"

      Examples:
        | call                                                            |
        | GET /dedicated/server/ns9999999.ip-198-51-100.eu                |
        | PUT /dedicated/server/ns9999999.ip-198-51-100.eu with {}        |
        | GET /dedicated/server/ns9999999.ip-198-51-100.eu/boot           |
        | POST /dedicated/server/ns9999999.ip-198-51-100.eu/reboot        |
        | GET /dedicated/server/ns9999999.ip-198-51-100.eu/task/1         |
        | GET /dedicated/server/ns9999999.ip-198-51-100.eu/features/ipmi  |
        | GET /dedicated/server/ns9999999.ip-198-51-100.eu/serviceInfos   |

    Example: A list has one's own servers only
      When the program calls GET /dedicated/server
      Then the answer is the list ["{server}"]
