@ovh @api @mail
Feature: How the password of a rescue system reaches its customer
  The mail carries a link, the link shows the password; a program can read both from the API.

  Rule: The mail goes to the rescue address, or else to the account's

    Example: Without a rescue address
      Given the netboot "rescue-customer-windows" is chosen
      When she restarts her server
      Then a mail at customer@example.com links to the password of "Administrator"

    Example: With one
      Given her rescue address is nadia@customer.example
      And the netboot "rescue-customer-windows" is chosen
      When she restarts her server
      Then a mail at nadia@customer.example links to the password of "Administrator"

    Example: The Debian rescue system has another user
      Given the netboot "rescue-customer" is chosen
      When she restarts her server
      Then a mail at customer@example.com links to the password of "root"

  Rule: The mail is in the language of the account, as text and as HTML

    Scenario Outline: In <locale>
      Given her account is in the language <locale>
      And the netboot "rescue-customer-windows" is chosen
      When she restarts her server
      Then a mail in <language> with the words "<words>" arrives

      Examples:
        | locale | language | words                                |
        | en_GB  | en       | has started its rescue system        |
        | fr_FR  | fr       | a démarré son système de secours     |
        | de_DE  | de       | hat sein Rescue-System gestartet     |
        | pl_PL  | en       | has started its rescue system        |

  Rule: A mail that cannot be delivered comes back into the history

    Example: The history has the mail and the note about it
      Given mail to nobody@customer.example bounces
      And her rescue address is nobody@customer.example
      When she chooses the Windows rescue system and restarts her server
      Then her e-mail history has the subjects ["[{server}] Your server is in rescue mode", "Undelivered mail: [{server}] Your server is in rescue mode"]

    Example: An address at a domain that cannot exist bounces without more ado
      Given her rescue address is nadia@customer.invalid
      When she chooses the Windows rescue system and restarts her server
      Then her e-mail history has the subjects ["[{server}] Your server is in rescue mode", "Undelivered mail: [{server}] Your server is in rescue mode"]

  Rule: The link shows the password while the secret is good

    Example: The page shows it
      Given her server is in Windows rescue mode
      When she opens the link in her mail
      Then the page shows the password

    Example: Its letters sit on the same keys of QWERTY, AZERTY and QWERTZ
      Given her server is in Windows rescue mode
      When she opens the link in her mail
      Then the password has none of the letters aqzwym

    Example: It can be read again until it expires
      Given her server is in Windows rescue mode
      And she has read the password of the rescue system
      When she opens the link in her mail
      Then the page shows the password

    Example: Where it can be read once, the second time says so
      Given a secret can be read once
      And her server is in Windows rescue mode
      And she has read the password of the rescue system
      When she opens the link in her mail
      Then the page says 410 "This secret could be read once, and it has been read."

    Example: The first time the page warns that there is no second
      Given a secret can be read once
      And her server is in Windows rescue mode
      When she opens the link in her mail
      Then the page says 200 "It is shown this once"

    Example: After a week it has expired
      Given her server is in Windows rescue mode
      And 7d have passed
      When she opens the link in her mail
      Then the page says 410 "This secret has expired and can no longer be read."

    Example: A secret that never was is told apart
      Given Nadia has a dedicated server
      When somebody opens the link of a secret that never was
      Then the page says 404 "There is no secret with this identifier."

  Rule: A program reads the logins and their secrets by the API

    Example: Of the Windows rescue system
      Given her server is in Windows rescue mode
      When her program reads the logins of the rescue system and their secrets
      Then the logins are RDP as Administrator and SSH as Administrator

    Example: From the mail in the history, where no mailbox can be read
      Given her server is in Windows rescue mode
      When her program takes the secret from the mail in her e-mail history
      Then the answer holds {"expiration": "2026-03-08T13:00:01+01:00"}

    Example: None before the rescue system runs
      Given the netboot "rescue-customer-windows" is chosen
      When her program reads the logins of the rescue system and their secrets
      Then the logins are none

    Example: None at all, where the API does not know those of Windows
      Given the provider is assumed to be so: windows-logins-in-api=absent
      And her server is in Windows rescue mode
      When her program reads the logins of the rescue system and their secrets
      Then the logins are none

    Example: A secret that is unknown to the API
      Given Nadia has a dedicated server
      When her program calls POST /secret/retrieve with {"id": "mr8n2f85-tv19-6h1j-cu5m-lwfct1n5mali"}
      Then the answer is 404 "This secret does not exist"

  Rule: A customer's SSH key takes the password's place, except on Windows

    Example: The Debian rescue system sends no password then
      Given her SSH key is set for the rescue mode
      When her server boots the rescue system "rescue-customer"
      Then the mail has no password

    Example: The Windows rescue system ignores the key
      Given her SSH key is set for the rescue mode
      When her server boots the rescue system "rescue-customer-windows"
      Then a mail at customer@example.com links to the password of "Administrator"

    Example: Key and address stay set until they are taken back
      Given her SSH key is set for the rescue mode
      When her server boots the rescue system "rescue-customer"
      Then a read of /dedicated/server/{server} holds {"rescueSshKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDl0 nadia@workstation"}

    Example: Key and address can be taken back after the rescue, for those who install the server next
      Given her SSH key is set for the rescue mode
      When a program calls PUT /dedicated/server/{server} over plain HTTP with {"rescueSshKey": null, "rescueMail": null}
      Then a read of /dedicated/server/{server} holds {"rescueSshKey": null, "rescueMail": null}

  Rule: Mails can be late, lost, or come twice

    Example: Late
      Given this goes wrong at the provider: mail-late:by=10m
      And her server is in Windows rescue mode
      When 9m pass
      Then no mail has arrived

    Example: And yet they come
      Given this goes wrong at the provider: mail-late:by=10m
      And her server is in Windows rescue mode
      When 10m pass
      Then 1 mails arrive

    Example: Lost, and read from the API all the same
      Given this goes wrong at the provider: mail-lost
      And her server is in Windows rescue mode
      When her program reads the logins of the rescue system and their secrets
      Then the logins are RDP as Administrator and SSH as Administrator
      And no mail has arrived

    Example: Twice
      Given this goes wrong at the provider: mail-twice
      When she chooses the Windows rescue system and restarts her server
      Then 2 mails arrive
