@journey @nova @vm @ssh @kvm @bcd @gate
Feature: Rescue a Windows server at the nova provider
  Nadia's cloud server is rescued from the stock image it was made of. Both disks carry the same signature, so that
  going online changes the original's, and its boot configuration has to follow.

  Scenario: From the rescue action back to the repaired server
    Given Nadia's cloud server was made of the Windows stock image
    When she asks the cloud to rescue it
    Then the cloud says RESCUE and gives a password once
    And the server boots the stock image, with its original disk second
    And SSH with the rescue password reaches the prompt "administrator@WEB-01 C:\Users\Administrator>"
    When she brings the original disk online, which collides with the rescue disk
    Then the original disk carries a new signature
    When she points its boot configuration at the disk as it is now
    Then hivex finds the new signature in its boot configuration
    When she asks the cloud to end the rescue
    Then the cloud says ACTIVE
    And the server starts Windows from its original disk
    And SSH with the account of the original disk works
