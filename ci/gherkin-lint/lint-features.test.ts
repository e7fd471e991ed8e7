import { describe, expect, it } from 'vitest';
import { isKnownTag } from './known-tags';
import { lintFeatures } from './lint-features';

const GOOD = `Feature: Rescue boot

  Rule: Restarting the rescue machine never leaves rescue mode

    @ovh
    Example: A reboot inside rescue returns to rescue
      Given Nadia's server is in Windows rescue mode
      When she restarts Windows from inside the rescue session
      Then the server comes back in Windows rescue mode
`;

const lint = (text: string, uri = 'a.feature') =>
  lintFeatures([{ uri, text }]).map(({ line, message }) => `${line}: ${message}`);

describe('lintFeatures', () => {
  it('finds nothing in a good feature', () => {
    expect(lint(GOOD)).toEqual([]);
  });

  it('reports what cannot be parsed, with its line', () => {
    expect(lint('Feature: x\n\n  Scenario: y\n    Given z\n    Wehn q\n')[0]).toMatch(/^5: /);
  });

  it('wants 3 to 5 steps', () => {
    const long = GOOD.replace('      Then', '      And b\n      And c\n      And d\n      Then');
    expect(lint(long)).toEqual([
      '6: "A reboot inside rescue returns to rescue" has 6 steps; say what, not how, in at most 5, or tag it @journey.',
    ]);
    expect(lint(GOOD.replace(/ {6}When.*\n/, ''))).toEqual([
      '6: "A reboot inside rescue returns to rescue" has 2 steps; a scenario needs a Given, a When and a Then.',
    ]);
  });

  it('counts the steps of backgrounds towards the least', () => {
    const text = GOOD.replace(/ {6}Given.*\n/, '').replace(
      '    @ovh',
      '    Background:\n      Given a server\n\n    @ovh',
    );
    expect(lint(text)).toEqual([]);
  });

  it('wants one When', () => {
    expect(lint(GOOD.replace('      Then', '      When she waits\n      Then'))).toEqual([
      '9: "A reboot inside rescue returns to rescue" has 2 Whens; split it into scenarios of one action each, or tag it @journey.',
    ]);
  });

  it('wants Given, When and Then in this order', () => {
    expect(lint(`${GOOD}      Given a late thought\n`)).toEqual([
      '10: "A reboot inside rescue returns to rescue" goes back to Given after Then.',
    ]);
  });

  it('lets a journey be long and take turns', () => {
    const turns = '      When a\n      Then b\n      When c\n      Then d\n';
    expect(lint(GOOD.replace('@ovh', '@ovh @journey') + turns)).toEqual([]);
  });

  it('wants one name per scenario in the whole suite', () => {
    const findings = lintFeatures([
      { uri: 'a.feature', text: GOOD },
      { uri: 'b.feature', text: GOOD },
    ]);
    expect(findings).toEqual([
      {
        uri: 'b.feature',
        line: 6,
        message:
          '"A reboot inside rescue returns to rescue" is also the name of the scenario at a.feature:6.',
      },
    ]);
  });

  it('wants no punctuation at the end', () => {
    expect(lint(GOOD.replace('rescue session\n', 'rescue session.\n'))).toEqual([
      '8: "she restarts Windows from inside the rescue session." ends in punctuation; leave it out.',
    ]);
  });

  it('wants a short Background', () => {
    const background = `    Background:\n      Given a\n${'      And b\n'.repeat(4)}\n    @ovh`;
    expect(lint(GOOD.replace('    @ovh', background))).toEqual([
      '5: The Background has 5 steps; nobody remembers more than 4: move them behind one Given.',
    ]);
  });

  it('wants a Rule or a description', () => {
    const bare = GOOD.replace(/ {2}Rule.*\n/, '');
    expect(lint(bare)).toEqual([
      '1: Feature "Rescue boot" has neither a Rule nor a description: say which behaviour it stands for.',
    ]);
    expect(lint(bare.replace('boot\n', 'boot\n\n  Rescue mode is sticky.\n'))).toEqual([]);
  });

  it('wants names, and tags that are known', () => {
    expect(
      lint(
        GOOD.replace('@ovh', '@ohv').replace('Example: A reboot inside rescue returns to rescue', 'Example:'),
      ),
    ).toEqual([
      '5: @ohv is not a known tag; add it to ci/gherkin-lint/known-tags.ts if it is meant.',
      '6: A scenario has no name.',
    ]);
  });
});

describe('isKnownTag', () => {
  it.each([
    ['@ovh', true],
    ['@guide:ovh-rescue#4', true],
    ['@guide:', false],
    ['@ovh:x', false],
    ['@toString', false],
  ])('%s: %s', (tag, known) => {
    expect(isKnownTag(tag)).toBe(known);
  });
});
