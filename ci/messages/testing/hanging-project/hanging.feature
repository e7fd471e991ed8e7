Feature: Hanging

  For tests that stop a run in the middle.

  @hanging
  Scenario: One that does not end
    Given a step that passes
    When a step that hangs
