Feature: Outcomes

  One scenario for each way in which a scenario can end.

  Rule: Good ones pass

    @journey
    Example: A good one
      Given a step that passes
      When a step takes
        | disk | state   |
        | 0    | Foreign |
      Then a step shows a picture

    Scenario Outline: A row
      Given a step that <outcome>

      Examples:
        | outcome |
        | passes  |

  @failed
  Scenario: A bad one
    Given a step that passes
    When a step that fails
    Then a step that passes

  @undefined
  Scenario: A new one
    Given a step that nobody wrote

  @ambiguous
  Scenario: A doubtful one
    Given a step that is written twice

  @pending
  Scenario: A started one
    Given a step that is pending

  @skipped
  Scenario: A skipped one
    Given a step that is skipped

  @empty
  Scenario: An empty one

  @flaky
  Scenario: A flaky one
    Given a step that fails once
