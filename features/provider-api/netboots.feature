@ovh @api
Feature: What a server boots
  A customer chooses a netboot; it is taken at the next restart, whoever causes that.

  Rule: A netboot is found by its kernel, because ids differ

    Scenario Outline: In the region <region>, <foreign> is no netboot
      Given her server stands in the region <region>
      When she chooses the netboot <foreign>
      Then the answer is 404
      And the answer names the netboots that are allowed

      Examples:
        | region | foreign |
        | EU     | 86152   |
        | CA     | 39720   |
        | US     | 46371   |

    Example: The first netboot of the type rescue is the wrong one
      Given Nadia has a dedicated server
      When she chooses the netboot "rescue-customer-windows"
      Then the first netboot of the type rescue is not a rescue system

    Example: A kernel that was renamed since is plainly not there
      Given her server lists the netboots of earlier years
      When her program calls GET /dedicated/server/{server}/boot
      Then no netboot has the kernel "rescue-customer"

  Rule: A new netboot takes effect at the next restart, and stays until it is changed

    Example: Choosing changes nothing yet
      Given Nadia has a dedicated server
      When she chooses the netboot "rescue-customer-windows"
      Then her server runs "hd"

    Example: A restart without a choice boots the disk
      Given Nadia has a dedicated server
      When she restarts her server
      Then her server runs "hd"

    Example: The restart after a choice boots it
      Given the netboot "rescue-customer-windows" is chosen
      When she restarts her server
      Then the task is done
      And her server runs "rescue-customer-windows"

    Example: Who forgets to set the netboot back comes to rescue mode again
      Given her server is in Windows rescue mode
      When she restarts her server
      Then her server runs "rescue-customer-windows"

    Example: Setting it back and restarting leaves rescue mode
      Given her server is in Windows rescue mode
      When she sets the netboot back to the disk and restarts her server
      Then her server runs "hd"

    Example: A restart inside the Windows rescue system is none of the server's
      Given her server is in Windows rescue mode
      When she restarts Windows inside the rescue system
      Then her server runs "rescue-customer-windows"
      And the netboot of her server is "rescue-customer-windows"

    Example: The datacentre may leave a server in rescue mode, unasked
      Given Nadia has a dedicated server
      When technicians of the datacentre leave her server in rescue
      Then the netboot of her server is "rescue-customer"
      And her server runs "rescue-customer"
      And her server has 1 intervention

  Rule: The Windows rescue system is for servers with Windows and enough memory

    Scenario Outline: A server with <os> and <memory> GB, where <boundary> 16 GB are needed
      Given Nadia has a dedicated server with <os> and <memory> GB of memory
      And the Windows rescue system needs <boundary> 16 GB
      When her program calls GET /dedicated/server/{server}/boot
      Then the netboots of her server <have> the Windows rescue system

      Examples:
        | os             | memory | boundary  | have |
        | win2022-std_64 | 15     | at least  | lack |
        | win2022-std_64 | 16     | at least  | have |
        | win2022-std_64 | 16     | more than | lack |
        | win2022-std_64 | 17     | more than | have |
        | win2008r2_64   | 64     | at least  | have |
        | debian12_64    | 64     | at least  | lack |
        | none_64        | 64     | at least  | lack |

    Scenario Outline: Where the provider refuses it in the <place>, the choice is answered <status>
      Given Nadia has a dedicated server with win2022-std_64 and 8 GB of memory
      And the provider refuses the Windows rescue system in the <place>
      When she chooses the Windows rescue system by its id
      Then the answer is <status>

      Examples:
        | place  | status |
        | list   | 404    |
        | change | 400    |
        | reboot | 200    |
        | never  | 200    |

    Example: Refused by the reboot, the task tells why
      Given Nadia has a dedicated server with win2022-std_64 and 8 GB of memory
      And the provider refuses the Windows rescue system in the reboot
      When she chooses the Windows rescue system and restarts her server
      Then the task is customerError because "rescue-customer-windows needs at least 16 GB of memory, and {server} has 8 GB"

  Rule: A task that is done does not say that the server is in rescue mode

    Example: A boot order changed in the firmware makes the netboot ineffective
      Given the firmware of her server starts from the disk first
      When she chooses the Windows rescue system and restarts her server
      Then the task is done
      And her server runs "hd"

    Example: A server with private networks only cannot netboot
      Given her server has private networks only
      When she chooses the Windows rescue system and restarts her server
      Then the task is done
      And her server runs "hd"

    Example: Its specifications tell that a server has private networks only
      Given her server has private networks only
      When her program calls GET /dedicated/server/{server}/specifications/network
      Then the answer holds {"ola": {"available": true, "availableModes": [{"default": true, "interfaces": [{"aggregation": true, "count": 2, "type": "vrack"}], "name": "vrack_aggregation"}], "supportedModes": ["vrack_aggregation"]}}
