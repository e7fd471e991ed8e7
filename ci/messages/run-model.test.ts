import type { Envelope } from '@cucumber/messages';
import { beforeAll, describe, expect, it } from 'vitest';
import { repeatCommand } from './repeat-command';
import type { RunModel } from './run-model';
import { modelOf, runProject } from './testing/run-project';

let envelopes: Envelope[];
let model: RunModel;
beforeAll(async () => {
  envelopes = await runProject({ tags: 'not @flaky' });
  model = modelOf(envelopes);
});
const named = (name: string) => model.scenarios.find((scenario) => scenario.name === name)!;

describe('RunModel', () => {
  it('places a scenario in its feature, rule and file', () => {
    expect(named('A good one')).toMatchObject({
      feature: 'Outcomes',
      rule: 'Good ones pass',
      uri: 'ci/messages/testing/project/outcomes.feature',
      line: 8,
      tags: ['@journey'],
      evidence: 'outcomes--a-good-one',
      facts: { guest: 'stand-in', accelerator: 'tcg', qemu: '7.2.22' },
      state: 'server: power on',
    });
  });

  it('gives an outline the line of its row, so that one row can be run again', () => {
    expect(named('A row').line).toBe(20);
    expect(repeatCommand(named('A row'))).toBe(
      'npm test -- --features-only ci/messages/testing/project/outcomes.feature:20',
    );
  });

  it('keeps steps in their own words, with their arguments', () => {
    const steps = named('A good one').steps.filter((step) => !step.hook);
    expect(steps.map(({ keyword, text }) => `${keyword} ${text}`)).toEqual([
      'Given a step that passes',
      'When a step takes',
      'Then a step shows a picture',
    ]);
    expect(steps[1]?.argument).toBe('| disk | state   |\n| 0    | Foreign |');
  });

  it('keeps what a step showed and said', () => {
    const step = named('A good one').steps.find(({ text }) => text.includes('picture'))!;
    expect(step.screens).toEqual([
      { file: 'outcomes--a-good-one/screens/0001-boot-manager.png', caption: 'Boot manager' },
    ]);
    expect(step.pictures).toMatchObject([{ mediaType: 'image/png', caption: 'console' }]);
    expect(step.logs).toEqual(['seen <it>']);
  });

  it('keeps the error of a failed step and the snippet of an undefined one', () => {
    const failed = named('A bad one').steps.find(({ status }) => status === 'failed')!;
    expect(failed.error).toContain('Failed to reach the prompt');
    expect(named('A new one').steps[0]!.snippet).toContain("Given('a step that nobody wrote'");
  });

  it('names hooks', () => {
    expect(named('A good one').steps[0]).toMatchObject({
      hook: true,
      keyword: 'Before',
      text: 'open the evidence',
    });
  });

  it('collects what the run stood on', () => {
    expect([...model.facts.get('accelerator')!]).toEqual(['tcg']);
    expect(model.tools[0]?.name).toBe('cucumber-js');
  });
});
