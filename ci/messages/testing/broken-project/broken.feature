Feature: Broken

  Scenario: One with a mistyped keyword
    Given a step that passes
    Givn nothing
