@ovh @api
Feature: Service accounts log in by OAuth2
  A program of the customer's own logs in with client credentials and carries a token instead of a signature. What it
  may do is a matter of its policy.

  Rule: A token is given for the right credentials

    Scenario Outline: <what> is answered <status>
      Given a service account that may *
      When it asks for a token with <what>
      Then the answer is <status>
      And the answer holds <body>

      Examples:
        | what                  | status | body                                           |
        | the right credentials | 200    | {"token_type": "Bearer", "expires_in": 3599}   |
        | a wrong secret        | 401    | {"error": "invalid_client"}                    |
        | another grant         | 400    | {"error": "unsupported_grant_type"}            |

  Rule: A token is as good as the policy of its account, for an hour

    Example: A call with a token is answered
      Given a service account that may *
      And it has logged in
      When it calls GET /auth/details
      Then the answer holds {"account": "xx1111-ovh", "method": "oauth2"}

    Scenario Outline: A policy of <policy> answers <status> to <call>
      Given a service account that may <policy>
      And it has logged in
      When it calls <call>
      Then the answer is <status>

      Examples:
        | policy                           | call                                   | status |
        | dedicatedServer:apiovh:*         | GET /dedicated/server/{server}/boot    | 200    |
        | dedicatedServer:apiovh:*         | GET /me                                | 403    |
        | dedicatedServer:apiovh:boot/get  | GET /dedicated/server/{server}/boot    | 200    |
        | dedicatedServer:apiovh:boot/get  | POST /dedicated/server/{server}/reboot | 403    |
        | dedicatedServer:apiovh:reboot    | POST /dedicated/server/{server}/reboot | 200    |

    Example: A refusal names the action that the policy lacks
      Given a service account that may dedicatedServer:apiovh:boot/get
      And it has logged in
      When it calls POST /dedicated/server/{server}/reboot
      Then the answer is 403 "User not granted for this request"
      And the answer holds {"details": {"unauthorizedActionsByIAM": "dedicatedServer:apiovh:reboot"}}

    Example: A token ends after an hour
      Given a service account that may *
      And it has logged in
      And 1h has passed
      When it calls GET /me
      Then the answer is 401 "You must login first"
