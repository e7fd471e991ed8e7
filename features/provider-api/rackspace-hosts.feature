@nova @api
Feature: Rackspace's public addresses are answered with no network
  A program under test keeps its addresses: the identity service, and what its catalog leads to.

  Background:
    Given Nadia has a cloud server at Rackspace
    And her program has logged in at https://identity.api.rackspacecloud.com/v2.0/tokens

  Rule: The catalog leads to the hosts of the services

    Example: The servers of a region
      When her program asks the catalog's compute service for its servers
      Then the answer is 200
      And its text holds "https://dfw.servers.api.rackspacecloud.com/v2/"

    Example: The images of a region
      When her program asks for https://dfw.images.api.rackspacecloud.com/v2/images
      Then the answer is 200

  Rule: What no service answers is told with the nearest route, and leaves the process never

    Scenario Outline: Nothing is at <address>
      When her program asks for <address>
      Then the answer is 404
      And nothing in the simulator answers it; the nearest route is "<nearest>"

      Examples:
        | address                                                         | nearest                                                            |
        | https://identity.api.rackspacecloud.com/v2.0/tenant             | GET https://identity.api.rackspacecloud.com/v2.0/tenants           |
        | https://dfw.servers.api.rackspacecloud.com/v2/1/server          | GET https://dfw.servers.api.rackspacecloud.com/v2/{project}/servers |
        | https://ord.servers.api.rackspacecloud.com/v2/1/servers         | GET https://dfw.servers.api.rackspacecloud.com/v2/{project}/servers |
        | https://servers.api.rackspacecloud.com/v1.0/1/servers           | GET https://dfw.servers.api.rackspacecloud.com/v2/{project}/servers |
