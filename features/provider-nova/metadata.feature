@nova @api
Feature: What a server learns of itself
  A guest asks the metadata service, which tells no password; a config drive has the same, and the password.

  Rule: A proxy vouches for who asks, and a server gets nothing but its own

    Scenario Outline: The metadata service answers <who> with <status>
      Given Nadia has a server in the cloud
      When <who> asks for its metadata
      Then the cloud answers <status>

      Examples:
        | who                                          | status |
        | her server                                   | 200    |
        | her server through another project's network | 404    |
        | somebody who signs with a guessed secret     | 403    |
        | somebody without a signature                 | 400    |

  Rule: The password of a rescue stands on the config drive and not in the metadata service

    Example: Asked over HTTP
      Given Nadia has a server in the cloud
      When Nadia's program asks the compute service for POST /servers/{server}/action with {"rescue":{"adminPass":"Gift3d!"}}
      Then her server reads no "Gift3d!" in its metadata, and reads it on a config drive

  Rule: A guest tells its encrypted password once

    Example: Her program reads what the guest told
      Given Nadia has a server in the cloud
      And the guest told the metadata service its encrypted password "c2VjcmV0"
      When Nadia's program asks the compute service for GET /servers/{server}/os-server-password
      Then the cloud's answer holds {"password":"c2VjcmV0"}
