@nova @rackspace @api
Feature: The compute API as Rackspace has it
  The API of 2014 under /v2 with the tenant in the path: it checks less, and answers 202 where Nova says 200.

  Background:
    Given a cloud in Rackspace's dialect

  Rule: Rescue and unrescue are accepted

    Scenario Outline: <body>
      When her program asks her cloud server for <body>
      Then the cloud answers 202
      And the cloud gives a password of 12 letters and digits

      Examples:
        | body              |
        | {"rescue":"none"} |
        | {"rescue":null}   |
        | {"rescue":{}}     |

    Example: Another image than the stock one
      Given the cloud has the image "Tools" with {"os_type": "windows"}
      When her program asks her cloud server for {"rescue":{"rescue_image_ref":"{Tools}"}}, and it comes to its end
      Then the rescue disk is made of the image {Tools}

    Example: Unrescue
      Given her cloud server is in rescue
      When her program asks her cloud server for {"unrescue":null}
      Then the cloud answers 202
      And the cloud's answer is ""

    Example: A rescue ends by itself after 24 hours
      Given her cloud server is in rescue
      When 25h pass in the cloud
      Then her cloud server is ACTIVE

    Example: A server that is not there
      When her program asks the cloud for POST /servers/nobody/action with {"rescue":"none"}
      Then the cloud answers 404 "Server not found"

    Example: A wrong state
      Given her cloud server is in rescue
      When her program asks her cloud server for {"rescue":"none"}
      Then the cloud answers 409 "Cannot 'rescue' instance {server} while it is in vm_state rescued"

  Rule: Servers have fields and addresses of their own

    Example: The zone of the public address
      When her program asks the cloud for GET /servers/{server}
      Then the server in the answer has Nova's fields and progress, RAX-PUBLIC-IP-ZONE-ID:publicIPZoneId

    Example: A new server is in the public network, with both kinds of addresses, and in the private one
      Given her program has made the server "shop"
      When her program asks the cloud for GET /servers/{shop}/ips
      Then the networks in the answer are "public (4, 6), private (4)"

    Example: There are no microversions
      When her program asks the cloud for GET /servers with the header "OpenStack-API-Version: compute 2.87"
      Then the cloud answers 200
      And its header OpenStack-API-Version of the cloud is like \(missing\)

    Example: The agent in the guest takes a new password
      When her program changes the password of her cloud server to "New-1"
      Then the cloud answers 202
      And the agent in the guest was given the password "New-1"
