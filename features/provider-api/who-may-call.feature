@ovh @api
Feature: Who may call the ovh API
  A call is signed by an application in a customer's name. What is wrong with it is told by status, class and message,
  as the clients of the provider expect them.

  Background:
    Given a program with the keys of an application

  Rule: A call is signed with the keys of an application and a customer

    Example: A call that is signed by the book is answered
      When the program calls GET /me
      Then the answer holds {"nichandle": "xx1111-ovh", "email": "customer@example.com"}

    Scenario Outline: <mistake> is refused
      When a program calls GET /me with <mistake>
      Then the answer is <status> "<message>"
      And the answer holds {"class": "<class>"}

      Examples:
        | mistake                                       | status | class              | message                         |
        | an unknown application                        | 403    | Client::Forbidden  | This application key is invalid |
        | a wrong secret                                | 400    | Client::BadRequest | Invalid signature               |
        | an unknown consumer key                       | 403    | Client::Forbidden  | This credential is not valid    |
        | the consumer key of another application       | 403    | Client::Forbidden  | This credential is not valid    |
        | a consumer key that waits for its validation  | 403    | Client::Forbidden  | This credential is not valid    |
        | a consumer key that the customer refused      | 403    | Client::Forbidden  | This credential is not valid    |
        | a consumer key that has expired               | 403    | Client::Forbidden  | This credential is not valid    |
        | the signature of another URL                  | 400    | Client::BadRequest | Invalid signature               |
        | the signature of another body                 | 400    | Client::BadRequest | Invalid signature               |
        | a clock that is 181 seconds slow              | 400    | Client::BadRequest | Query out of time               |
        | a clock that is 181 seconds fast              | 400    | Client::BadRequest | Query out of time               |

    Example: A wrong signature hides what else is wrong
      When a program with a wrong secret calls PUT /dedicated/server/{server} with {"bootId": [1]}
      Then the answer is 400 "Invalid signature"

    Scenario Outline: <difference> is let pass
      When a program calls GET /me with <difference>
      Then the answer is 200

      Examples:
        | difference                       |
        | a clock that is 3 minutes slow   |
        | a clock that is 3 minutes fast   |

    Scenario Outline: <method> <path> without any key is answered <status>
      When a program calls <method> <path> without any key
      Then the answer is <status>

      Examples:
        | method | path              | status |
        | GET    | /auth/time        | 200    |
        | GET    | /me               | 401    |
        | POST   | /auth/credential  | 401    |
        | GET    | /dedicated/server | 401    |

  Rule: A consumer key is good for the calls that its rules allow

    Scenario Outline: A key for <rule> is answered <status> to <call>
      Given a consumer key for <rule>
      When the program calls <call>
      Then the answer is <status>

      Examples:
        | rule                         | call                                          | status |
        | GET /*                       | GET /me                                       | 200    |
        | GET /me                      | GET /me/notification/email/history            | 403    |
        | GET /me/*                    | GET /me                                       | 403    |
        | GET /dedicated/server/*      | GET /dedicated/server                         | 403    |
        | GET /dedicated/server/*      | GET /dedicated/server/{server}/boot           | 200    |
        | GET /dedicated/server/*/boot | GET /dedicated/server/{server}/boot           | 200    |
        | GET /dedicated/server/*/boot | GET /dedicated/server/{server}/task           | 403    |
        | GET /*                       | POST /dedicated/server/{server}/reboot        | 403    |
        | POST /*                      | POST /dedicated/server/{server}/reboot        | 200    |

    Example: The refusal of a call that no rule allows says so
      Given a consumer key for GET /auth/time
      When the program calls GET /me
      Then the answer is 403 "This call has not been granted"

    Scenario Outline: A key for <address> is answered <status> from this machine
      Given a consumer key that may be used from <address> only
      When the program calls GET /me
      Then the answer is <status>

      Examples:
        | address        | status |
        | 127.0.0.1      | 200    |
        | 127.0.0.0/8    | 200    |
        | 203.0.113.7    | 403    |

  Rule: A customer decides on the validation page

    Example: A new key waits for its customer
      When her program asks for a consumer key for GET /me
      Then its credential is pendingValidation

    Scenario Outline: A customer <decision> a consumer key
      Given her program has asked for a consumer key for GET /me
      When she <decision> it on the validation page
      Then a call of GET /me with it is answered <status>

      Examples:
        | decision | status |
        | grants   | 200    |
        | refuses  | 403    |

    Example: Logging out ends the key
      Given a consumer key for POST /auth/logout
      When the program calls POST /auth/logout
      Then the answer has no content

  Rule: Both versions of the address are one API, and every answer can be traced

    Scenario Outline: <path> is answered with a query id as JSON
      When a program calls GET <path> over plain HTTP
      Then the answer is 200
      And its header x-ovh-queryid is like "EU\.ext-1\.[0-9a-f]{8}\.\d+\.[0-9a-f]{32}"
      And its header content-type is like "application/json; charset=utf-8"

      Examples:
        | path                 |
        | /1.0/me              |
        | /v1/me               |
        | /1.0/auth/time       |
        | /1.0/me.json         |
        | /1.0/                |

    Scenario Outline: <method> <path> is answered <status>
      When a program calls <method> <path> over plain HTTP
      Then the answer is <status>
      And its header x-ovh-queryid is like "EU\.ext-1\..*"

      Examples:
        | method  | path                                        | status |
        | HEAD    | /1.0/me                                     | 200    |
        | OPTIONS | /1.0/dedicated/server/{server}              | 204    |
        | DELETE  | /1.0/dedicated/server/{server}              | 405    |
        | GET     | /1.0/dedicated/server/{server}/reboot       | 405    |

    Example: An unknown path is 404 as the API says it, and the lab names the nearest route
      When a program calls GET /1.0/dedicated/servers over plain HTTP
      Then the answer is 404 "Got an invalid (or empty) URL"
      And nothing in the simulator answers it; the nearest route is "GET /1.0/dedicated/server"
