@nova @api
Feature: Signing in at the cloud
  The identity service gives tokens for a project, for a time, against a password or an application credential.

  Rule: Whoever proves who they are gets a token for a project, or for none

    Scenario Outline: A token by <way>
      Given a token of Nadia
      When a program signs in with <auth>
      Then the cloud answers 201
      And the token is for <scope> and the roles "<roles>"

      Examples:
        | way                                       | scope      | roles          | auth |
        | a password, and names in the domain       | rescue-lab | member, reader | {"identity":{"methods":["password"],"password":{"user":{"name":"nadia","domain":{"name":"Default"},"password":"{nadia password}"}}},"scope":{"project":{"name":"rescue-lab","domain":{"id":"default"}}}} |
        | a password, and ids                       | rescue-lab | member, reader | {"identity":{"methods":["password"],"password":{"user":{"id":"{nadia id}","password":"{nadia password}"}}},"scope":{"project":{"id":"{project}"}}} |
        | a password and no scope                   | nothing    |                | {"identity":{"methods":["password"],"password":{"user":{"id":"{nadia id}","password":"{nadia password}"}}}} |
        | a password and the scope "unscoped"       | nothing    |                | {"identity":{"methods":["password"],"password":{"user":{"id":"{nadia id}","password":"{nadia password}"}}},"scope":"unscoped"} |
        | a token                                   | rescue-lab | member, reader | {"identity":{"methods":["token"],"token":{"id":"{token}"}}} |
        | a token, for no project any more          | nothing    |                | {"identity":{"methods":["token"],"token":{"id":"{token}"}},"scope":{"unscoped":{}}} |
        | somebody who may only look                | rescue-lab | reader         | {"identity":{"methods":["password"],"password":{"user":{"id":"{olga id}","password":"{olga password}"}}},"scope":{"project":{"id":"{project}"}}} |

    Scenario Outline: No token by <mistake>
      Given Nadia has a server in the cloud
      When a program signs in with <auth>
      Then the cloud answers <status> "<message>"

      Examples:
        | mistake                           | status | message                                              | auth |
        | a wrong password                  | 401    | The request you have made requires authentication.   | {"identity":{"methods":["password"],"password":{"user":{"id":"{nadia id}","password":"guessed"}}}} |
        | an unknown user                   | 401    | The request you have made requires authentication.   | {"identity":{"methods":["password"],"password":{"user":{"name":"eve","domain":{"id":"default"},"password":"x"}}}} |
        | a user in another domain          | 401    | The request you have made requires authentication.   | {"identity":{"methods":["password"],"password":{"user":{"name":"nadia","domain":{"id":"other"},"password":"{nadia password}"}}}} |
        | another customer's project        | 401    | The request you have made requires authentication.   | {"identity":{"methods":["password"],"password":{"user":{"id":"{nadia id}","password":"{nadia password}"}}},"scope":{"project":{"id":"{bo project}"}}} |
        | the scope of the whole system     | 401    | The request you have made requires authentication.   | {"identity":{"methods":["password"],"password":{"user":{"id":"{nadia id}","password":"{nadia password}"}}},"scope":{"system":{"all":true}}} |
        | an unknown token                  | 401    | The request you have made requires authentication.   | {"identity":{"methods":["token"],"token":{"id":"gAAAAAB"}}} |
        | a method that there is not        | 401    | Attempted to authenticate with an unsupported method. | {"identity":{"methods":["totp"],"totp":{}}} |
        | a user's name without its domain  | 400    | Expecting to find domain in user. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error. | {"identity":{"methods":["password"],"password":{"user":{"name":"nadia","password":"x"}}}} |
        | no user at all                    | 400    | Expecting to find id or name in user. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error. | {"identity":{"methods":["password"],"password":{"user":{"password":"x"}}}} |
        | a method without its part         | 400    | Expecting to find password in identity. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error. | {"identity":{"methods":["password"]}} |
        | no method                         | 400    | 'methods' is a required property                     | {"identity":{}} |
        | no identity                       | 400    | 'identity' is a required property                    | {} |

  Rule: A token can be checked by its own user, and ends when it is told to or its time is over

    Example: It is shown as it was given
      Given a token of Nadia
      When Nadia's program checks that token
      Then the cloud answers 200
      And the token is for rescue-lab and the roles "member, reader"

    Example: Not to another user
      Given a token of Nadia
      When Bo's program checks that token
      Then the cloud answers 403 "You are not authorized to perform the requested action: identity:validate_token."

    Example: Ended, it opens nothing
      Given a token of Nadia
      And Nadia's token was ended
      When Nadia's program asks the compute service for GET /servers
      Then the cloud answers 401 "The request you have made requires authentication."

    Scenario Outline: After <time> a token of one hour is answered <status>
      Given a token of Nadia
      And <time> have passed in the cloud
      When Nadia's program asks the identity service for GET /v3/auth/projects
      Then the cloud answers <status>

      Examples:
        | time  | status |
        | 59m   | 200    |
        | 3600s | 401    |

    Example: A token got by a token ends with it
      Given a token of Nadia
      And 50m have passed in the cloud
      When a program signs in with {"identity":{"methods":["token"],"token":{"id":"{token}"}}}
      Then the cloud's answer holds {"token": {"expires_at": "2026-03-01T13:00:00.000000Z"}}

  Rule: An application credential is one project's, with the roles it was given, and as long as it lasts

    Scenario Outline: A credential used <way>
      Given Nadia has an application credential "ci" <more>
      When a program signs in with <auth>
      Then the cloud answers 201
      And the token is for rescue-lab and the roles "<roles>"

      Examples:
        | way                        | more                           | roles          | auth |
        | by its id                  | {}                             | member, reader | {"identity":{"methods":["application_credential"],"application_credential":{"id":"{credential}","secret":"{secret}"}}} |
        | by its name and its user   | {}                             | member, reader | {"identity":{"methods":["application_credential"],"application_credential":{"name":"ci","user":{"id":"{nadia id}"},"secret":"{secret}"}}} |
        | with fewer roles           | {"roles":[{"name":"reader"}]}  | reader         | {"identity":{"methods":["application_credential"],"application_credential":{"id":"{credential}","secret":"{secret}"}}} |

    Scenario Outline: No token by a credential with <mistake>
      Given Nadia has an application credential "ci" {"expires_at":"2026-03-02T00:00:00"}
      And <time> have passed in the cloud
      When a program signs in with <auth>
      Then the cloud answers 401 "<message>"

      Examples:
        | mistake             | time | message                                            | auth |
        | a wrong secret      | 1s   | The request you have made requires authentication. | {"identity":{"methods":["application_credential"],"application_credential":{"id":"{credential}","secret":"guessed"}}} |
        | asking for a scope  | 1s   | Error authenticating with application credential: Application credentials cannot request a scope. | {"identity":{"methods":["application_credential"],"application_credential":{"id":"{credential}","secret":"{secret}"}},"scope":{"project":{"id":"{project}"}}} |
        | one that is over    | 13h  | The request you have made requires authentication. | {"identity":{"methods":["application_credential"],"application_credential":{"id":"{credential}","secret":"{secret}"}}} |

    Example: Its name is taken once
      Given Nadia has an application credential "ci"
      When Nadia's program asks the identity service for POST /v3/users/{nadia id}/application_credentials with {"application_credential":{"name":"ci"}}
      Then the cloud answers 409 "Conflict occurred attempting to store application_credential - Duplicate entry found with name ci for user {nadia id}."

    Example: Nobody gives roles away that they do not have
      Given Nadia has an application credential "ci"
      When Olga's program asks the identity service for POST /v3/users/{olga id}/application_credentials with {"application_credential":{"name":"more","roles":[{"name":"member"}]}}
      Then the cloud answers 400

  Rule: A customer sees their own projects, and nothing of the operator's

    Scenario Outline: The identity service's <call> lists <members>
      Given Nadia has a server in the cloud
      When Nadia's program asks the identity service for GET <call>
      Then the cloud answers 200
      And the cloud's answer lists <members>

      Examples:
        | call                         | members        |
        | /v3/auth/projects            | ["rescue-lab"] |
        | /v3/users/{nadia id}/projects | ["rescue-lab"] |
        | /v3/auth/domains             | []             |
        | /v3/regions                  | ["RegionOne"]  |
        | /v3/auth/catalog             | ["keystone","nova","glance","neutron","cinderv3","cinder"] |

    Scenario Outline: The identity service answers <call> with <status>
      Given Nadia has a server in the cloud
      When Nadia's program asks the identity service for <call>
      Then the cloud answers <status> "<message>"

      Examples:
        | call                          | status | message                                                                        |
        | GET /v3/projects              | 403    | You are not authorized to perform the requested action: identity:list_projects. |
        | GET /v3/projects/{bo project} | 403    | You are not authorized to perform the requested action: identity:get_project.   |
        | GET /v3/users                 | 403    | You are not authorized to perform the requested action: identity:list_users.    |
        | GET /v3/users/{bo id}         | 403    | You are not authorized to perform the requested action: identity:get_user.      |
        | GET /v3/endpoints             | 403    | You are not authorized to perform the requested action: identity:list_endpoints. |
        | GET /v3/regions/Nowhere       | 404    | Could not find region: Nowhere.                                                 |
        | GET /v3/users/{nadia id}/application_credentials/none | 404 | Could not find Application Credential: none.              |
        | GET /v3/nothing               | 404    | The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again. |
        | PUT /v3/auth/tokens           | 405    | The method is not allowed for the requested URL.                                |

    Example: Without a token there is a 401 that tells where to get one
      Given Nadia has a server in the cloud
      When Nobody's program asks the identity service for GET /v3/auth/projects
      Then the cloud answers 401 "The request you have made requires authentication."
      And its header www-authenticate of the cloud is like Keystone uri="http://127.0.0.1:[0-9]+/identity"

    Scenario Outline: The identity service's document at <path> is answered <status>
      Given Nadia has a server in the cloud
      When Nobody's program asks the identity service for GET <path>
      Then the cloud answers <status>

      Examples:
        | path | status |
        | /    | 300    |
        | /v3  | 200    |
        | /v3/ | 200    |
