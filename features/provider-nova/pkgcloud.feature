@nova @rackspace @api
Feature: A program that uses pkgcloud at Rackspace
  The npm package signs in with an API key, finds the right one of two compute services, and knows no rescue mode.

  Background:
    Given a program that uses pkgcloud with her API key

  Rule: It finds its way with an API key or a password

    Example: It lists what there is
      Given the program signs in with "password=hers"
      When the program lists servers, images and flavors
      Then the program gets [["web-01"],["Windows Server (stand-in)"],["2 GB General Purpose"]]

    Scenario Outline: It is refused with a wrong <kind>
      Given the program signs in with "<kind>=guessed"
      When the program looks at her server
      Then the program fails with 401 "<text>"

      Examples:
        | kind     | text                                                   |
        | apiKey   | Username or api key is invalid.                        |
        | password | Unable to authenticate user with credentials provided. |

  Rule: It rescues by an action, and takes RESCUE for an error

    Scenario Outline: Rescued by <action>
      Given the program signs in with "password=hers"
      When the program asks for the action <action>
      Then the program gets <answer>
      And her server is rescued

      Examples:
        | action                                                        | answer                       |
        | {"rescue":"none"}                                             | a password of 12 characters  |
        | {"rescue":{"adminPass":"Gift3d!"}}                            | {"adminPass":"Gift3d!"}      |
        | {"rescue":{"adminPass":"x","rescue_image_ref":"{image}"}}     | {"adminPass":"x"}            |

    Example: RESCUE is ERROR to it
      Given the program has put her server into rescue mode
      When the program looks at her server
      Then the program sees the server as "ERROR", and the API says "RESCUE"

    Example: Out of rescue again
      Given the program has put her server into rescue mode
      When the program asks for the action {"unrescue":null}
      Then her server is active

    Example: A console in rescue
      Given the program has put her server into rescue mode
      When the program asks for the action {"os-getVNCConsole":{"type":"novnc"}}
      Then the program gets the address of a console

    Example: No restart in rescue
      Given the program has put her server into rescue mode
      When the program restarts her server
      Then the program fails with 409 "Cannot 'reboot' instance {server} while it is in vm_state rescued"

    Example: A restart otherwise
      Given the program signs in with "password=hers"
      When the program restarts her server
      Then her server is active

    Example: A server that there is not
      Given the program signs in with "password=hers"
      When the program looks at the server "00000000-0000-4000-8000-000000000000"
      Then the program fails with 404 "Server not found"
