@nova @rackspace @api
Feature: Signing in at Rackspace
  Rackspace's identity API is v2.0: an API key or a password, a tenant that is a number, and a catalog with a trap.

  Background:
    Given a cloud in Rackspace's dialect

  Rule: An API key or a password gives a token for a day

    Scenario Outline: A token of Rackspace by <way>
      Given a token of Nadia
      When a program signs in with <auth>
      Then the cloud answers 200
      And the cloud's answer holds {"access":{"token":{"expires":"2026-03-02T12:00:00.000Z","tenant":{"id":"{project}","name":"{project}"},"RAX-AUTH:authenticatedBy":["<by>"]},"user":{"name":"nadia","RAX-AUTH:defaultRegion":"DFW"}}}

      Examples:
        | way                          | by       | auth |
        | An API key                   | APIKEY   | {"RAX-KSKEY:apiKeyCredentials":{"username":"nadia","apiKey":"{nadia api key}"}} |
        | A password                   | PASSWORD | {"passwordCredentials":{"username":"nadia","password":"{nadia password}"}} |
        | A password and the tenant    | PASSWORD | {"passwordCredentials":{"username":"nadia","password":"{nadia password}"},"tenantId":"{project}"} |
        | A token and its tenant       | TOKEN    | {"token":{"id":"{token}"},"tenantId":"{project}"} |

    Scenario Outline: No token of Rackspace by <mistake>
      When a program signs in with <auth>
      Then the cloud answers <status> "<message>"

      Examples:
        | mistake                   | status | message                                                 | auth |
        | A wrong key               | 401    | Username or api key is invalid.                         | {"RAX-KSKEY:apiKeyCredentials":{"username":"nadia","apiKey":"guessed"}} |
        | An unknown user           | 401    | Username or api key is invalid.                         | {"RAX-KSKEY:apiKeyCredentials":{"username":"eve","apiKey":"x"}} |
        | A wrong password          | 401    | Unable to authenticate user with credentials provided.  | {"passwordCredentials":{"username":"nadia","password":"guessed"}} |
        | Another customer's tenant | 401    | Tenant with Name/Id: '{bo project}' is not valid for User 'nadia' (id: '{nadia id}') | {"RAX-KSKEY:apiKeyCredentials":{"username":"nadia","apiKey":"{nadia api key}"},"tenantId":"{bo project}"} |
        | Nothing to prove it by    | 400    | Invalid json request body                               | {} |

    Example: The catalog has two services of the type compute, and one of them has no region
      When a program signs in with {"RAX-KSKEY:apiKeyCredentials":{"username":"nadia","apiKey":"{nadia api key}"}}
      Then the catalog has the services "cloudServers (compute, no region), cloudServersOpenStack (compute, DFW), cloudImages (image, DFW), cloudNetworks (network, DFW)"

    Scenario Outline: A token is <act> by its own user
      Given a token of Nadia
      When Nadia's program asks the identity service for <method> /v2.0/tokens/{token}
      Then the cloud answers <status>

      Examples:
        | act   | method | status |
        | shown | GET    | 200    |
        | ended | DELETE | 204    |

    Example: Another customer's token does not exist
      Given a token of Nadia
      When Bo's program asks the identity service for GET /v2.0/tokens/{token}
      Then the cloud answers 404 "Token not found."
