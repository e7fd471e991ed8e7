@nova @api
Feature: Projects do not see each other
  Another customer has servers, images and volumes in the same cloud.

  Rule: What belongs to another project does not exist

    Scenario Outline: The <service> service's <call> tells nothing
      Given another customer has a server, a private image and a volume
      When Nadia's program asks the <service> service for <call>
      Then the cloud answers <status>
      And nothing in the answer is of the other customer

      Examples:
        | service | call                                              | status |
        | compute | GET /servers/detail                               | 200    |
        | image   | GET /v2/images                                    | 200    |
        | image   | GET /v2/images?visibility=all                     | 200    |
        | image   | GET /v2/images?visibility=private                 | 200    |
        | network | GET /v2.0/ports                                   | 200    |
        | network | GET /v2.0/security-groups                         | 200    |
        | volume  | GET /v3/{project}/volumes/detail                  | 200    |
        | volume  | GET /v3/{project}/volumes/detail?all_tenants=1    | 200    |

    Scenario Outline: For the <service> service's <call> there is nothing
      Given another customer has a server, a private image and a volume
      When Nadia's program asks the <service> service for <call>
      Then the cloud answers 404

      Examples:
        | service | call                                                     |
        | compute | GET /servers/{other server}                              |
        | compute | DELETE /servers/{other server}                           |
        | compute | POST /servers/{other server}/action with {"rescue":null} |
        | image   | GET /v2/images/{Private}                                 |
        | image   | DELETE /v2/images/{Private}                              |
        | volume  | GET /v3/{project}/volumes/{ledger}                       |
        | volume  | DELETE /v3/{project}/volumes/{ledger}                    |

    Example: Another project's address is malformed for one's own token
      Given Nadia has a server in the cloud
      When Nadia's program asks the volume service for GET /v3/{bo project}/volumes
      Then the cloud answers 400 "Malformed request url"
