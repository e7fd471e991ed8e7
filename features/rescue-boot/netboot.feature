@ovh @vm @nested @cold
Feature: Netboot into Windows rescue mode
  The server asks the network at every power-on what to boot. Nothing here is taken from a saved state.

  Rule: The chosen netboot takes effect at the next power cycle

    Example: The firmware fetches the rescue system over HTTP and starts Windows in it
      Given the Windows rescue system is chosen for Nadia's server
      When she asks for a hard reboot
      Then the firmware fetches the boot script, the kernel and the rescue images over HTTP
      And the server is in Windows rescue mode
