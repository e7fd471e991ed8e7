@ovh @api
Feature: The BMC of a server, the newer interface to its console
  What the IPMI module does, the BMC does by operations, which are listed apart from the tasks.

  Rule: An access is an operation, and its address is good for the minutes that were asked for

    Scenario Outline: Of <minutes> minutes, after <time>, the access is answered <status>
      Given an access to the console was asked of the BMC for <minutes> minutes
      When <time> pass
      Then the access of the BMC is answered <status>

      Examples:
        | minutes | time | status |
        | 1       | 58s  | 200    |
        | 1       | 60s  | 404    |
        | 5       | 5m   | 404    |

    Example: Revoking the sessions ends it
      Given an access to the console was asked of the BMC for 15 minutes
      When the sessions of the BMC are revoked
      Then the access of the BMC is answered 404

    Scenario Outline: A test by <type> is an operation with a result
      Given a test of the BMC by <type> is done
      When her program calls GET /dedicated/server/{server}/features/bmc/test?type=<type>&operationId={operation}
      Then the answer holds {"status": true, "message": null}

      Examples:
        | type     |
        | password |
        | ping     |
        | web      |

  Rule: Operations are listed apart from tasks

    Example: An operation is no task
      Given a test of the BMC by ping is done
      When her program calls GET /dedicated/server/{server}/task
      Then the answer is the list []

    Example: An operation is listed by function and status
      Given a test of the BMC by ping is done
      When her program calls GET /dedicated/server/{server}/operation?function=bmc/testPing&status=done
      Then the answer is the list ["{operation}"]

    Example: It is read like a task
      Given a test of the BMC by ping is done
      When her program calls GET /dedicated/server/{server}/operation/{operation}
      Then the answer fits "dedicated.server.Operation"

  Rule: The BMC offers the console in a browser, and nothing else

    Scenario Outline: <feature> is refused
      Given Nadia has a dedicated server
      When her program calls POST /dedicated/server/{server}/features/bmc/<feature> with <body>
      Then the answer is 400 "The BMC of {server} does not support <feature>"

      Examples:
        | feature | body                          |
        | javaKvm | {}                            |
        | webSol  | {}                            |
        | sshSol  | {"sshKey": "ssh-ed25519 AAAA"} |

    Example: A server without a BMC has none
      Given her server has no IPMI module
      When her program calls GET /dedicated/server/{server}/features/bmc
      Then the answer holds {"available": false}
