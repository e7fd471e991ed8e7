@nova @vm @kvm @bcd @long
Feature: The boot menu
  The boot manager asks which Windows to start where there is a choice. Its keys arrive through the KVM console.

  Rule: Where the display order has two entries there is a choice

    Scenario: The second one fails, and after a restart the first one starts
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And its boot menu has a second entry whose path is "\Windows\system32\winother.exe"
      And she has started it and chosen the second entry, which ended with status 0xc000000f
      When she presses Ctrl+Alt+Del and chooses the first entry
      Then it starts from its own disk and its owner logs in

    Scenario: The default entry starts when nobody chooses in time
      Given Nadia's cloud server runs Windows Server 2016 with BIOS
      And its boot menu has a second entry whose path is "\Windows\system32\winother.exe"
      And that entry is the default, after 3 seconds
      When she starts it
      Then its console shows status 0xc000000f for "\Windows\system32\winother.exe": "The application or operating system couldn't be loaded because a required file is missing or contains errors"

  Rule: Behind F8 the control set that was last known as good can be chosen

    Scenario: Services that only the present control set disables
      Given Nadia's cloud server runs Windows Server 2008 R2 with BIOS
      And the copy of its control set that is known as good was made before
      And in its registry the services of SSH and Remote Desktop are disabled
      When she starts it with "Last Known Good Configuration (advanced)"
      Then it starts from its own disk and its owner logs in
