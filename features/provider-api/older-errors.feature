@ovh @api
Feature: The older dialect of the API's errors
  Clients such as python-ovh decide by the error code of the older shape. A lab can speak it.

  Rule: An error has a code, the HTTP code in words and a message

    Background:
      Given the API answers errors in the older dialect

    Scenario Outline: <mistake> has the code <code>
      When a program calls GET /me with <mistake>
      Then the answer is <status> "<message>"
      And the answer holds {"errorCode": "<code>", "httpCode": "<http>"}

      Examples:
        | mistake                          | status | code               | http            | message                         |
        | an unknown application           | 403    | INVALID_KEY        | 403 Forbidden   | This application key is invalid |
        | an unknown consumer key          | 403    | INVALID_CREDENTIAL | 403 Forbidden   | This credential is not valid    |
        | a wrong secret                   | 400    | INVALID_SIGNATURE  | 400 Bad Request | Invalid signature               |

    Example: A call without a key is 403 there
      When a program calls GET /me without any key
      Then the answer is 403 "You must login first"
      And the answer holds {"errorCode": "NOT_CREDENTIAL"}

    Example: A call that is not granted
      Given a consumer key for GET /auth/time
      When the program calls GET /me
      Then the answer is 403 "This call has not been granted"
