@nova @api
Feature: What the roles of a project may do
  An observer looks, a creator makes, an administrator does everything; a rescue is the administrator's.

  Rule: At Rackspace each product has its roles, and the account's owner has all of them

    Scenario Outline: At Rackspace <person> calls <call>: <status>
      Given a cloud in Rackspace's dialect
      When <person>'s program asks the <service> service for <call>
      Then the cloud answers <status>

      Examples: the owner of the account
        | person | service | call                                              | status |
        | Nadia  | compute | GET /servers/detail                               | 200    |
        | Nadia  | compute | POST /servers/{server}/action with {"rescue":"none"} | 202 |

      Examples: nova:admin
        | person | service | call                                              | status |
        | Amir   | compute | GET /servers/{server}                             | 200    |
        | Amir   | compute | POST /servers/{server}/action with {"rescue":"none"} | 202 |
        | Amir   | compute | DELETE /servers/{server}                          | 204    |
        | Amir   | image   | GET /v2/images                                    | 403    |

      Examples: nova:creator
        | person | service | call                                              | status |
        | Carla  | compute | GET /servers                                      | 200    |
        | Carla  | compute | POST /servers with {"server":{"name":"shop","imageRef":"{image}","flavorRef":"{flavor}"}} | 202 |
        | Carla  | compute | POST /servers/{server}/action with {"rescue":"none"} | 403 |
        | Carla  | compute | POST /servers/{server}/action with {"os-getVNCConsole":{"type":"novnc"}} | 403 |
        | Carla  | compute | DELETE /servers/{server}                          | 403    |

      Examples: observer, of all products
        | person | service | call                                              | status |
        | Olga   | compute | GET /servers/{server}                             | 200    |
        | Olga   | compute | GET /images                                       | 200    |
        | Olga   | image   | GET /v2/images                                    | 200    |
        | Olga   | compute | POST /servers with {"server":{"name":"shop","imageRef":"{image}","flavorRef":"{flavor}"}} | 403 |
        | Olga   | compute | POST /servers/{server}/action with {"reboot":{"type":"HARD"}} | 403 |

  Rule: At OpenStack a reader looks and a member does everything

    Scenario Outline: At OpenStack <person> calls <call>: <status>
      Given Nadia has a server in the cloud
      When <person>'s program asks the <service> service for <call>
      Then the cloud answers <status>

      Examples:
        | person | service | call                                                      | status |
        | Nadia  | compute | POST /servers/{server}/action with {"rescue":null}        | 200    |
        | Olga   | compute | GET /servers/{server}                                     | 200    |
        | Olga   | compute | POST /servers/{server}/action with {"rescue":null}        | 403    |
        | Olga   | compute | DELETE /servers/{server}                                  | 403    |
        | Olga   | volume  | GET /v3/{project}/volumes                                 | 200    |
        | Olga   | volume  | POST /v3/{project}/volumes with {"volume":{"size":1}}     | 403    |
        | Olga   | network | GET /v2.0/ports                                           | 200    |

    Example: The refusal names the rule
      Given Nadia has a server in the cloud
      When Olga's program asks the compute service for POST /servers/{server}/action with {"rescue":null}
      Then the cloud answers 403 "Policy doesn't allow os_compute_api:os-rescue to be performed."
