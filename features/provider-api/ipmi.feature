@ovh @api
Feature: The IPMI module of a server
  A customer asks for an access to the console, which is good for some minutes.

  Rule: An access is a job, and its link is good for the minutes that were asked for

    Scenario Outline: Of <minutes> minutes, after <time>, the link is answered <status>
      Given an access to the console was asked for <minutes> minutes
      When <time> pass
      Then the link of the console is answered <status>

      Examples:
        | minutes | time | status |
        | 1       | 59s  | 200    |
        | 1       | 60s  | 404    |
        | 15      | 14m  | 200    |
        | 15      | 15m  | 404    |

    Example: Ending the sessions ends the links
      Given an access to the console was asked for 15 minutes
      When the sessions of the IPMI module are reset
      Then the link of the console is answered 404

  Rule: The module offers the console in a browser, and nothing else

    Scenario Outline: <type> is refused
      Given Nadia has a dedicated server
      When her program calls POST /dedicated/server/{server}/features/ipmi/access with {"type": "<type>", "ttl": 5}
      Then the answer is 400 "The IPMI module of {server} does not support <type>"

      Examples:
        | type                |
        | kvmipJnlp           |
        | serialOverLanSshKey |
        | serialOverLanURL    |

  Rule: A module that does not answer, is not there or is switched off is told apart

    Example: It does not answer
      Given Nadia has a dedicated server
      When an access to the console is asked for
      Then the task is ovhError because "The IPMI module of {server} does not answer"

    Example: There is none
      Given her server has no IPMI module
      When her program calls GET /dedicated/server/{server}/features/ipmi
      Then the answer holds {"activated": false}

    Example: It is switched off for a hacked server
      Given the provider found her server hacked
      When her program calls POST /dedicated/server/{server}/features/ipmi/resetInterface
      Then the answer is 403 "The IPMI module of {server} is disabled: the server is hacked"

    Scenario Outline: A test of <type> is a job with a result
      Given a test of the IPMI module by <type> is done
      When her program calls GET /dedicated/server/{server}/features/ipmi/test?type=<type>
      Then the answer holds {"status": "OK"}

      Examples:
        | type     |
        | http     |
        | password |
        | ping     |

    Example: A test that fails says so
      Given this goes wrong at the provider: task-ovhError:function=testIPMIping
      And a test of the IPMI module by ping is done
      When her program calls GET /dedicated/server/{server}/features/ipmi/test?type=ping
      Then the answer holds {"status": "KO"}

    Example: A server without a KVM over IP has none
      Given Nadia has a dedicated server
      When her program calls GET /dedicated/server/{server}/features/kvm
      Then the answer is 404 "The server {server} has no KVM over IP"
